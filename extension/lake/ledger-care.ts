import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../shared/errors.ts';
import type { RawState } from './ledger-files.ts';
import type { Day } from './ledger-units.ts';

/** A raw file that lies on disk, as the ledger has it. */
export interface StoredFile {
  readonly id: number;
  readonly source: string;
  readonly state: RawState;
  /** Empty for response pages. */
  readonly eventType: string;
  readonly eventDate: string | null;
  /** Relative to the org's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Response pages: their records and the span of their times. */
  readonly rows: number | null;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
}

const STORED = `SELECT id, source, state, event_type AS eventType, event_date AS eventDate, path, sha256, bytes, rows,
  event_from AS eventFrom, event_to AS eventTo FROM raw_files WHERE path IS NOT NULL`;

/** What checking and repairing ask of the ledger, and write into it. */
export class LedgerCare {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** What SQLite finds wrong with its own file; empty when it is sound. See problemsOf for the rest. */
  problems(): readonly string[] {
    try {
      const rows = this.#database.prepare('PRAGMA integrity_check(5)').all();
      return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
    } catch (error) {
      return [messageOf(error)];
    }
  }

  /** Raw files on disk whose state says that they cannot be: a bit of it has flipped. */
  misstated(): readonly string[] {
    return this.#database
      .prepare(
        `SELECT path FROM raw_files WHERE path IS NOT NULL AND state NOT IN ('landed', 'published', 'superseded')`,
      )
      .all()
      .map((row) => String(row['path']));
  }

  storedFiles(): readonly StoredFile[] {
    return this.#database.prepare(`${STORED} ORDER BY id`).all() as unknown as StoredFile[];
  }

  /** The id of a known pull of which no file lies on disk. */
  awaited(source: string, identity: string): number | undefined {
    const row = this.#database
      .prepare('SELECT id FROM raw_files WHERE source = ? AND identity = ? AND path IS NULL')
      .get(source, identity);
    return row && Number(row['id']);
  }

  /** What is known to be there and not fetched yet: event log files, and spans of records. */
  awaiting(): { readonly files: number; readonly spans: number } {
    return this.#database
      .prepare(
        `SELECT (SELECT count(*) FROM raw_files WHERE state = 'discovered' AND state IN ('discovered', 'landed')) AS files,
           (SELECT count(*) FROM windows WHERE landed = 0) AS spans`,
      )
      .get() as unknown as { files: number; spans: number };
  }

  /** The file of an event log file is gone: the next sync fetches it again. */
  fetchAgain(id: number): void {
    this.#database
      .prepare(
        `UPDATE raw_files SET state = 'discovered', path = NULL, sha256 = NULL, bytes = NULL, stored_bytes = NULL,
           landed_at = NULL WHERE id = ?`,
      )
      .run(id);
  }

  /** The file of a response page is gone: the ledger no longer knows the page. */
  forgetPage(id: number): void {
    this.#database.prepare('DELETE FROM raw_files WHERE id = ?').run(id);
  }

  /** The dates of each event type of which raw files lie on disk. */
  eventLogDays(source: string): readonly Day[] {
    return this.#database
      .prepare(
        `SELECT DISTINCT event_type AS eventType, event_date AS eventDate FROM raw_files
         WHERE source = ? AND event_date IS NOT NULL AND path IS NOT NULL ORDER BY event_date, event_type`,
      )
      .all(source) as unknown as Day[];
  }
}
