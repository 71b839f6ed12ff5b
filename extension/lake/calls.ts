import { t } from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { CallAnswer, CallRequest, CallSnapshot, CallStore, QuotaDecision } from '../shared/calls.ts';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';
import { openDatabase, transaction } from './database.ts';
import type { DatabaseOptions } from './database-options.ts';
import { stateDir } from './paths.ts';
import { bootId, isProcessAlive } from './process-alive.ts';

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
  `ALTER TABLE calls ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;  -- it was answered, but told no usage
   CREATE INDEX calls_silent ON calls (org_id, id, calls) WHERE silent = 1;
   ALTER TABLE usage ADD COLUMN others_rate REAL NOT NULL DEFAULT 0;  -- calls of others per ms, at seen_at
   ALTER TABLE usage ADD COLUMN took INTEGER NOT NULL DEFAULT 0;      -- ms, the call whose answer told it
   CREATE TABLE clock (  -- what the clock showed when it was last looked at, and how long the machine had run
     only INTEGER PRIMARY KEY CHECK (only = 1),
     boot TEXT NOT NULL,
     at INTEGER NOT NULL,
     steady INTEGER NOT NULL
   ) STRICT;`,
];

/** Whose calls these are; calls in flight end with their process. */
export interface CallOwner {
  readonly pid: number;
  /** Tells this process from others that had, or in another container have, the same pid. */
  readonly process: string;
  readonly isAlive: (pid: number) => boolean;
  /** Names the machine since it was started: steady times of another say nothing about this one's. */
  readonly boot: string;
}

const THIS_PROCESS: CallOwner = {
  pid: process.pid,
  process: randomUUID(),
  isAlive: isProcessAlive,
  boot: thisBoot(),
};

/** A clock that is off by less was corrected, not set. */
const CLOCK_JUMP = 5 * MINUTE;

/** A refusal holds no longer. */
const LONGEST_REFUSAL = HOUR;

/** What others were seen to use counts half after so long, ms. */
const OTHERS_HALF_LIFE = 10_000;

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
    onMade: (database) => database.exec(`PRAGMA application_id = ${String(HAS_IDENTITIES)}`),
    whenCorrupt: [
      t("Delete {0}; the count of the last 24 hours starts anew, the org's own figure still protects it.", file),
    ],
  };
}

/** Marks a count of calls that was begun after lakes were told apart. */
const HAS_IDENTITIES = 1;

/** Whether the org was called from this machine and the count of its calls is from before lakes were told apart. */
export function hadLake(orgId: string, folder: string = stateDir()): boolean {
  const file = path.join(folder, 'calls.sqlite');
  if (!existsSync(file)) return false;
  using database = openDatabase(optionsOf(file));
  if (database.prepare('PRAGMA application_id').get()?.['application_id'] === HAS_IDENTITIES) return false;
  return database.prepare('SELECT 1 FROM usage WHERE org_id = ?').get(orgId) !== undefined;
}

interface UsageRow {
  readonly used: number | null;
  readonly max: number | null;
  readonly seen_at: number | null;
  readonly seen_call: number;
  readonly seen_after: number;
  readonly refused_until: number | null;
  readonly others_rate: number;
  readonly took: number;
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
      this.#followClock(now, request.steady);
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

