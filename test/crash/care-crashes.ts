import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLedger, readLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { checkLake } from '../../extension/sync/check.ts';
import type { OrgAndLake } from '../sync/org-and-lake.ts';
import { careOnce, TASKS, type CareOnce } from './care-once.ts';

const script = path.join(import.meta.dirname, 'care-once.ts');

type Task = CareOnce['task'];

/** What a task comes to when nobody kills it, and how long that takes in a process of its own, ms. */
interface Undisturbed {
  readonly rows: readonly string[];
  readonly took: number;
}

/** Copies of one lake, on which work is killed and done again. */
export class CareCrashes implements AsyncDisposable {
  readonly #root: string;
  readonly #orgId: string;
  readonly #undisturbed = new Map<Task, Undisturbed>();

  constructor(root: string, orgId: string) {
    this.#root = root;
    this.#orgId = orgId;
  }

  static async of(both: OrgAndLake): Promise<CareCrashes> {
    await both.sync({ eventTypes: { include: ['Login', 'ReportExport'] } });
    const crashes = new CareCrashes(await mkdtemp(path.join(os.tmpdir(), 'orgwatch-care-')), both.org.orgId);
    await cp(both.dataDir, crashes.#lake('prune'), { recursive: true });
    // Its small files lie by themselves again.
    await cp(both.dataDir, crashes.#lake('compact'), { recursive: true });
    await careOnce({ task: 'repair', dataDir: crashes.#lake('compact'), orgId: crashes.#orgId });
    await cp(both.dataDir, crashes.#lake('repair'), { recursive: true });
    for (const task of TASKS) {
      const dataDir = await crashes.#copyOf(task);
      const started = performance.now();
      await crashes.#run({ task, dataDir, orgId: crashes.#orgId });
      const took = performance.now() - started;
      crashes.#undisturbed.set(task, { rows: await crashes.#rows(dataDir), took });
      await rm(dataDir, { recursive: true });
    }
    return crashes;
  }

  /** Kills a task when a part of its usual time has passed, does it again, and proves the lake. */
  async crash(task: Task, part: number): Promise<{ readonly killed: boolean }> {
    const { rows, took } = this.#undisturbed.get(task) ?? { rows: [], took: 0 };
    const dataDir = await this.#copyOf(task);
    const input = { task, dataDir, orgId: this.#orgId };
    const killed = await this.#run(input, took * part);
    await careOnce(input);
    assert.deepEqual(await this.#rows(dataDir), rows);
    const { findings } = await checkLake({ dataDir, orgId: this.#orgId });
    assert.deepEqual(findings, []);
    await rm(dataDir, { recursive: true });
    return { killed };
  }

  #lake(task: Task): string {
    return path.join(this.#root, `as-it-was-${task}`);
  }

  async #copyOf(task: Task): Promise<string> {
    const dataDir = path.join(this.#root, `copy-${task}`);
    await cp(this.#lake(task), dataDir, { recursive: true });
    openLedger(dataDir, this.#orgId)[Symbol.dispose]();
    return dataDir;
  }

  async #run(input: CareOnce, killAfter?: number): Promise<boolean> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(input)], {
      stdio: 'inherit',
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_, signal) => {
        resolve(signal);
      }),
    );
    if (killAfter === undefined) return (await ended) !== null;
    await Promise.race([ended, delay(killAfter)]);
    child.kill('SIGKILL');
    return (await ended) !== null;
  }

  /** What queries answer, whatever file it is in. */
  async #rows(dataDir: string): Promise<readonly string[]> {
    using ledger = readLedger(dataDir, this.#orgId);
    await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
    const units = ledger.units.published();
    const found: string[] = [];
    for (const table of ['event_log_login', 'event_log_report_export', 'login_history', 'setup_audit_trail']) {
      const sql = `SELECT event_date, count(*), count(DISTINCT event_key), bit_xor(hash(event_key)) FROM ${table} GROUP BY ALL ORDER BY ALL`;
      found.push(...(await worker.query({ sql, units })).rows.map((row) => `${table} ${JSON.stringify(row)}`));
    }
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}
