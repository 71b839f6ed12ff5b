import { t } from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { CallRequest, CallSnapshot, CallStore, QuotaDecision, SeenUsage } from '../shared/calls.ts';
import { DAY, HOUR } from '../shared/utc.ts';
import { openDatabase, transaction } from './database.ts';
import type { DatabaseOptions } from './database-options.ts';
import { stateDir } from './paths.ts';
import { isProcessAlive } from './process-alive.ts';

const MIGRATIONS = [
  `CREATE TABLE calls (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     org_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     calls INTEGER NOT NULL,
     heard INTEGER NOT NULL DEFAULT 0,  -- its answer told the org's usage
     settled_after INTEGER,             -- the last call there was when it was answered; null: it is in flight
     pid INTEGER NOT NULL,
     process TEXT NOT NULL,
     purpose TEXT NOT NULL
   ) STRICT;
   CREATE INDEX calls_by_time ON calls (org_id, at, calls);
   CREATE INDEX calls_unheard ON calls (org_id, settled_after, pid, process, calls) WHERE heard = 0;
   CREATE TABLE usage (
     org_id TEXT PRIMARY KEY,
     used INTEGER,
     max INTEGER,
     seen_at INTEGER,
     seen_call INTEGER NOT NULL DEFAULT 0,   -- the latest call whose answer told it
     seen_after INTEGER NOT NULL DEFAULT 0,  -- the last call there was when it was told
     refused_until INTEGER
   ) STRICT;`,
];

/** Whose calls these are; calls in flight end with their process. */
export interface CallOwner {
  readonly pid: number;
  /** Tells this process from others that had, or in another container have, the same pid. */
  readonly process: string;
  readonly isAlive: (pid: number) => boolean;
}

const THIS_PROCESS: CallOwner = { pid: process.pid, process: randomUUID(), isAlive: isProcessAlive };

/**
 * The own-call count of this machine: `calls.sqlite` in the state folder.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export function openCalls(folder: string = stateDir(), owner: CallOwner = THIS_PROCESS): CallStore {
  const file = path.join(folder, 'calls.sqlite');
  return new SqliteCalls(openDatabase(optionsOf(file)), owner);
}

function optionsOf(file: string): DatabaseOptions {
  return {
    file,
    name: t('The count of API calls'),
    migrations: MIGRATIONS,
    whenCorrupt: [
      t("Delete {0}; the count of the last 24 hours starts anew, the org's own figure still protects it.", file),
    ],
  };
}

/** Whether the org was ever called from this machine. */
export function hasCalled(orgId: string, folder: string = stateDir()): boolean {
  const file = path.join(folder, 'calls.sqlite');
  if (!existsSync(file)) return false;
  using database = openDatabase(optionsOf(file));
  return database.prepare('SELECT 1 FROM usage WHERE org_id = ?').get(orgId) !== undefined;
}

interface UsageRow {
  readonly used: number | null;
  readonly max: number | null;
  readonly seen_at: number | null;
  readonly seen_call: number;
  readonly seen_after: number;
  readonly refused_until: number | null;
}

class SqliteCalls implements CallStore {
  readonly #database: DatabaseSync;
  readonly #owner: CallOwner;

  constructor(database: DatabaseSync, owner: CallOwner) {
    this.#database = database;
    this.#owner = owner;
  }

  reserve(
    request: CallRequest,
    decide: (snapshot: CallSnapshot) => QuotaDecision,
  ): { readonly decision: QuotaDecision; readonly id: number } {
    const { orgId, calls, purpose, now } = request;
    return transaction(this.#database, () => {
      this.#forgetTheFuture(orgId, now);
      this.#landTheDead(orgId, now);
      const decision = decide(this.snapshot(orgId, now));
      if (decision.kind !== 'allowed') return { decision, id: 0 };
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO calls (org_id, at, calls, pid, process, purpose) VALUES (?, ?, ?, ?, ?, ?)')
        .run(orgId, now, calls, this.#owner.pid, this.#owner.process, purpose);
      const id = Number(lastInsertRowid);
      if (id % 1000 === 0) this.#database.prepare('DELETE FROM calls WHERE at < ?').run(now - 2 * DAY);
      return { decision, id };
    });
  }

