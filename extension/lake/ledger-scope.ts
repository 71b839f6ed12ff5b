import type { DatabaseSync } from 'node:sqlite';
import { requireSeal, sealOf } from './ledger-seal.ts';
import type { Day } from './ledger-units.ts';

/** Raw files, or the Parquet files made from them. */
export type Layer = 'raw' | 'lake';

/** What of a source is not wanted, or not any more: pruned dates and excluded event types. */
export class LedgerScope {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Events before this UTC date were pruned from a layer; undefined when none were. @throws OrgwatchError LEDGER_CORRUPT */
  prunedBefore(source: string, layer: Layer): string | undefined {
    const row = this.#database
      .prepare('SELECT before, seal FROM pruned WHERE source = ? AND layer = ?')
      .get(source, layer);
    if (row === undefined) return undefined;
    const before = String(row['before']);
    requireSeal(source, row['seal'] ?? null, source, layer, before);
    return before;
  }

  /** Dates before this one are not published again: their raw files or their units were pruned. */
  publishedFrom(source: string): string {
    return [this.prunedBefore(source, 'raw') ?? '', this.prunedBefore(source, 'lake') ?? ''].sort().at(-1) ?? '';
  }

  /** Notes that a layer was pruned; the date only moves forward. */
  prune(source: string, layer: Layer, before: string): void {
    this.#database
      .prepare(
        `INSERT INTO pruned (source, layer, before, seal) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (source, layer) DO UPDATE SET before = ?3, seal = ?4 WHERE ?3 > before`,
      )
      .run(source, layer, before, sealOf(source, layer, before));
  }

  /** Files of pruned dates that the org still lists are not fetched again. */
  passOverPruned(source: string): void {
    const before = this.prunedBefore(source, 'raw');
    if (before === undefined) return;
    this.#database
      .prepare(
        `UPDATE raw_files SET state = 'pruned'
         WHERE source = ? AND state = 'discovered' AND state IN ('discovered', 'landed') AND event_date < ?`,
      )
      .run(source, before);
  }

  /** The dates of each event type of which files were set aside. */
  excludedDays(source: string): readonly Day[] {
    return this.#database
      .prepare(
        `SELECT DISTINCT event_type AS eventType, event_date AS eventDate FROM raw_files
         WHERE source = ? AND state = 'excluded'`,
      )
      .all(source) as unknown as Day[];
  }

  /** Sets files of event types that are not wanted aside, and takes those that are wanted after all up again. */
  chooseEventTypes(source: string, isWanted: (eventType: string) => boolean): void {
    const types = this.#database
      .prepare(
        // Without being told, SQLite takes an index that has every file there ever was.
        `SELECT DISTINCT event_type AS type, state FROM raw_files INDEXED BY raw_pending
         WHERE source = ?1 AND state = 'discovered' AND state IN ('discovered', 'landed')
         UNION SELECT event_type, state FROM raw_files INDEXED BY raw_excluded WHERE source = ?1 AND state = 'excluded'`,
      )
      .all(source) as unknown as { type: string; state: 'discovered' | 'excluded' }[];
    for (const { type, state } of types) {
      const wanted = isWanted(type) ? 'discovered' : 'excluded';
      if (wanted === state) continue;
      this.#database
        .prepare('UPDATE raw_files SET state = ? WHERE source = ? AND event_type = ? AND state = ?')
        .run(wanted, source, type, state);
    }
  }
}
