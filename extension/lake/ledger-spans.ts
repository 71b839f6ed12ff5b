import type { DatabaseSync } from 'node:sqlite';
import { requireSeal, sealOf } from './ledger-seal.ts';

/** How far back a source was asked for; times in ms since 1970. */
export interface BeginningRow {
  /** Null: from the beginning. */
  readonly time: number | null;
  readonly notedAt: number;
  /** A shorter span, in ms, of which its user was told that it takes nothing away. */
  readonly told: number | null;
}

/** How far back sources reach, and how much of them is asked for at a time. */
export class LedgerSpans {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @throws OrgwatchError LEDGER_CORRUPT when it is not what was written */
  beginning(source: string): BeginningRow | undefined {
    const row = this.#database.prepare('SELECT * FROM beginnings WHERE source = ?').get(source);
    if (row === undefined) return undefined;
    const time = row['time'] === null ? null : Number(row['time']);
    const notedAt = Number(row['noted_at']);
    requireSeal(source, row['seal'], source, time, notedAt);
    return { time, notedAt, told: row['told'] === null ? null : Number(row['told']) };
  }

  begin(source: string, time: number | null, now: number): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO beginnings (source, time, noted_at, seal) VALUES (?, ?, ?, ?)')
      .run(source, time, now, sealOf(source, time, now));
  }

  tell(source: string, span: number): void {
    this.#database.prepare('UPDATE beginnings SET told = ? WHERE source = ?').run(Math.round(span), source);
  }

  /** The earliest time of which anything is known, for lakes of before it was noted. */
  earliest(source: string): number | undefined {
    const row = this.#database
      .prepare(
        `SELECT min(time) AS time FROM (
           SELECT min(coalesce(created_date, event_from)) AS time FROM raw_files WHERE source = ?1
           UNION ALL SELECT min(event_from) FROM units WHERE source = ?1
           UNION ALL SELECT min(from_time) FROM windows WHERE source = ?1
           UNION ALL SELECT time FROM cursors WHERE source = ?1)`,
      )
      .get(source);
    return typeof row?.['time'] === 'number' ? row['time'] : undefined;
  }

  /** How much a query asks for at most, in ms of time or in records; undefined where nothing was learned since a time. */
  portion(source: string, since: number): number | undefined {
    const row = this.#database
      .prepare('SELECT most FROM portions WHERE source = ? AND learned_at >= ?')
      .get(source, since);
    return row && Number(row['most']);
  }

  learnPortion(source: string, most: number, now: number): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO portions (source, most, learned_at) VALUES (?, ?, ?)')
      .run(source, Math.round(most), now);
  }
}
