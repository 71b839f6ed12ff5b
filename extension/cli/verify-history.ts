import { openLedger, orgsIn } from '../lake/ledger.ts';
import type { OutcomeChange } from '../lake/ledger-verifications.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { wrap } from './layout.ts';
import { minute, number } from './quantity.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * Keeps the outcomes in the org's ledger, where the data folder has one; Verify makes no folder.
 * @returns why they could not be kept; undefined when they were, or there is no ledger
 */
export function keepOutcomes(dataDir: string, report: VerifyReport): string | undefined {
  try {
    if (!orgsIn(dataDir).includes(report.org.orgId)) return undefined;
    using ledger = openLedger(dataDir, report.org.orgId);
    const { at, org, askedBy, outcome, prerequisites } = report;
    ledger.transaction(() =>
      ledger.verifications.record({ at: Date.parse(at), account: org.username, askedBy, outcome, prerequisites }),
    );
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
  using ledger = openLedger(dataDir, orgId);
  const span = ledger.verifications.span();
  return {
    orgId,
    runs: span?.runs ?? 0,
    since: span === undefined ? null : new Date(span.first).toISOString(),
    changes: ledger.verifications.changes().map((change) => ({ ...change, at: new Date(change.at).toISOString() })),
  };
}

export function historyText({ orgId, runs, since, changes }: History, terminal: Terminal): string {
  if (runs === 0) {
    return `Verify has not run yet for organization ${orgId} with this data folder. Outcomes are kept from the first sync on.\n`;
  }
  const head = `${terminal.paint('bold', 'Verify')}  organization ${orgId}: ${number(runs)} runs since ${minute(since)} UTC`;
  if (changes.length === 0) return `${head}\nNo outcome has changed.\n`;
  const columns = Math.min(terminal.columns, 110) - 6;
  const lines = changes.flatMap(({ at, prerequisite, before, outcome, evidence, account }) => [
    `  ${minute(at)}  ${prerequisite}: ${before} → ${terminal.paint('bold', outcome)}  (${printable(account)})`,
    ...wrap(printable(evidence), columns).map((line) => `      ${terminal.paint('dim', line)}`),
  ]);
  return `${[head, '', ...lines].join('\n')}\n`;
}
