import type { DatabaseSync } from 'node:sqlite';

/** One run of Verify. Times are milliseconds since 1970. */
export interface Verification {
  readonly at: number;
  readonly account: string;
  readonly askedBy: string;
  readonly outcome: string;
  readonly prerequisites: readonly { readonly id: string; readonly outcome: string; readonly evidence: string }[];
}

/** A prerequisite whose outcome changed between two runs of Verify, and when Verify found it so. */
export interface OutcomeChange {
  readonly at: number;
  readonly account: string;
  readonly prerequisite: string;
  /** What Verify found the time before. */
  readonly before: string;
  readonly outcome: string;
  readonly evidence: string;
}

/** Runs that are kept. */
const MOST = 1000;

/** What Verify found, each time it ran. */
export class LedgerVerifications {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** To be called in a transaction of the ledger. */
  record({ at, account, askedBy, outcome, prerequisites }: Verification): void {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO verifications (at, account, asked_by, outcome) VALUES (?, ?, ?, ?)')
      .run(at, account, askedBy, outcome);
    const id = Number(lastInsertRowid);
    const insert = this.#database.prepare(
      'INSERT INTO verified (verification_id, prerequisite, outcome, evidence) VALUES (?, ?, ?, ?)',
    );
    for (const each of prerequisites) insert.run(id, each.id, each.outcome, each.evidence);
    this.#database.prepare('DELETE FROM verified WHERE verification_id <= ?').run(id - MOST);
    this.#database.prepare('DELETE FROM verifications WHERE id <= ?').run(id - MOST);
  }

  /** The newest run, of any account or of one; undefined when there was none. */
  latest(account?: string): Verification | undefined {
    const row = this.#database
      .prepare('SELECT * FROM verifications WHERE account = coalesce(?, account) ORDER BY id DESC LIMIT 1')
      .get(account ?? null);
    if (row === undefined) return undefined;
    const prerequisites = this.#database
      .prepare('SELECT prerequisite, outcome, evidence FROM verified WHERE verification_id = ?')
      .all(Number(row['id']))
      .map((each) => ({
        id: String(each['prerequisite']),
        outcome: String(each['outcome']),
        evidence: String(each['evidence']),
      }));
    return {
      at: Number(row['at']),
      account: String(row['account']),
      askedBy: String(row['asked_by']),
      outcome: String(row['outcome']),
      prerequisites,
    };
  }

  /** How often Verify ran, and when first and last; undefined when it never did. */
  span(): { readonly runs: number; readonly first: number; readonly last: number } | undefined {
    const row = this.#database
      .prepare('SELECT count(*) AS runs, min(at) AS first, max(at) AS last FROM verifications')
      .get();
    const runs = Number(row?.['runs']);
    return runs === 0 ? undefined : { runs, first: Number(row?.['first']), last: Number(row?.['last']) };
  }

  /** Every outcome that differs from the one that Verify found before for the same account, newest first. */
  changes(): readonly OutcomeChange[] {
    return this.#database
      .prepare(
        `SELECT * FROM (
           SELECT at, account, prerequisite, v.outcome, evidence,
             lag(v.outcome) OVER (PARTITION BY account, prerequisite ORDER BY verification_id) AS before
           FROM verified v JOIN verifications ON id = verification_id
         ) WHERE before IS NOT NULL AND before <> outcome ORDER BY at DESC, prerequisite`,
      )
      .all()
      .map((row) => ({
        at: Number(row['at']),
        account: String(row['account']),
        prerequisite: String(row['prerequisite']),
        before: String(row['before']),
        outcome: String(row['outcome']),
        evidence: String(row['evidence']),
      }));
  }
}
