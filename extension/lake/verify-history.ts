import { OrgwatchError } from '../shared/errors.ts';
import type { OutcomeChange, Verification } from './ledger-verifications.ts';
import { requireTrusted } from './trust.ts';
import { hasLake, openLedger, readLedger } from './ledger.ts';

/** What of a report of Verify is kept. */
export interface Outcomes extends Omit<Verification, 'at' | 'account'> {
  /** ISO 8601. */
  readonly at: string;
  readonly org: { readonly orgId: string; readonly username: string };
}

/**
 * Keeps the outcomes in the org's ledger, where the data folder has one; Verify makes no folder. Where something passes
 * that did not before, what the account could not see is asked for again in the next sync.
 * @returns why they could not be kept; undefined when they were, or there is no ledger
 */
export function keepOutcomes(dataDir: string, report: Outcomes): string | undefined {
  try {
    if (!hasLake(dataDir, report.org.orgId)) return undefined;
    using ledger = openLedger(dataDir, report.org.orgId);
    requireTrusted(ledger);
    const { at, org, askedBy, outcome, prerequisites } = report;
    ledger.transaction(() => {
      const before = ledger.verifications.latest(org.username);
      ledger.verifications.record({ at: Date.parse(at), account: org.username, askedBy, outcome, prerequisites });
      if (hasMore(before, prerequisites)) ledger.absences.askAgain();
    });
    return undefined;
  } catch (error) {
    if (error instanceof OrgwatchError) return error.message;
    throw error;
  }
}

/** True when something passes that did not, or was not known to. */
function hasMore(before: Verification | undefined, now: Verification['prerequisites']): boolean {
  const passed = new Set(before?.prerequisites.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id));
  return now.some(({ id, outcome }) => outcome === 'pass' && !passed.has(id));
}

/**
 * The org was prepared: what its account could not see is asked for again in the next sync, and what came without it.
 * @returns why that could not be noted; undefined when it was, or there is no lake
 */
export function askAgainAfterPrepare(dataDir: string, orgId: string): string | undefined {
  try {
    if (!hasLake(dataDir, orgId)) return undefined;
    using ledger = openLedger(dataDir, orgId);
    requireTrusted(ledger);
    ledger.transaction(() => ledger.absences.askAgain());
    return undefined;
  } catch (error) {
    if (error instanceof OrgwatchError) return error.message;
    throw error;
  }
}

export interface History {
  readonly orgId: string;
  /** Runs of Verify that are remembered. */
  readonly runs: number;
  /** ISO 8601; null before the first run. */
  readonly since: string | null;
  readonly changes: readonly (Omit<OutcomeChange, 'at'> & { readonly at: string })[];
}

/** What Verify found otherwise than the time before, newest first. Asks no org. */
export function historyOf(dataDir: string, orgId: string): History {
  using ledger = readLedger(dataDir, orgId);
  const span = ledger.verifications.span();
  return {
    orgId,
    runs: span?.runs ?? 0,
    since: span === undefined ? null : new Date(span.first).toISOString(),
    changes: ledger.verifications.changes().map((change) => ({ ...change, at: new Date(change.at).toISOString() })),
  };
}
