import { t } from '@vscode/l10n';
import { openCalls } from '../lake/calls.ts';
import { hasLake, readLedger, orgsIn } from '../lake/ledger.ts';
import { listAuthorizations } from '../org/authorization.ts';
import { DEFAULT_POLICY } from '../org/quota.ts';
import type { QuotaPolicy } from '../shared/calls.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';
import { orgStatus } from './org-status.ts';
import type { OrgStatus } from './status-report.ts';

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
    using ledger = readLedger(dataDir, orgId);
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
      t('Make one: {0}', `orgwatch sync --target-org ${shellWord(org)}`),
      t('Or name the folder that has it with --data-dir.'),
    ],
  });
}
