import type { DatabaseSync } from 'node:sqlite';

/** Under this name, in place of a source's, stand the sources that the account sees in part. */
const SEEN_IN_PART = 'seen in part';

/** What was out of the account's sight when it was asked for: fields, and records of others. */
export class LedgerAbsences {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** All fields of a source that are noted as absent, however long ago. */
  fields(source: string): readonly string[] {
    const rows = this.#database.prepare('SELECT field FROM absent_fields WHERE source = ?').all(source);
    return rows.map((row) => String(row['field']));
  }

  /** Has all that is noted as absent asked for again in the next sync; what came without stays noted until then. */
  askAgain(): void {
    this.#database.prepare('UPDATE absent_fields SET seen_at = 0 WHERE source <> ?').run(SEEN_IN_PART);
  }

  /** Fields that are there after all. */
  forget(source: string, fields: readonly string[]): void {
    const statement = this.#database.prepare('DELETE FROM absent_fields WHERE source = ? AND field = ?');
    for (const field of fields) statement.run(source, field);
  }

  /** Since when the account sees the source in part only, ms; undefined when it sees all. */
  inPartSince(source: string): number | undefined {
    const row = this.#database
      .prepare('SELECT seen_at FROM absent_fields WHERE source = ? AND field = ?')
      .get(SEEN_IN_PART, source);
    return row === undefined ? undefined : Number(row['seen_at']);
  }

  /** The first time counts. */
  noteInPart(source: string, now: number): void {
    this.#database
      .prepare('INSERT OR IGNORE INTO absent_fields (source, field, seen_at) VALUES (?, ?, ?)')
      .run(SEEN_IN_PART, source, now);
  }

  forgetInPart(source: string): void {
    this.forget(SEEN_IN_PART, [source]);
  }
}
