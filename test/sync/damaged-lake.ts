import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openLedger } from '../../extension/lake/ledger.ts';
import type { UnitKey } from '../../extension/lake/ledger-units.ts';
import type { LakeWorker } from '../../extension/lake/worker.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { CheckReport } from '../../extension/sync/check-report.ts';
import { checkLake } from '../../extension/sync/check.ts';
import type { RepairReport } from '../../extension/sync/repair-report.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import type { OrgAndLake } from './org-and-lake.ts';

const TABLES = ['login_history', 'setup_audit_trail', 'content_distribution', 'user_snapshot', 'event_log'];

/** A copy of a synced lake, to be damaged. */
export class DamagedLake implements AsyncDisposable {
  readonly dataDir: string;
  readonly #lab: OrgAndLake;
  /** One for all that is done with the lake: to start one takes longer than most of it. */
  readonly #worker: LakeWorker;

  constructor(lab: OrgAndLake, dataDir: string) {
    this.#lab = lab;
    this.dataDir = dataDir;
    this.#worker = openLakeWorker({ dataFolder: this.folder });
  }

  get folder(): string {
    return path.join(this.dataDir, this.#lab.org.orgId);
  }

  check(): Promise<CheckReport> {
    return checkLake({ dataDir: this.dataDir, orgId: this.#lab.org.orgId, worker: this.#worker });
  }

  repair(all = false): Promise<RepairReport> {
    return repairLake({ dataDir: this.dataDir, orgId: this.#lab.org.orgId, worker: this.#worker, all });
  }

  sync(sources?: readonly string[]): Promise<SyncReport> {
    return this.#lab.sync({ dataDir: this.dataDir, eventTypes: WANTED, ...(sources ? { sources } : {}) });
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

  async truncate(file: string): Promise<void> {
    const place = path.join(this.folder, file);
    const bytes = await readFile(place);
    await writeFile(place, bytes.subarray(0, bytes.length / 2));
  }

  /** Overwrites all but the first pages of a SQLite file, so that it opens. */
  async scribble(file: string): Promise<void> {
    const place = path.join(this.folder, file);
    const bytes = await readFile(place);
    bytes.fill(0x5a, 8192);
    await writeFile(place, bytes);
  }

  /** Makes the ledger forget a page of sign-ins that the lake has rows of. */
  async forgePage(): Promise<void> {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    const [, page] = ledger.care.storedFiles().filter(({ source }) => source === 'login_history');
    if (!page) throw new Error('There is one page only.');
    ledger.transaction(() => ledger.care.forgetPage(page.id));
    await this.remove(page.path);
  }

  async remove(file: string): Promise<void> {
    await rm(path.join(this.folder, file));
  }

  /** Files that hold one unit of the event log, relative to the org's folder, and the raw files of that unit. */
  eventLogUnits(): readonly {
    readonly file: string;
    readonly rows: number;
    readonly unit: UnitKey;
    readonly raw: readonly string[];
  }[] {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    const stored = ledger.care.storedFiles();
    return ledger.units.all().flatMap((unit) => {
      if (unit.source !== 'event_log' || unit.bundle !== null) return [];
      const { eventType, eventDate } = unit;
      const raw = stored.filter((each) => each.eventType === eventType && each.eventDate === eventDate);
      const file = path.relative(this.folder, unit.path);
      return [{ file, rows: unit.rows, unit, raw: raw.map((each) => each.path) }];
    });
  }

  /** All rows of the lake as text, in order, without their provenance. */
  async rows(): Promise<readonly string[]> {
    const rows: string[] = [];
    for (const table of TABLES) {
      rows.push(...(await this.query(`SELECT * EXCLUDE (_raw_id) FROM ${table}`)).map((row) => JSON.stringify(row)));
    }
    return rows.sort();
  }

  async query(sql: string): Promise<readonly (readonly unknown[])[]> {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    return (await this.#worker.query({ sql, units: ledger.units.published(), limit: 1_000_000 })).rows;
  }

  /** Ids of raw files that rows name and the ledger does not know. */
  async orphans(): Promise<readonly number[]> {
    using ledger = openLedger(this.dataDir, this.#lab.org.orgId);
    const known = new Set(ledger.care.storedFiles().map(({ id }) => id));
    const ids = await this.query(TABLES.map((table) => `SELECT DISTINCT _raw_id FROM ${table}`).join(' UNION '));
    return ids.map(([id]) => Number(id)).filter((id) => !known.has(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.close();
    await rm(path.dirname(this.dataDir), { recursive: true, force: true });
  }
}

/** Few enough that a test is quick, with hourly and daily files. */
export const WANTED = { include: ['Login', 'ReportExport'] };

export async function copyOf(lab: OrgAndLake): Promise<DamagedLake> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-care-'));
  await cp(lab.dataDir, path.join(folder, 'data'), { recursive: true, preserveTimestamps: true });
  // The lake is known by its new place before it is damaged; a ledger that is made again for files of others is not trusted.
  openLedger(path.join(folder, 'data'), lab.org.orgId)[Symbol.dispose]();
  return new DamagedLake(lab, path.join(folder, 'data'));
}
