import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { CheckReport } from '../../extension/sync/check-report.ts';
import { checkLake } from '../../extension/sync/check.ts';
import type { RepairReport } from '../../extension/sync/repair-report.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import type { OrgAndLake } from './org-and-lake.ts';

/** A copy of a synced lake, to be damaged. */
export class DamagedLake implements AsyncDisposable {
  readonly dataDir: string;
  readonly #lab: OrgAndLake;

  constructor(lab: OrgAndLake, dataDir: string) {
    this.#lab = lab;
    this.dataDir = dataDir;
  }

  get folder(): string {
    return path.join(this.dataDir, this.#lab.org.orgId);
  }

  check(): Promise<CheckReport> {
    return checkLake({ dataDir: this.dataDir, orgId: this.#lab.org.orgId });
  }

  repair(all = false): Promise<RepairReport> {
    return repairLake({ dataDir: this.dataDir, orgId: this.#lab.org.orgId, all });
  }

  sync(): Promise<SyncReport> {
    return this.#lab.sync({ dataDir: this.dataDir, eventTypes: WANTED });
  }

  /** Files below raw or lake whose path matches, relative to the org's folder, in order. */
  async files(below: string, pattern: RegExp): Promise<string[]> {
    const entries = await readdir(path.join(this.folder, below), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.folder, path.join(entry.parentPath, entry.name)))
      .filter((file) => pattern.test(file))
      .sort();
  }

  async flipByte(file: string, at = 0.5): Promise<void> {
    const place = path.join(this.folder, file);
    const bytes = await readFile(place);
    const index = Math.floor(bytes.length * at);
    bytes[index] = (bytes[index] ?? 0) ^ 0xff;
    await writeFile(place, bytes);
  }

  async remove(file: string): Promise<void> {
    await rm(path.join(this.folder, file));
  }

  /** All rows of the lake as text, in order, without their provenance. */
  async rows(): Promise<readonly string[]> {
    const tables = ['login_history', 'setup_audit_trail', 'content_distribution', 'user_snapshot', 'event_log'];
    const rows: string[] = [];
    for (const table of tables) {
      rows.push(...(await this.query(`SELECT * EXCLUDE (_raw_id) FROM ${table}`)).map((row) => JSON.stringify(row)));
    }
    return rows.sort();
  }

  async query(sql: string): Promise<readonly (readonly unknown[])[]> {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
    return (await worker.query({ sql, units: ledger.units.published(), limit: 1_000_000 })).rows;
  }

  /** Ids of raw files that rows name and the ledger does not know. */
  async orphans(): Promise<readonly number[]> {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    const known = new Set(ledger.care.storedFiles().map(({ id }) => id));
    const named = [];
    for (const table of ['login_history', 'setup_audit_trail', 'content_distribution', 'user_snapshot', 'event_log']) {
      named.push(...(await this.query(`SELECT DISTINCT _raw_id FROM ${table}`)).map(([id]) => Number(id)));
    }
    return named.filter((id) => !known.has(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(path.dirname(this.dataDir), { recursive: true, force: true });
  }
}

/** Few enough that a test is quick, with hourly and daily files. */
export const WANTED = { include: ['Login', 'ReportExport'] };

export async function copyOf(lab: OrgAndLake): Promise<DamagedLake> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-care-'));
  await cp(lab.dataDir, path.join(folder, 'data'), { recursive: true, preserveTimestamps: true });
  return new DamagedLake(lab, path.join(folder, 'data'));
}
