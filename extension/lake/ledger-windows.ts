import type { DatabaseSync } from 'node:sqlite';

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
}

/** Cursors, the windows that are open below them, and what is remembered of a source. */
export class LedgerWindows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  cursor(source: string): Position | undefined {
    return this.#database.prepare('SELECT time, id FROM cursors WHERE source = ?').get(source) as Position | undefined;
  }

  /** Moves a cursor forward; it never goes back. */
  advance(source: string, to: Position): void {
    this.#database
      .prepare(
        `INSERT INTO cursors (source, time, id) VALUES (?1, ?2, ?3)
         ON CONFLICT (source) DO UPDATE SET time = ?2, id = ?3 WHERE (?2, ?3) > (time, id)`,
      )
      .run(source, to.time, to.id);
  }

  /** Windows that are not yet in the lake, as they were opened. */
  open(source: string): readonly PullWindow[] {
    const rows = this.#database
      .prepare('SELECT * FROM windows WHERE source = ? ORDER BY id')
      .all(source) as unknown as WindowRow[];
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
      .prepare('INSERT INTO windows (source, from_time, to_time) VALUES (?, ?, ?)')
      .run(source, from, to);
    return { id: Number(lastInsertRowid), source, from, to, position: null, landed: false };
  }

  /** Ends a window earlier than it was to, because another one takes the rest. */
  shorten(id: number, to: number): void {
    this.#database.prepare('UPDATE windows SET to_time = ? WHERE id = ?').run(to, id);
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
