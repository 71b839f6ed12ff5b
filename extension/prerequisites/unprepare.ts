import { t } from '@vscode/l10n';
import { deploy } from '../org/deploy.ts';
import type { MetadataType } from '../org/deploy-package.ts';
import type { Door } from '../org/door.ts';
import type { Log } from '../shared/log.ts';
import { CONNECTOR_PROFILE, CONNECTOR_SET } from './connector.ts';
import { LEAST_PRIVILEGE } from './least-privilege.ts';
import { quoted } from '../sources/soql.ts';

/** Something that prepare brought, and who still has it. */
export interface Removal {
  readonly type: Extract<MetadataType, 'Profile' | 'PermissionSet'>;
  readonly fullName: string;
  readonly id: string;
  /** Usernames; Salesforce deletes neither a profile nor a permission set while somebody has it. */
  readonly heldBy: readonly string[];
}

/** What stays, and how it is put back: who changed it besides us, nobody knows. */
export const WHAT_STAYS: readonly string[] = [
  'Content settings (enableContentDistribution), Security settings (lockSessionsToIp) and Event settings stay as they are: put them back in Setup where you want them otherwise.',
  'Users stay. Deactivate a service account that nobody needs any more in Setup › Users › Users.',
];

/** What `unprepare` would remove: the profile and the permission sets that prepare deploys. Reads only. */
export async function removals(door: Door, signal?: AbortSignal): Promise<readonly Removal[]> {
  const profiles = await records(door, `SELECT Id FROM Profile WHERE Name = ${quoted(CONNECTOR_PROFILE)}`, signal);
  const sets = [CONNECTOR_SET, LEAST_PRIVILEGE.apiName].map(quoted).join(', ');
  const permissionSets = await records(door, `SELECT Id, Name FROM PermissionSet WHERE Name IN (${sets})`, signal);
  const found: Removal[] = [];
  for (const { Id } of profiles) {
    const users = await records(door, `SELECT Username FROM User WHERE ProfileId = ${quoted(String(Id))}`, signal);
    const heldBy = users.map(({ Username }) => String(Username));
    found.push({ type: 'Profile', fullName: CONNECTOR_PROFILE, id: String(Id), heldBy });
  }
  for (const { Id, Name } of permissionSets) {
    const soql = `SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted(String(Id))}`;
    const heldBy = (await records(door, soql, signal)).map((row) =>
      String((row['Assignee'] as { Username?: unknown } | null)?.Username),
    );
    found.push({ type: 'PermissionSet', fullName: String(Name), id: String(Id), heldBy });
  }
  return found;
}

export interface Removed {
  readonly fullName: string;
  readonly state: 'removed' | 'checked' | 'failed' | 'held';
  /** Salesforce's own words, or who has to be moved first. */
  readonly result: string;
}

/** Takes permission sets from their users and removes what nobody holds any more; users are never moved off a profile. */
export async function unprepare(
  { door, log, signal }: { readonly door: Door; readonly log: Log; readonly signal?: AbortSignal | undefined },
  found: readonly Removal[],
  dryRun: boolean,
): Promise<readonly Removed[]> {
  const done: Removed[] = [];
  for (const removal of found) {
    const { type, fullName, id, heldBy } = removal;
    if (type === 'Profile' && heldBy.length > 0) {
      done.push({ fullName, state: 'held', result: t('put on another profile first: {0}', heldBy.join(', ')) });
      continue;
    }
    if (type === 'PermissionSet' && heldBy.length > 0 && dryRun) {
      done.push({ fullName, state: 'checked', result: t('would be taken from {0}, then removed', heldBy.join(', ')) });
      continue;
    }
    if (type === 'PermissionSet') await unassign(door, id, signal);
    const outcome = await deploy(
      door,
      { components: [], deletions: [{ type, fullName }] },
      { checkOnly: dryRun, ...(signal ? { signal } : {}) },
    );
    const state = outcome.succeeded ? (dryRun ? 'checked' : 'removed') : 'failed';
    const words = outcome.problems.map(({ problem }) => problem).join(' ');
    const taken = heldBy.length === 0 ? '' : t('taken from {0}', heldBy.join(', '));
    done.push({ fullName, state, result: words || taken });
    log.info(`${state} ${fullName}`);
  }
  return done;
}

async function unassign(door: Door, permissionSetId: string, signal: AbortSignal | undefined): Promise<void> {
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted(permissionSetId)}`;
  for (const { Id } of await records(door, soql, signal)) {
    await door.text({
      method: 'DELETE',
      path: `/services/data/v{v}/sobjects/PermissionSetAssignment/${encodeURIComponent(String(Id))}`,
      purpose: t('take the permission set from its user'),
      ...(signal ? { signal } : {}),
    });
  }
}

async function records(
  door: Door,
  soql: string,
  signal: AbortSignal | undefined,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const all: Readonly<Record<string, unknown>>[] = [];
  const purpose = t('find what prepare brought');
  for await (const page of door.query(soql, { purpose, ...(signal ? { signal } : {}) })) all.push(...page.records);
  return all;
}
