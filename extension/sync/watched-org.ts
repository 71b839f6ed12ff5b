import { createHash } from 'node:crypto';
import { hasLake, readLedger } from '../lake/ledger.ts';
import { MINUTE, parseTime } from '../shared/utc.ts';
import type { SourceState, SyncReport } from './report.ts';
import type { WaitReason } from './watch-event.ts';
import { dueAt, dueNow, nextDuty, type Duty, type LastRun } from './watch-schedule.ts';

/** Another process that syncs the org is given this long before it is looked at again. */
const BUSY_MS = MINUTE;

export interface Wait {
  readonly until: number;
  readonly why: WaitReason;
  /** The source that is next, or what the wait is for. */
  readonly next: string;
}

interface Broken {
  readonly last: LastRun;
  readonly why: WaitReason;
}

/** What a watch knows of one org: how its sources last ended, from the ledger and from the runs of this watch. */
export class WatchedOrg {
  /** Known once the authorization could be read. */
  orgId: string | undefined;
  readonly #dataDir: string;
  readonly #cadences: Readonly<Record<string, number>>;
  readonly #name: string;
  readonly #failures = new Map<string, number>();
  readonly #resumesAt = new Map<string, number>();
  /** Runs that ended before any source could: not even the ledger tells of them. */
  #broken: Broken | undefined;
  #told: Wait | undefined;

  constructor(dataDir: string, name: string, cadences: Readonly<Record<string, number>>) {
    this.#dataDir = dataDir;
    this.#name = name;
    this.#cadences = cadences;
  }

  due(now: number): readonly string[] {
    if (this.#broken && this.#brokenWait(this.#broken, now).until > now) return [];
    return dueNow(this.#duties(), now);
  }

  /** When to look again, and why not earlier. */
  next(now: number): Wait {
    if (this.#broken) {
      const wait = this.#brokenWait(this.#broken, now);
      if (wait.until > now) return wait;
    }
    const next = nextDuty(this.#duties(), now);
    if (!next) return { until: now + MINUTE, why: 'schedule', next: '' };
    const state = next.duty.last?.state;
    const why = state === 'paused' ? 'quota' : state === 'failed' ? 'failure' : 'schedule';
    return { until: next.at, why, next: next.duty.source };
  }

  /** True for a wait that was not told yet. */
  isNews(wait: Wait): boolean {
    const told = this.#told;
    this.#told = wait;
    return told?.until !== wait.until || told.why !== wait.why || told.next !== wait.next;
  }

  end(report: SyncReport, now: number): void {
    if (report.org.orgId !== this.orgId) this.#isNow(report.org.orgId);
    this.#broken = undefined;
    this.#told = undefined;
    const resumesAt = report.resumesAt === undefined ? undefined : parseTime(report.resumesAt);
    for (const { source, state } of report.sources) {
      this.#failures.set(source, state === 'failed' ? (this.#failures.get(source) ?? 0) + 1 : 0);
      if (state === 'paused') this.#resumesAt.set(source, resumesAt ?? now + MINUTE);
      else this.#resumesAt.delete(source);
    }
  }

  /** The name stands for another org by now: what is known of the one before says nothing of it. */
  #isNow(orgId: string): void {
    this.orgId = orgId;
    this.#failures.clear();
    this.#resumesAt.clear();
  }

  /** The run could not be: nothing of the org is tried before the end of the wait. */
  fail(now: number, isBusy: boolean): Wait {
    const failures = isBusy ? 1 : (this.#broken?.last.failures ?? 0) + 1;
    this.#told = undefined;
    this.#broken = { last: { endedAt: now, state: 'failed', failures }, why: isBusy ? 'busy' : 'failure' };
    return this.#brokenWait(this.#broken, now);
  }

  #brokenWait({ last, why }: Broken, now: number): Wait {
    const until = dueAt(this.#brokenDuty(last), now);
    return { until, why, next: why === 'busy' ? 'the other sync' : 'another try' };
  }

  /** Waits at least as long as BUSY_MS, and an hour at most. */
  #brokenDuty(last: LastRun): Duty {
    return { source: '', every: BUSY_MS, last, jitter: this.#jitter('') };
  }

  #duties(): readonly Duty[] {
    const last = this.#lastRuns();
    return Object.entries(this.#cadences).map(([source, every]) => ({
      source,
      every,
      last: last.get(source),
      jitter: this.#jitter(String(every)),
    }));
  }

  #lastRuns(): ReadonlyMap<string, LastRun> {
    const runs = new Map<string, LastRun>();
    if (this.orgId === undefined || !hasLake(this.#dataDir, this.orgId)) return runs;
    using ledger = readLedger(this.#dataDir, this.orgId);
    for (const source of Object.keys(this.#cadences)) {
      const row = ledger.runs.lastOf(source);
      if (!row) continue;
      const state = row.state as SourceState;
      const failures = Math.max(state === 'failed' ? 1 : 0, this.#failures.get(source) ?? 0);
      runs.set(source, { endedAt: row.endedAt, state, failures, resumesAt: this.#resumesAt.get(source) });
    }
    return runs;
  }

  /** Of one org the same for all sources of a cadence, so that they go together. */
  #jitter(of: string): number {
    return createHash('sha256').update(`${this.#name} ${of}`).digest().readUInt32BE(0) / 2 ** 32;
  }
}
