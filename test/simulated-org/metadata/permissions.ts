import type { Scenario } from '../model.ts';
import { directRequirements, permissionRows, type PermissionLicenses } from './permission-rows.ts';

export interface UserPermission {
  /** Name in metadata; the sObject field is `Permissions` + this. */
  readonly apiName: string;
  /** Label in Setup, English. */
  readonly label: string;
  /** API names of the permissions that it cannot be enabled without (one step; see `requiredBy` for all). */
  readonly requires: readonly string[];
  /** Names of the user licences that may hold it. */
  readonly licenses: PermissionLicenses;
  /** Whether the standard System Administrator profile has it. */
  readonly defaultSystemAdministrator: boolean;
  /** Exists only in orgs with this add-on. */
  readonly feature?: 'shield';
}

/** Every user permission that the simulated org knows, sorted by API name. */
export const permissionCatalog: readonly UserPermission[] = permissionRows.map(
  ([apiName, label, licenses, holders, feature]) => ({
    apiName,
    label,
    requires: directRequirements[apiName] ?? [],
    licenses,
    defaultSystemAdministrator: holders.includes('A'),
    ...(feature === undefined ? {} : { feature }),
  }),
);

const byApiName = new Map(permissionCatalog.map((permission) => [permission.apiName, permission]));

/** The catalog entry of an API name (without `Permissions`), whether or not a given org has it. */
export function findPermission(apiName: string): UserPermission | undefined {
  return byApiName.get(apiName);
}

/** API names of the permissions that exist in an org of this scenario: those of Shield only where it has Shield. */
export function permissionsInOrg(scenario: Pick<Scenario, 'eventMonitoring'>): Set<string> {
  return new Set(
    permissionCatalog
      .filter((permission) => permission.feature !== 'shield' || scenario.eventMonitoring === 'shield')
      .map((permission) => permission.apiName),
  );
}

export type StandardProfile = 'System Administrator' | 'Standard User' | 'Minimum Access - Salesforce';

const holderLetter = {
  'System Administrator': 'A',
  'Standard User': 'S',
  'Minimum Access - Salesforce': 'M',
} as const satisfies Record<StandardProfile, string>;

/** What a standard profile holds in a new org of this scenario, as API names. */
export function standardProfilePermissions(
  profile: StandardProfile,
  scenario: Pick<Scenario, 'eventMonitoring'>,
): Set<string> {
  const exists = permissionsInOrg(scenario);
  return new Set(
    permissionRows
      .filter(([apiName, , , holders]) => holders.includes(holderLetter[profile]) && exists.has(apiName))
      .map(([apiName]) => apiName),
  );
}

/** The given permissions and all that they demand, as sorted API names. */
export function requiredBy(apiNames: Iterable<string>): string[] {
  const closure = new Set<string>();
  const pending = [...apiNames];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (closure.has(name)) continue;
    closure.add(name);
    pending.push(...(byApiName.get(name)?.requires ?? []));
  }
  return [...closure].sort();
}

export interface UnmetRequirement {
  readonly permission: string;
  readonly missing: readonly string[];
}

type Requirements = Readonly<Record<string, readonly string[]>>;

/** What a permission demands directly, everywhere and in an org with these requirements of its own. */
export function requirementsOf(apiName: string, extra: Requirements = {}): readonly string[] {
  return [...(byApiName.get(apiName)?.requires ?? []), ...(extra[apiName] ?? [])];
}

/** The first permission (by API name) of a set that lacks something it depends on; undefined when the set is whole. */
export function firstUnmetRequirement(
  apiNames: ReadonlySet<string>,
  extra?: Requirements,
): UnmetRequirement | undefined {
  for (const permission of [...apiNames].sort()) {
    const missing = requirementsOf(permission, extra).filter((required) => !apiNames.has(required));
    if (missing.length > 0) return { permission, missing };
  }
  return undefined;
}

/** Whether a user licence may hold the permission. */
export function licenseAllows(license: string, apiName: string): boolean {
  const licenses = byApiName.get(apiName)?.licenses ?? 'all';
  return licenses === 'all' || licenses.includes(license);
}
