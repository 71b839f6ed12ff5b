import { readLedger, orgsIn } from '../lake/ledger.ts';
import type { LedgerOrg } from '../lake/ledger.ts';
import { openAuthorization } from '../org/authorization.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';

/**
 * The id of the org whose lake in `dataDir` is meant: the only one there when none is named; else by organization id,
 * by the username that synced it, or by what sf knows. Asks no org.
 * @throws OrgwatchError ORG_UNKNOWN when there is no such lake, or sf does not know the name either
 */
export async function findLake(dataDir: string, targetOrg: string | undefined): Promise<string> {
  const orgIds = orgsIn(dataDir);
  const [only] = orgIds;
  if (only === undefined) throw noLake(`${dataDir} holds no lake yet.`, targetOrg);
  if (targetOrg === undefined && orgIds.length === 1) return only;

  const lakes = orgIds.map((orgId) => ({ orgId, username: orgOf(dataDir, orgId)?.username }));
  const named = lakes.find(({ orgId, username }) => targetOrg !== undefined && [orgId, username].includes(targetOrg));
  if (named !== undefined) return named.orgId;

  const { identity } = await openAuthorization(targetOrg);
  if (orgIds.includes(identity.orgId)) return identity.orgId;
  const there = lakes.map(({ orgId, username }) => username ?? orgId).join(', ');
  throw noLake(`${dataDir} holds no lake of ${identity.requestedAs}, only of ${there}.`, targetOrg);
}

function orgOf(dataDir: string, orgId: string): LedgerOrg | undefined {
  using ledger = readLedger(dataDir, orgId);
  return ledger.org();
}

export function noLake(message: string, targetOrg: string | undefined): OrgwatchError {
  return new OrgwatchError('ORG_UNKNOWN', message, {
    actions: [
      `orgwatch sync${targetOrg === undefined ? '' : ` --target-org ${shellWord(targetOrg)}`}`,
      'Name another folder with --data-dir.',
    ],
  });
}
