import type { DatabaseSync } from 'node:sqlite';
import { startOf } from '../shared/utc.ts';

/** Files of one source that are older than a date. */
export interface Prunable {
  readonly files: number;
  /** As stored. */
  readonly bytes: number;
  /** Rows in the lake; response pages: their records; null for event log files, whose rows raw does not tell. */
  readonly rows: number | null;
  /** First and last UTC date of their events; null when there are none. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A response page goes when its last record is old enough. ?2 is the date, ?3 its beginning in ms. */
const OLD_RAW = 'source = ?1 AND (event_date < ?2 OR (event_date IS NULL AND event_to < ?3))';
const OLD_UNITS = 'source = ?1 AND event_date < ?2';

/** Takes what is old out of the ledger; its files become garbage, to be deleted when that is durable. */
export class LedgerPrune {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @param before UTC date; events of that date and later ones stay */
  oldRaw(source: string, before: string): Prunable {
    return this.#database
      .prepare(
        `SELECT count(*) AS files, coalesce(sum(stored_bytes), 0) AS bytes, sum(rows) AS rows,
           min(coalesce(event_date, date(event_from / 1000, 'unixepoch'))) AS "from",
           max(coalesce(event_date, date(event_to / 1000, 'unixepoch'))) AS "to"
         FROM raw_files WHERE path IS NOT NULL AND ${OLD_RAW}`,
      )
      .get(source, before, startOf(before)) as unknown as Prunable;
  }

  oldUnits(source: string, before: string): Prunable {
    return this.#database
      .prepare(
        `SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(rows), 0) AS rows,
           min(event_date) AS "from", max(event_date) AS "to" FROM units WHERE ${OLD_UNITS}`,
      )
      .get(source, before) as unknown as Prunable;
  }

  /** What is left of a raw file in the ledger is which pull it was and its SHA-256. */
  raw(source: string, before: string): void {
    const values = [source, before, startOf(before)] as const;
    this.#database
      .prepare(`INSERT OR IGNORE INTO garbage (path) SELECT path FROM raw_files WHERE path IS NOT NULL AND ${OLD_RAW}`)
      .run(...values);
    this.#database
      .prepare(
        `UPDATE raw_files SET state = 'pruned', path = NULL, bytes = NULL, stored_bytes = NULL, event_from = NULL,
           event_to = NULL WHERE (path IS NOT NULL OR state = 'discovered') AND ${OLD_RAW}`,
      )
      .run(...values);
    this.#database
      .prepare('DELETE FROM windows WHERE source = ? AND landed = 0 AND to_time <= ?')
      .run(source, startOf(before));
  }

  units(source: string, before: string): void {
    this.#database
      .prepare(`INSERT OR IGNORE INTO garbage (path) SELECT path FROM units WHERE ${OLD_UNITS}`)
      .run(source, before);
    this.#database.prepare(`DELETE FROM units WHERE ${OLD_UNITS}`).run(source, before);
  }
}