  settle(orgId: string, id: number, answer: CallAnswer): void {
    transaction(this.#database, () => {
      const { usage, now } = answer;
      this.#followClock(now, answer.steady);
      const last = this.#lastCall();
      const known = this.#usage(orgId);
      const expected = (known?.used ?? 0) + this.#unseen(orgId, known);
      const sentAt = Number(this.#database.prepare('SELECT at FROM calls WHERE id = ?').get(id)?.['at'] ?? now);
      // Salesforce counts a call when it takes it: at some time between sending and answer.
      this.#database
        .prepare('UPDATE calls SET settled_after = ?, heard = ?, silent = ?, at = max(at, ?) WHERE id = ?')
        .run(last, usage ? 1 : 0, !usage && answer.silent ? 1 : 0, now, id);
      if (usage) {
        // Answers overtake each other: of two calls that were under way together, the higher figure is the later one.
        const together = known !== undefined && id <= known.seen_after && known.max === usage.max;
        const used = together ? Math.max(usage.used, known.used ?? 0) : usage.used;
        const took = Math.max(0, now - sentAt);
        this.#database
          .prepare(
            `INSERT INTO usage (org_id, used, max, seen_at, seen_call, seen_after, took) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (org_id) DO UPDATE
             SET used = ?2, max = ?3, seen_at = ?4, seen_call = max(seen_call, ?5), seen_after = ?6, took = ?7`,
          )
          .run(orgId, used, usage.max, now, id, last, took);
        if (known?.max === usage.max) this.#noteOthers(orgId, known, used - expected, took, now);
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
    const sum = (where: string, ...values: (number | string)[]): number => this.#sum(orgId, where, ...values);
    const { used, max, seen_at: at } = usage ?? { used: null, max: null, seen_at: null };
    const isSeen = used !== null && max !== null && at !== null && at > since;
    return {
      own: sum('at > ?', since) + sum('heard = 0 AND settled_after IS NULL AND at <= ?', since),
      ownLately: sum('at > ?', now - HOUR),
      inFlight: sum('heard = 0 AND settled_after IS NULL'),
      seen: isSeen ? { used, max, at } : undefined,
      unseen: this.#unseen(orgId, usage),
      silent: sum('silent = 1 AND id > ? AND at > ?', isSeen ? (usage?.seen_call ?? 0) : 0, since),
      othersRate: usage ? faded(usage.others_rate, now - (usage.seen_at ?? now)) : 0,
      took: usage?.took ?? 0,
      refusedUntil: usage?.refused_until ?? undefined,
      freesAt: (n, span) => this.#freesAt(orgId, now, n, span),
    };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #sum(orgId: string, where: string, ...values: (number | string)[]): number {
    const row = this.#database
      .prepare(`SELECT coalesce(sum(calls), 0) AS total FROM calls WHERE org_id = ? AND ${where}`)
      .get(orgId, ...values);
    return Number(row?.['total'] ?? 0);
  }

  /** What was answered before a call was sent is in the usage that the call's answer tells. */
  #unseen(orgId: string, usage: UsageRow | undefined): number {
    return this.#sum(orgId, 'heard = 0 AND (settled_after IS NULL OR settled_after >= ?)', usage?.seen_call ?? 0);
  }

  /** What the usage is more than it would be by own calls alone is others'. */
  #noteOthers(orgId: string, known: UsageRow, beyondExpected: number, took: number, now: number): void {
    const others = Math.max(0, beyondExpected + this.#unseen(orgId, this.#usage(orgId)));
    const elapsed = now - (known.seen_at ?? now);
    // Two answers may come together and tell of moments that are as far apart as a call is long.
    const rate = Math.max(others / Math.max(elapsed, took, 1), faded(known.others_rate, elapsed));
    this.#database.prepare('UPDATE usage SET others_rate = ? WHERE org_id = ?').run(rate, orgId);
  }

  #lastCall(): number {
    return Number(this.#database.prepare('SELECT max(id) AS id FROM calls').get()?.['id'] ?? 0);
  }

  #usage(orgId: string): UsageRow | undefined {
    return this.#database.prepare('SELECT * FROM usage WHERE org_id = ?').get(orgId) as UsageRow | undefined;
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

  /**
   * When the clock was set ahead or back, the calls' times go with it: those of the last 24 hours stay so. By how much it
   * was set, the time tells that the machine has run since.
   */
  #followClock(now: number, steady: number | undefined): void {
    if (steady === undefined) return;
    const { boot } = this.#owner;
    const last = this.#database.prepare('SELECT boot, at, steady FROM clock').get() as unknown as
      { boot: string; at: number; steady: number } | undefined;
    const jump = last?.boot === boot && steady >= last.steady ? now - last.at - (steady - last.steady) : 0;
    if (Math.abs(jump) > CLOCK_JUMP) {
      this.#database.prepare('UPDATE calls SET at = at + ?').run(jump);
      this.#database.prepare('UPDATE usage SET refused_until = refused_until + ?').run(jump);
      // A figure is never taken for newer than it is: after a jump ahead it is asked for again.
      if (jump < 0) this.#database.prepare('UPDATE usage SET seen_at = seen_at + ?').run(jump);
    }
    this.#database.prepare('INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?)').run(boot, now, steady);
  }

  /**
   * What was recorded later than now was recorded by a clock that was ahead. Calls count from now on, too long rather
   * than not at all; of what the org told nobody knows how old it is, so that it is asked for again.
   */
  #forgetTheFuture(orgId: string, now: number): void {
    this.#database.prepare('UPDATE calls SET at = ? WHERE org_id = ? AND at > ?').run(now, orgId, now);
    this.#database
      .prepare(
        `UPDATE usage SET seen_at = CASE WHEN seen_at > ?1 THEN ?1 - ?2 ELSE seen_at END, refused_until = min(refused_until, ?1 + ?2)
         WHERE org_id = ?3 AND (seen_at > ?1 OR refused_until > ?1 + ?2)`,
      )
      .run(now, LONGEST_REFUSAL, orgId);
  }
}

/** Names this machine since it was started; where the system does not say when that was, just the machine. */
function thisBoot(): string {
  return bootId() ?? os.hostname();
}

function faded(rate: number, ms: number): number {
  return rate * 0.5 ** (Math.max(0, ms) / OTHERS_HALF_LIFE);
}
