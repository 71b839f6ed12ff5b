import type { Ledger } from '../lake/ledger.ts';
import { isTrusted } from '../lake/trust.ts';
import type { RunRow } from '../lake/ledger-runs.ts';
import { reserveOf } from '../org/quota.ts';
import type { CallStore, QuotaPolicy } from '../shared/calls.ts';
import { iso } from '../shared/utc.ts';
import { SOURCES } from '../sources/registry.ts';
import { retold } from './explain.ts';
import { describeHolder } from './lease.ts';
import { nameOf } from './missing.ts';
import type { SourceState } from './report.ts';
import type { OrgStatus, RunStatus, SourceStatus } from './status-report.ts';

/** How one lake stands, from its ledger. */
export function orgStatus(
  ledger: Ledger,
  orgId: string,
  calls: CallStore,
  policy: QuotaPolicy,
  now: number,
): OrgStatus {
  const org = ledger.org();
  const { own, seen, unseen } = calls.snapshot(orgId, now);
  const holder = ledger.lease.holder(now);
  return {
    orgId,
    username: org?.username ?? '',
    instanceUrl: org?.instanceUrl ?? '',
    dataFolder: ledger.paths.folder,
    sources: SOURCES.map(({ name, title }) => sourceStatus(ledger, name, title)),
    runs: ledger.runs.latest(10).map((run, index) => runStatus(run, index === 0 && holder !== undefined)),
    quota: {
      max: seen?.max ?? null,
      remaining: seen ? seen.max - seen.used - unseen : null,
      seenAt: iso(seen?.at),
      own,
      reserve: seen ? reserveOf(seen.max, policy) : null,
    },
    holder: holder ? describeHolder(holder) : null,
    trusted: isTrusted(ledger),
  };
}

function sourceStatus(ledger: Ledger, source: string, title: string): SourceStatus {
  const last = ledger.runs.lastOf(source);
  const files = ledger.files.totals(source);
  const units = ledger.units.totals(source);
  return {
    source,
    title,
    state: (last?.state as SourceState | undefined) ?? null,
    reason: last ? retold(last).reason : null,
    syncedAt: iso(ledger.runs.lastOf(source, 'done')?.endedAt),
    rows: units.rows,
    ...ledger.units.unfit(source),
    files: files.files,
    bytes: files.bytes,
    storedBytes: files.storedBytes,
    pending: files.toFetch + files.aside + files.unpublished,
    toFetch: files.toFetch,
    unpublished: files.unpublished,
    aside: ledger.aside.of(source).map((item) => ({
      what: nameOf(item),
      since: iso(item.since) ?? '',
      tries: item.tries,
      nextTry: iso(item.nextTry) ?? '',
      reason: item.reason,
    })),
    from: iso(units.eventFrom),
    to: iso(units.eventTo),
    eventTypes: ledger.units.rowsByEventType(source),
  };
}

export function runStatus(run: RunRow, isRunning: boolean): RunStatus {
  const outcome = run.outcome ?? (isRunning ? 'running' : 'interrupted');
  return {
    startedAt: iso(run.startedAt) ?? '',
    endedAt: iso(run.endedAt),
    outcome: outcome as RunStatus['outcome'],
    requests: run.requests,
    rows: run.rows,
  };
}
