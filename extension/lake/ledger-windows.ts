import type { DatabaseSync } from 'node:sqlite';
import { requireSeal, sealOf } from './ledger-seal.ts';

/** A record's place in a source's order: its time, then its id. */
export interface Position {
  readonly time: number;
  readonly id: string;
}

/** A span of a source's time that is being pulled: from (inclusive) to (exclusive), null where it is open. */
export interface PullWindow {
  readonly id: number;
  readonly source: string;
  readonly from: number | null;
  readonly to: number | null;
  /** The last record landed. */
  readonly position: Position | null;
  /** All its records have landed. */
  readonly landed: boolean;
}

interface WindowRow {
  readonly id: number;
  readonly source: string;
  readonly from_time: number | null;
  readonly to_time: number | null;
  readonly position_time: number | null;
  readonly position_id: string | null;
  readonly landed: number;
  readonly seal: string | null;
}

/** Cursors, the windows that are open below them, and what is remembered of a source. */
export class LedgerWindows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Sources of which anything is remembered here. */
  sources(): readonly string[] {
    return this.#database
      .prepare('SELECT source FROM cursors UNION SELECT source FROM windows UNION SELECT source FROM pruned')
      .all()
      .map((row) => String(row['source']));
  }

  /** @throws OrgwatchError LEDGER_CORRUPT when it is not what was written */
  cursor(source: string): Position | undefined {
    const row = this.#database.prepare('SELECT time, id, seal FROM cursors WHERE source = ?').get(source);
    if (row === undefined) return undefined;
    const position = { time: Number(row['time']), id: String(row['id']) };
    requireSeal(source, row['seal'] ?? null, source, position.time, position.id);
    return position;
  }

  /** Moves a cursor forward; it never goes back. */
  advance(source: string, to: Position): void {
    this.#database
      .prepare(
        `INSERT INTO cursors (source, time, id, seal) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (source) DO UPDATE SET time = ?2, id = ?3, seal = ?4 WHERE (?2, ?3) > (time, id)`,
      )
      .run(source, to.time, to.id, sealOf(source, to.time, to.id));
  }

  /** Windows that are not yet in the lake, as they were opened. @throws OrgwatchError LEDGER_CORRUPT as cursor */
  open(source: string): readonly PullWindow[] {
    const rows = this.#database
      .prepare('SELECT * FROM windows WHERE source = ? ORDER BY id')
      .all(source) as unknown as WindowRow[];
    for (const { seal, from_time, to_time } of rows) requireSeal(source, seal, source, from_time, to_time);
    return rows.map((row) => ({
      id: row.id,
      source: row.source,
      from: row.from_time,
      to: row.to_time,
      position: row.position_time === null ? null : { time: row.position_time, id: row.position_id ?? '' },
      landed: row.landed === 1,
    }));
  }

  add(source: string, from: number | null, to: number | null): PullWindow {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO windows (source, from_time, to_time, seal) VALUES (?, ?, ?, ?)')
      .run(source, from, to, sealOf(source, from, to));
    return { id: Number(lastInsertRowid), source, from, to, position: null, landed: false };
  }

  /** Ends a window earlier than it was to, because another one takes the rest. */
  shorten({ id, source, from }: PullWindow, to: number): void {
    const statement = this.#database.prepare('UPDATE windows SET to_time = ?, seal = ? WHERE id = ?');
    statement.run(to, sealOf(source, from, to), id);
  }

  move(id: number, position: Position | null, landed: boolean): void {
    this.#database
      .prepare(
        `UPDATE windows SET position_time = coalesce(?, position_time), position_id = coalesce(?, position_id), landed = ?
         WHERE id = ?`,
      )
      .run(position?.time ?? null, position?.id ?? null, landed ? 1 : 0, id);
  }

  close(id: number): void {
    this.#database.prepare('DELETE FROM windows WHERE id = ?').run(id);
  }

  /** Which of the keys were seen lately. */
  known(source: string, keys: readonly string[]): ReadonlySet<string> {
    const statement = this.#database.prepare('SELECT 1 FROM recent WHERE source = ? AND key = ?');
    return new Set(keys.filter((key) => statement.get(source, key) !== undefined));
  }

  remember(source: string, keys: readonly { readonly key: string; readonly time: number }[]): void {
    const statement = this.#database.prepare('INSERT OR REPLACE INTO recent (source, key, time) VALUES (?, ?, ?)');
    for (const { key, time } of keys) statement.run(source, key, time);
  }

  forgetBefore(source: string, time: number): void {
    this.#database.prepare('DELETE FROM recent WHERE source = ? AND time < ?').run(source, time);
  }

  /** Fields noted as absent since a time. */
  absentFields(source: string, since: number): ReadonlySet<string> {
    const rows = this.#database
      .prepare('SELECT field FROM absent_fields WHERE source = ? AND seen_at >= ?')
      .all(source, since);
    return new Set(rows.map((row) => String(row['field'])));
  }

  noteAbsent(source: string, fields: readonly string[], now: number): void {
    const statement = this.#database.prepare(
      'INSERT OR REPLACE INTO absent_fields (source, field, seen_at) VALUES (?, ?, ?)',
    );
    for (const field of fields) statement.run(source, field, now);
  }
}
