import { t } from '@vscode/l10n';
import { openCalls } from '../lake/calls.ts';
import { hasLake, openLedger, orgsIn, type Ledger } from '../lake/ledger.ts';
import type { RunRow } from '../lake/ledger-runs.ts';
import { listAuthorizations } from '../org/authorization.ts';
import { DEFAULT_POLICY, reserveOf } from '../org/quota.ts';
import type { CallStore, QuotaPolicy } from '../shared/calls.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { iso } from '../shared/utc.ts';
import { SOURCES } from '../sources/registry.ts';
import { describeHolder } from './lease.ts';
import type { SourceState } from './report.ts';
import type { OrgStatus, RunStatus, SourceStatus } from './status-report.ts';

export interface StatusOptions {
  readonly quota?: Partial<QuotaPolicy>;
  readonly clock?: Clock;
  readonly stateDir?: string;
}

/**
 * How the lakes in a folder stand, from the ledgers alone: makes no request.
 * @param org an alias, a username or an organization id; undefined: every org that has a lake here
 * @throws OrgwatchError ORG_UNKNOWN when the org has no lake here, LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED
 */
export async function status(
  dataDir: string,
  org?: string,
  options: StatusOptions = {},
): Promise<readonly OrgStatus[]> {
  const { clock = systemClock } = options;
  const policy = { ...DEFAULT_POLICY, ...options.quota };
  const orgIds = org === undefined ? orgsIn(dataDir) : [await orgIdOf(dataDir, org)];
  using calls = openCalls(options.stateDir);
  return orgIds.map((orgId) => {
    using ledger = openLedger(dataDir, orgId);
    return orgStatus(ledger, orgId, calls, policy, clock.now());
  });
}

async function orgIdOf(dataDir: string, org: string): Promise<string> {
  const known = orgsIn(dataDir);
  if (known.includes(org)) return org;
  const login = (await listAuthorizations()).find(({ username, aliases }) => username === org || aliases.includes(org));
  if (login && hasLake(dataDir, login.orgId)) return login.orgId;
  throw new OrgwatchError('ORG_UNKNOWN', t('There is no lake for {0} in {1}.', org, dataDir), {
    actions: [
      t('Make one: {0}', `orgwatch sync --target-org ${org}`),
      t('Or name the folder that has it with --data-dir.'),
    ],
  });
}

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
    reason: last?.reason ?? null,
    syncedAt: iso(ledger.runs.lastOf(source, 'done')?.endedAt),
    rows: units.rows,
    files: files.files,
    bytes: files.bytes,
    storedBytes: files.storedBytes,
    pending: files.pending,
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
