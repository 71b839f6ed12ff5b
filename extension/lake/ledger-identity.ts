import type { DatabaseSync } from 'node:sqlite';

/** What tells one lake from all others, wherever it lies. */
export class LedgerIdentity {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  id(): string {
    return String(this.#database.prepare('SELECT id FROM lake').get()?.['id'] ?? '');
  }

  /** Looks for this id alone: in a file that somebody else made, reading all may never end. */
  is(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM lake WHERE id = ?').get(id) !== undefined;
  }
}
