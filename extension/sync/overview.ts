import { openCalls } from '../lake/calls.ts';
import { readLedger, orgsIn, type Ledger } from '../lake/ledger.ts';
import type { SourceOutcome } from '../lake/ledger-runs.ts';
import type { Verification } from '../lake/ledger-verifications.ts';
import { newVetBudget } from '../lake/ledger-vet.ts';
import { requireTrusted } from '../lake/trust.ts';
import { DEFAULT_POLICY, decide } from '../org/quota.ts';
import type { CallStore, QuotaPolicy } from '../shared/calls.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { iso } from '../shared/utc.ts';
import { retold } from './explain.ts';
import { orgStatus, runStatus } from './org-status.ts';
import type { OrgStatus, RunStatus } from './status-report.ts';
import type { StatusOptions } from './status.ts';

/** A run, and how each source fared in it. */
export interface RunOverview extends RunStatus {
  readonly id: number;
  readonly sources: readonly SourceOutcome[];
}

/** One lake as its ledger tells it. */
export interface LakeOverview {
  readonly status: OrgStatus;
  /** What Verify found last; undefined when it never ran. */
  readonly verification: Verification | undefined;
  /** Newest first. */
  readonly runs: readonly RunOverview[];
  /** ISO 8601: the quota lets no call through before; null when it does. */
  readonly pausedUntil: string | null;
}

/** A lake, or why its ledger cannot be read or is not to be used unasked. */
export type LakeFound =
  { readonly orgId: string; readonly lake: LakeOverview } | { readonly orgId: string; readonly error: OrgwatchError };

/** Runs that a person looks back on. */
const RUNS = 50;

/** Every lake in a folder, from the ledgers alone: makes no request, and one ledger that cannot be read hides no other. */
export function overview(dataDir: string, options: StatusOptions = {}): readonly LakeFound[] {
  const { clock = systemClock } = options;
  const policy = { ...DEFAULT_POLICY, ...options.quota };
  const budget = newVetBudget();
  return attempt(
    () => orgsIn(dataDir),
    () => [],
  ).map((orgId) =>
    attempt<LakeFound>(
      () => {
        using calls = openCalls(options.stateDir);
        using ledger = readLedger(dataDir, orgId, budget);
        requireTrusted(ledger);
        return { orgId, lake: lakeOverview(ledger, orgId, calls, policy, clock.now()) };
      },
      (error) => ({ orgId, error }),
    ),
  );
}

function lakeOverview(ledger: Ledger, orgId: string, calls: CallStore, policy: QuotaPolicy, now: number): LakeOverview {
  const decision = decide(calls.snapshot(orgId, now), 1, policy, now);
  const isRunning = ledger.lease.holder(now) !== undefined;
  return {
    status: orgStatus(ledger, orgId, calls, policy, now),
    verification: ledger.verifications.latest(),
    runs: ledger.runs.latest(RUNS).map((run, index) => ({
      id: run.id,
      ...runStatus(run, isRunning && index === 0),
      sources: ledger.runs.sourcesOf(run.id).map(retold),
    })),
    pausedUntil: decision.kind === 'paused' ? iso(decision.until) : null,
  };
}

function attempt<T>(work: () => T, otherwise: (error: OrgwatchError) => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof OrgwatchError) return otherwise(error);
    return otherwise(new OrgwatchError('INTERNAL', messageOf(error), { cause: error }));
  }
}
