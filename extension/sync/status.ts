import { openCalls } from '../lake/calls.ts';
import { readLedger, orgsIn } from '../lake/ledger.ts';
import { listAuthorizations } from '../org/authorization.ts';
import { DEFAULT_POLICY } from '../org/quota.ts';
import type { QuotaPolicy } from '../shared/calls.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { findLake } from './find-lake.ts';
import { orgStatus } from './org-status.ts';
import type { OrgStatus } from './status-report.ts';

export interface StatusOptions {
  readonly quota?: Partial<QuotaPolicy>;
  readonly clock?: Clock;
  readonly stateDir?: string;
}

/** How a lake stands, and whether sf can still reach its org. */
export interface ListedStatus extends OrgStatus {
  /** Whether sf holds a login for the org now; null where that cannot be read. */
  readonly hasLogin: boolean | null;
}

/**
 * How the lakes in a folder stand, from the ledgers and the logins of sf: makes no request.
 * @param org an alias, a username or an organization id; undefined: every org that has a lake here
 * @throws OrgwatchError ORG_UNKNOWN as findLake, LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED
 */
export async function status(
  dataDir: string,
  org?: string,
  options: StatusOptions = {},
): Promise<readonly ListedStatus[]> {
  const { clock = systemClock } = options;
  const policy = { ...DEFAULT_POLICY, ...options.quota };
  const orgIds = org === undefined ? orgsIn(dataDir) : [await findLake(dataDir, org)];
  const logins = await listAuthorizations().catch(() => undefined);
  using calls = openCalls(options.stateDir);
  return orgIds.map((orgId) => {
    using ledger = readLedger(dataDir, orgId);
    const hasLogin = logins === undefined ? null : logins.some((login) => login.orgId === orgId);
    return { ...orgStatus(ledger, orgId, calls, policy, clock.now()), hasLogin };
  });
}
