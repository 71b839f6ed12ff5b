import type { DatabaseSync } from 'node:sqlite';

/** The raw files of one source, event type and day that lie on disk. */
export interface RawDay {
  readonly source: string;
  /** Empty for sources without. */
  readonly eventType: string;
  /** UTC date: of LogDate, or of a page's first record. */
  readonly date: string;
  readonly files: number;
  /** As Salesforce sent them. */
  readonly bytes: number;
}

/** One raw file that lies on disk; times in ms since 1970. */
export interface RawFile {
  /** Relative to the org's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number | null;
  readonly interval: string | null;
  readonly logDate: number | null;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
  readonly landedAt: number;
}

const DATE = `coalesce(event_date, date(event_from / 1000, 'unixepoch'))`;
const ON_DISK = `path IS NOT NULL AND state <> 'pruned'`;

/** Raw files, for a person who looks for one. */
export class LedgerRaw {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Newest day first. */
  days(): readonly RawDay[] {
    return this.#database
      .prepare(
        `SELECT source, event_type AS eventType, ${DATE} AS date, count(*) AS files, sum(bytes) AS bytes
         FROM raw_files WHERE ${ON_DISK} GROUP BY 1, 2, 3 ORDER BY date DESC, eventType`,
      )
      .all() as unknown as RawDay[];
  }

  /** In the order of their events. */
  of(source: string, eventType: string, date: string): readonly RawFile[] {
    return this.#database
      .prepare(
        `SELECT path, sha256, bytes, rows, interval, log_date AS logDate, event_from AS eventFrom, event_to AS eventTo,
           landed_at AS landedAt
         FROM raw_files WHERE source = ? AND event_type = ? AND ${DATE} = ? AND ${ON_DISK}
         ORDER BY coalesce(log_date, event_from), path`,
      )
      .all(source, eventType, date) as unknown as RawFile[];
  }
}
