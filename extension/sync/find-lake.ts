import { t } from '@vscode/l10n';
import { lakeFoldersIn } from '../lake/check-disk.ts';
import { orgsIn, readLedger } from '../lake/ledger.ts';
import { listAuthorizations, openAuthorization, whyNoLogin, type AuthorizationSummary } from '../org/authorization.ts';
import { orgIdIn, orgIdMeant } from '../org/meant-org.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';

/** Which folders count as lakes: those with a ledger, or also what is left of one. */
export type LakeKind = 'with-ledger' | 'any';

/**
 * The id of the org whose lake in `dataDir` is meant, everywhere: an organization id is taken as it is; an alias or a
 * username is what sf knows it as now, never what a ledger was synced as; without a name it is the only lake there, else
 * that of sf's target-org. Asks no org.
 * @throws OrgwatchError ORG_UNKNOWN when sf does not know the name, or there is no lake of the org
 */
export async function findLake(
  dataDir: string,
  wanted: string | undefined,
  kind: LakeKind = 'with-ledger',
): Promise<string> {
  const orgIds = kind === 'any' ? await lakeFoldersIn(dataDir) : orgsIn(dataDir);
  const [only, ...others] = orgIds;
  if (only === undefined) throw noLakeYet(dataDir, wanted);
  if (wanted === undefined && others.length === 0) return only;
  const given = wanted === undefined ? undefined : orgIdIn(wanted);
  if (given !== undefined && orgIds.includes(given)) return given;

  const logins = await listAuthorizations();
  const orgId = wanted === undefined ? (await openAuthorization(undefined)).identity.orgId : orgIdMeant(wanted, logins);
  if (orgId !== undefined && orgIds.includes(orgId)) return orgId;
  const damaged = wanted === undefined || orgId !== undefined ? undefined : await whyNoLogin(wanted);
  if (damaged) throw damaged;
  const lakes = orgIds.map((each) => ({ orgId: each, username: usernameOf(dataDir, each) }));
  throw notThere({ dataDir, wanted, orgId, lakes, logins });
}

/** For a data folder without any lake. */
export function noLakeYet(dataDir: string, wanted: string | undefined): OrgwatchError {
  return new OrgwatchError('ORG_UNKNOWN', t('{0} holds no lake yet.', dataDir), { actions: syncIt(wanted) });
}

interface NotThere {
  readonly dataDir: string;
  readonly wanted: string | undefined;
  /** What sf knows the name as. */
  readonly orgId: string | undefined;
  readonly lakes: readonly { readonly orgId: string; readonly username: string | undefined }[];
  readonly logins: readonly AuthorizationSummary[];
}

function notThere({ dataDir, wanted, orgId, lakes, logins }: NotThere): OrgwatchError {
  const name = wanted ?? t('the target-org of sf');
  const message =
    orgId === undefined
      ? t('sf holds no login for {0}, so that it is not known which lake is meant.', name)
      : t('{0} holds no lake of {1} (organization {2}).', dataDir, name, orgId);
  const known = new Set(logins.map((login) => login.orgId));
  return new OrgwatchError('ORG_UNKNOWN', message, {
    actions: [
      ...lakes.map((lake) => {
        const option = `--target-org ${lake.orgId}`;
        if (known.has(lake.orgId)) return t('The lake of {0}: {1}', lake.username ?? lake.orgId, option);
        return lake.username === undefined
          ? t('A lake whose org has no login any more: {0}', option)
          : t('A lake that was synced as {0}, and whose org has no login any more: {1}', lake.username, option);
      }),
      ...syncIt(wanted),
    ],
  });
}

function syncIt(wanted: string | undefined): readonly string[] {
  const org = wanted === undefined || orgIdIn(wanted) !== undefined ? '' : ` --target-org ${shellWord(wanted)}`;
  return [t('Make a lake: {0}', `orgwatch sync${org}`), t('Or name the folder that has it with --data-dir.')];
}

function usernameOf(dataDir: string, orgId: string): string | undefined {
  try {
    using ledger = readLedger(dataDir, orgId);
    return ledger.org()?.username || undefined;
  } catch {
    return undefined;
  }
}
