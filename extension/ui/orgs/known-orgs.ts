import type { AuthorizationSummary } from '../../org/authorization.ts';
import type { OrgwatchError } from '../../shared/errors.ts';
import type { LakeFound, LakeOverview } from '../../sync/overview.ts';
import type { OrgTarget } from '../org-target.ts';

/** An org that sf is authorized for, or whose lake lies in a data folder. */
export interface KnownOrg {
  readonly orgId: string;
  /** Alias, else username, else the id. */
  readonly name: string;
  readonly username: string | undefined;
  readonly aliases: readonly string[];
  readonly instanceUrl: string | undefined;
  readonly isAuthorized: boolean;
  readonly dataDir: string | undefined;
  readonly lake: LakeOverview | undefined;
  /** Why its lake cannot be read. */
  readonly error: OrgwatchError | undefined;
}

type Logins = readonly AuthorizationSummary[] | undefined;

/** The lakes of one data folder. */
export interface DataFolder {
  readonly dataDir: string;
  readonly lakes: readonly LakeFound[];
}

export function targetOfOrg({ name, orgId, dataDir }: KnownOrg): OrgTarget {
  return { org: name, orgId, dataDir };
}

/**
 * One entry an org and data folder: those with a lake first, by name. An org that several logins are for goes by the
 * one that synced it.
 * @param logins undefined: not known, so that none is told to be gone
 * @param only aliases, usernames or ids to leave the others out; empty: all
 */
export function knownOrgs(
  logins: Logins,
  folders: readonly DataFolder[],
  only: readonly string[],
): readonly KnownOrg[] {
  const withLake = folders.flatMap(({ dataDir, lakes }) => lakes.map((found) => ofLake(found, dataDir, logins)));
  const known = new Set(withLake.map(({ orgId }) => orgId));
  const without = [...new Set(logins?.map(({ orgId }) => orgId))].filter((orgId) => !known.has(orgId));
  const byName = (a: KnownOrg, b: KnownOrg): number => a.name.localeCompare(b.name);
  return [...withLake.sort(byName), ...without.map((orgId) => ofLogin(orgId, logins)).sort(byName)].filter((org) =>
    isWanted(org, only),
  );
}

/** Whether the org is among those that are named. @param only aliases, usernames or ids; empty: every org is */
export function isWanted({ name, username, aliases, orgId }: KnownOrg, only: readonly string[]): boolean {
  return only.length === 0 || [name, username, orgId, ...aliases].some((each) => only.includes(each ?? ''));
}

function ofLake(found: LakeFound, dataDir: string, logins: Logins): KnownOrg {
  const lake = 'lake' in found ? found.lake : undefined;
  const login = loginFor(found.orgId, logins, lake?.status.username);
  const synced = lake?.status.username || undefined;
  // A username that is another org's by now, as after a sandbox was refreshed, no longer stands for this one.
  const isOthers = login === undefined && logins?.some((each) => each.username === synced) === true;
  const username = login?.username ?? (isOthers ? undefined : synced);
  return {
    orgId: found.orgId,
    name: login?.aliases[0] ?? username ?? found.orgId,
    username,
    aliases: login?.aliases ?? [],
    instanceUrl: login?.instanceUrl ?? lake?.status.instanceUrl,
    isAuthorized: login !== undefined || logins === undefined,
    dataDir,
    lake,
    error: 'error' in found ? found.error : undefined,
  };
}

function ofLogin(orgId: string, logins: Logins): KnownOrg {
  const login = loginFor(orgId, logins, undefined);
  return {
    orgId,
    name: login?.aliases[0] ?? login?.username ?? orgId,
    username: login?.username,
    aliases: login?.aliases ?? [],
    instanceUrl: login?.instanceUrl,
    isAuthorized: true,
    dataDir: undefined,
    lake: undefined,
    error: undefined,
  };
}

function loginFor(orgId: string, logins: Logins, username: string | undefined): AuthorizationSummary | undefined {
  const all = (logins ?? []).filter((login) => login.orgId === orgId);
  return all.find((login) => login.username === username) ?? all.find(({ aliases }) => aliases.length > 0) ?? all[0];
}
