import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { storedNames } from './database-errors.ts';
import type { UnitKey } from './ledger-units.ts';

/** One Parquet file with the rows of several units of an event type. */
export interface Bundle {
  /** Absolute. */
  readonly path: string;
  readonly source: string;
  readonly eventType: string;
  /** Units whose rows it was made with; those that were published anew or pruned since are not read from it any more. */
  readonly units: number;
  readonly bytes: number;
  /** Of the units: column name to DuckDB type. The file has `event_date` and `_part` besides. */
  readonly columns: Readonly<Record<string, string>>;
}

interface BundleRow extends Omit<Bundle, 'columns'> {
  readonly columns: string;
}

/** Bundles: what compaction makes of the small files of closed days. See docs/adr/0007. */
export class LedgerBundles {
  readonly #database: DatabaseSync;
  readonly #folder: string;

  constructor(database: DatabaseSync, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  /** To be called before the file is made: it goes with the garbage unless it is put. */
  intend(file: string): void {
    this.#database.prepare('INSERT OR IGNORE INTO garbage (path) VALUES (?)').run(this.#relative(file));
  }

  /** From here on readers find the rows of these units in the bundle; what held them before is garbage. */
  put(bundle: Bundle, units: readonly UnitKey[], now: number): void {
    const file = this.#relative(bundle.path);
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO bundles (path, source, event_type, units, bytes, columns, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(file, bundle.source, bundle.eventType, bundle.units, bundle.bytes, JSON.stringify(bundle.columns), now);
    const key = 'source = ? AND event_type = ? AND event_date = ? AND part = ?';
    const discard = this.#database.prepare(
      `INSERT OR IGNORE INTO garbage (path) SELECT path FROM units WHERE ${key} AND bundle IS NULL`,
    );
    const move = this.#database.prepare(`UPDATE units SET bundle = ? WHERE ${key}`);
    for (const { source, eventType, eventDate, part } of units) {
      discard.run(source, eventType, eventDate, part);
      move.run(file, source, eventType, eventDate, part);
    }
    this.#database.prepare('DELETE FROM garbage WHERE path = ?').run(file);
  }

  of(source: string, eventType: string): readonly Bundle[] {
    return this.#read('WHERE source = ? AND event_type = ?', source, eventType);
  }

  all(): readonly Bundle[] {
    return this.#read('ORDER BY source, event_type, path');
  }

  /** Event types that have a bundle with rows which no unit reads any more. */
  typesToTidy(): readonly { readonly source: string; readonly eventType: string }[] {
    return this.#database
      .prepare(
        `SELECT DISTINCT source, event_type AS eventType FROM bundles
         WHERE units > (SELECT count(*) FROM units WHERE bundle = bundles.path)`,
      )
      .all() as unknown as { source: string; eventType: string }[];
  }

  #read(clauses: string, ...values: string[]): readonly Bundle[] {
    const rows = this.#database
      .prepare(`SELECT path, source, event_type AS eventType, units, bytes, columns FROM bundles ${clauses}`)
      .all(...values) as unknown as BundleRow[];
    return rows.map((row) => ({
      ...row,
      path: path.join(this.#folder, row.path),
      columns: storedNames(row.columns),
    }));
  }

  #relative(file: string): string {
    return path.relative(this.#folder, file);
  }
}