  settle(
    orgId: string,
    id: number,
    answer: { readonly now: number; readonly usage?: SeenUsage; readonly refusedUntil?: number },
  ): void {
    transaction(this.#database, () => {
      const { usage } = answer;
      const last = this.#lastCall();
      // Salesforce counts a call when it takes it: at some time between sending and answer.
      this.#database
        .prepare('UPDATE calls SET settled_after = ?, heard = ?, at = max(at, ?) WHERE id = ?')
        .run(last, usage ? 1 : 0, answer.now, id);
      if (usage) {
        const known = this.#usage(orgId);
        // Answers overtake each other: of two calls that were under way together, the higher figure is the later one.
        const together = known !== undefined && id <= known.seen_after && known.max === usage.max;
        const used = together ? Math.max(usage.used, known.used ?? 0) : usage.used;
        this.#database
          .prepare(
            `INSERT INTO usage (org_id, used, max, seen_at, seen_call, seen_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (org_id) DO UPDATE
             SET used = ?2, max = ?3, seen_at = ?4, seen_call = max(seen_call, ?5), seen_after = ?6`,
          )
          .run(orgId, used, usage.max, answer.now, id, last);
      }
      if (answer.refusedUntil !== undefined) {
        this.#database
          .prepare(
            `INSERT INTO usage (org_id, refused_until) VALUES (?1, ?2)
             ON CONFLICT (org_id) DO UPDATE SET refused_until = ?2`,
          )
          .run(orgId, answer.refusedUntil);
      }
    });
  }

  snapshot(orgId: string, now: number): CallSnapshot {
    const usage = this.#usage(orgId);
    const since = now - DAY;
    const sum = (where: string, ...values: (number | string)[]): number =>
      Number(
        this.#database
          .prepare(`SELECT coalesce(sum(calls), 0) AS total FROM calls WHERE org_id = ? AND ${where}`)
          .get(orgId, ...values)?.['total'] ?? 0,
      );
    const { used, max, seen_at: at } = usage ?? { used: null, max: null, seen_at: null };
    const isSeen = used !== null && max !== null && at !== null && at > since;
    return {
      own: sum('at > ?', since) + sum('heard = 0 AND settled_after IS NULL AND at <= ?', since),
      ownLately: sum('at > ?', now - HOUR),
      inFlight: sum('heard = 0 AND settled_after IS NULL'),
      seen: isSeen ? { used, max, at } : undefined,
      // What was answered before a call was sent is in the usage that the call's answer tells.
      unseen: sum('heard = 0 AND (settled_after IS NULL OR settled_after >= ?)', usage?.seen_call ?? 0),
      refusedUntil: usage?.refused_until ?? undefined,
      freesAt: (n, span) => this.#freesAt(orgId, now, n, span),
    };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #lastCall(): number {
    return Number(this.#database.prepare('SELECT max(id) AS id FROM calls').get()?.['id'] ?? 0);
  }

  #usage(orgId: string): UsageRow | undefined {
    return this.#database
      .prepare('SELECT used, max, seen_at, seen_call, seen_after, refused_until FROM usage WHERE org_id = ?')
      .get(orgId) as UsageRow | undefined;
  }

  #freesAt(orgId: string, now: number, n: number, span: number): number | undefined {
    const row = this.#database
      .prepare(
        `SELECT at FROM (SELECT at, sum(calls) OVER (ORDER BY at, id) AS total FROM calls WHERE org_id = ? AND at > ?)
         WHERE total >= ? ORDER BY at LIMIT 1`,
      )
      .get(orgId, now - span, n);
    return row === undefined ? undefined : Number(row['at']) + span;
  }

  /** A process that died will hear of no answer; its calls count, but they are no longer under way. */
  #landTheDead(orgId: string, now: number): void {
    const rows = this.#database
      .prepare('SELECT DISTINCT pid, process FROM calls WHERE org_id = ? AND heard = 0 AND settled_after IS NULL')
      .all(orgId) as unknown as { pid: number; process: string }[];
    const { pid: own, process, isAlive } = this.#owner;
    for (const row of rows) {
      if (row.process === process || (row.pid !== own && isAlive(row.pid))) continue;
      this.#database
        .prepare(
          `UPDATE calls SET settled_after = ?, at = max(at, ?)
           WHERE org_id = ? AND heard = 0 AND settled_after IS NULL AND pid = ? AND process = ?`,
        )
        .run(this.#lastCall(), now, orgId, row.pid, row.process);
    }
  }

  /** After the clock was set back, what was recorded "later" counts from now on: too long rather than not at all. */
  #forgetTheFuture(orgId: string, now: number): void {
    this.#database.prepare('UPDATE calls SET at = ? WHERE org_id = ? AND at > ?').run(now, orgId, now);
    this.#database
      .prepare(
        `UPDATE usage SET seen_at = min(seen_at, ?1),
           refused_until = CASE WHEN refused_until > ?1 + ?2 THEN ?1 + ?2 ELSE refused_until END
         WHERE org_id = ?3 AND (seen_at > ?1 OR refused_until > ?1 + ?2)`,
      )
      .run(now, DAY, orgId);
  }
}
