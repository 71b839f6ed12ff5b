import { t } from '@vscode/l10n';
import { parseTime } from '../shared/utc.ts';
import type {
  Deliveries,
  EventTypeRow,
  Grant,
  OrganizationRow,
  ProfileRow,
  SignIn,
  UserLoginRow,
  UserRow,
} from './answers.ts';
import type { QueryResult } from './composite.ts';

type Row = Record<string, unknown>;

function noRow(): Error {
  return new Error(t('no row that this user may see'));
}

export function readOrganization(row: Row): OrganizationRow {
  return {
    name: text(row['Name']),
    type: text(row['OrganizationType']),
    isSandbox: row['IsSandbox'] === true,
    language: text(row['LanguageLocaleKey']),
  };
}

/** The record itself, or the result of a query for it. */
export function readUser(body: Row): UserRow | Error {
  const row = 'records' in body ? (body as unknown as QueryResult).records[0] : body;
  if (row === undefined) return noRow();
  const passwordExpires = parseTime(row['PasswordExpirationDate']);
  return {
    id: text(row['Id']),
    username: text(row['Username']),
    name: text(row['Name']),
    active: row['IsActive'] !== false,
    profileId: optional(row['ProfileId']),
    crmContentUser: flag(row['UserPermissionsSFContentUser']),
    language: text(row['LanguageLocaleKey']),
    passwordExpires: Number.isNaN(passwordExpires) ? undefined : passwordExpires,
  };
}

export function readUserLogin(result: QueryResult): UserLoginRow | undefined {
  const row = result.records[0];
  return row && { frozen: row['IsFrozen'] === true, passwordLocked: row['IsPasswordLocked'] === true };
}

export function readSignIns(result: QueryResult): readonly SignIn[] {
  return result.records.map((row) => ({
    time: parseTime(row['LoginTime']),
    type: text(row['LoginType']),
    address: text(row['SourceIp']),
    application: text(row['Application']),
    status: text(row['Status']),
  }));
}

/** The permissions of a row by API name. */
export function readPermissions(result: QueryResult): ReadonlyMap<string, boolean> | Error {
  const row = result.records[0];
  if (row === undefined) return noRow();
  return new Map(
    permissionNames(row).flatMap((name) => {
      const held = flag(row[`Permissions${name}`]);
      return held === undefined ? [] : [[name, held] as const];
    }),
  );
}

/** What all grants together give. */
export function union(grants: readonly Grant[], names: readonly string[]): ReadonlyMap<string, boolean> {
  return new Map(names.map((name) => [name, grants.some(({ permissions }) => permissions.has(name))]));
}

export function readGrants(result: QueryResult, names: readonly string[]): readonly Grant[] {
  return result.records.flatMap((row) => {
    const set = related(row, 'PermissionSet');
    if (set === undefined) return [];
    const profile = set['IsOwnedByProfile'] === true ? related(set, 'Profile') : undefined;
    const grant: Grant = {
      from: set['IsOwnedByProfile'] === true ? 'profile' : 'permission set',
      name: optional(profile?.['Name']) ?? text(set['Label']),
      license: optional(profile === undefined ? undefined : related(profile, 'UserLicense')?.['Name']),
      apiName: text(set['Name']),
      permissions: permissionsOf(set, names),
    };
    return [grant];
  });
}

export function readProfile(result: QueryResult): ProfileRow | undefined {
  const row = result.records[0];
  if (row === undefined) return undefined;
  const known = permissionNames(row);
  return { id: text(row['Id']), permissions: permissionsOf(row, known), known: new Set(known) };
}

export function readEventTypes(result: QueryResult): readonly EventTypeRow[] {
  return result.records.map((row) => ({
    type: text(row['EventType']),
    files: Number(row['files']),
    oldest: parseTime(row['oldest']),
    newest: parseTime(row['newest']),
  }));
}

/** Public links, the newest first. */
export function readDeliveries({ totalSize, records }: QueryResult): Deliveries {
  const newest = parseTime(records[0]?.['SystemModstamp']);
  return { records: totalSize, newest: Number.isNaN(newest) ? undefined : newest };
}

function permissionsOf(row: Row, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => row[`Permissions${name}`] === true));
}

function permissionNames(row: Row): string[] {
  return Object.keys(row).flatMap((field) =>
    field.startsWith('Permissions') ? [field.slice('Permissions'.length)] : [],
  );
}

function related(row: Row, name: string): Row | undefined {
  const value = row[name];
  return typeof value === 'object' && value !== null ? (value as Row) : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
