import { lakeFoldersIn } from '../lake/check-disk.ts';
import { readLedger } from '../lake/ledger.ts';
import { openAuthorization } from '../org/authorization.ts';
import { noLake } from './find-lake.ts';

/**
 * The id of the org whose lake in `dataDir` is meant, as findLake has it, but of lakes without a sound ledger too.
 * @throws OrgwatchError ORG_UNKNOWN
 */
export async function findAnyLake(dataDir: string, targetOrg: string | undefined): Promise<string> {
  const orgIds = await lakeFoldersIn(dataDir);
  const [only, ...others] = orgIds;
  if (only === undefined) throw noLake(`${dataDir} holds no lake yet.`, targetOrg);
  if (targetOrg === undefined && others.length === 0) return only;
  const named = orgIds.find(
    (orgId) => targetOrg !== undefined && [orgId, usernameOf(dataDir, orgId)].includes(targetOrg),
  );
  if (named !== undefined) return named;
  const { identity } = await openAuthorization(targetOrg);
  if (orgIds.includes(identity.orgId)) return identity.orgId;
  throw noLake(`${dataDir} holds no lake of ${identity.requestedAs}, only of ${orgIds.join(', ')}.`, targetOrg);
}

function usernameOf(dataDir: string, orgId: string): string | undefined {
  try {
    using ledger = readLedger(dataDir, orgId);
    return ledger.org()?.username;
  } catch {
    return undefined;
  }
}
