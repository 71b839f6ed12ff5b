import type { DatabaseSync } from 'node:sqlite';
import { storedTexts } from './database-errors.ts';

export interface RunRow {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly requests: number;
  readonly rows: number;
}

export interface SourceRunRow {
  readonly source: string;
  readonly state: string;
  readonly reason: string | null;
  /** See SourceOutcome. */
  readonly why?: string | null;
  readonly endedAt: number;
}

/** How a source fared in one run. */
export interface SourceOutcome {
  readonly source: string;
  readonly state: string;
  /** In the language of whoever synced. */
  readonly reason: string | null;
  readonly actions: readonly string[];
  /** JSON of what reason and actions say, in no language; none where only they are known. */
  readonly why?: string | null;
  readonly requests: number;
  readonly rows: number;
  readonly files: number;
  /** As Salesforce sent them. */
  readonly bytes: number;
}

/** The history of syncs. */
export class LedgerRuns {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  start(now: number): number {
    return Number(this.#database.prepare('INSERT INTO runs (started_at) VALUES (?)').run(now).lastInsertRowid);
  }

  end(id: number, now: number, outcome: string, requests: number, rows: number): void {
    this.#database
      .prepare('UPDATE runs SET ended_at = ?, outcome = ?, requests = ?, rows = ? WHERE id = ?')
      .run(now, outcome, requests, rows, id);
    this.#database.prepare('DELETE FROM runs WHERE id <= ?').run(id - 1000);
  }

  /** True when a run before this one never ended: it was killed. */
  wasInterrupted(before: number): boolean {
    return this.#database.prepare('SELECT 1 FROM runs WHERE id < ? AND ended_at IS NULL').get(before) !== undefined;
  }

  /** Gives the runs that were killed an end, now that what they left has been cleared away. */
  endInterrupted(before: number, now: number): void {
    this.#database
      .prepare(`UPDATE runs SET ended_at = ?, outcome = 'interrupted' WHERE id < ? AND ended_at IS NULL`)
      .run(now, before);
  }

  endSource(run: number, outcome: SourceOutcome, now: number): void {
    const { source, state, reason, actions, why, requests, rows, files, bytes } = outcome;
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO source_runs (run_id, source, state, reason, ended_at, requests, rows, files, bytes, actions, why)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(run, source, state, reason, now, requests, rows, files, bytes, JSON.stringify(actions), why ?? null);
  }

  /** How each source fared in a run, in the order in which they ended. */
  sourcesOf(run: number): readonly SourceOutcome[] {
    return this.#database
      .prepare(
        `SELECT source, state, reason, actions, why, requests, rows, files, bytes
         FROM source_runs WHERE run_id = ? ORDER BY ended_at, source`,
      )
      .all(run)
      .map((row) => ({
        source: String(row['source']),
        state: String(row['state']),
        reason: row['reason'] === null ? null : String(row['reason']),
        actions: storedTexts(String(row['actions'])),
        why: row['why'] === null ? null : String(row['why']),
        requests: Number(row['requests']),
        rows: Number(row['rows']),
        files: Number(row['files']),
        bytes: Number(row['bytes']),
      }));
  }

  /** Newest first. */
  latest(count: number): readonly RunRow[] {
    return this.#database
      .prepare(
        `SELECT id, started_at AS startedAt, ended_at AS endedAt, outcome, requests, rows
         FROM runs ORDER BY id DESC LIMIT ?`,
      )
      .all(count) as unknown as RunRow[];
  }

  /** How a source last ended; with a state, how it last ended so. */
  lastOf(source: string, state?: string): SourceRunRow | undefined {
    return this.#database
      .prepare(
        `SELECT source, state, reason, why, ended_at AS endedAt FROM source_runs
         WHERE source = ? AND state = coalesce(?, state) ORDER BY run_id DESC LIMIT 1`,
      )
      .get(source, state ?? null) as SourceRunRow | undefined;
  }
}
