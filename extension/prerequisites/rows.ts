import type { Allocation, EventTypeRow, Grant, OrganizationRow, ProfileRow, UserRow } from './answers.ts';
import type { QueryResult } from './composite.ts';

type Row = Record<string, unknown>;

const NO_ROW = new Error('no row that this user may see');

export function readOrganization(result: QueryResult): OrganizationRow | Error {
  const row = result.records[0];
  if (row === undefined) return NO_ROW;
  return {
    name: text(row['Name']),
    type: text(row['OrganizationType']),
    isSandbox: row['IsSandbox'] === true,
    language: text(row['LanguageLocaleKey']),
  };
}

export function readUser(result: QueryResult): UserRow | Error {
  const row = result.records[0];
  if (row === undefined) return NO_ROW;
  return {
    username: text(row['Username']),
    profileName: optional(related(row, 'Profile')?.['Name']),
    crmContentUser: flag(row['UserPermissionsSFContentUser']),
    language: text(row['LanguageLocaleKey']),
  };
}

export function readPermissions(result: QueryResult, names: readonly string[]): ReadonlyMap<string, boolean> | Error {
  const row = result.records[0];
  if (row === undefined) return NO_ROW;
  return new Map(
    names.flatMap((name) => {
      const held = flag(row[`Permissions${name}`]);
      return held === undefined ? [] : [[name, held] as const];
    }),
  );
}

export function readGrants(result: QueryResult, names: readonly string[]): readonly Grant[] {
  return result.records.flatMap((row) => {
    const set = related(row, 'PermissionSet');
    if (set === undefined) return [];
    const owner = set['IsOwnedByProfile'] === true ? optional(related(set, 'Profile')?.['Name']) : undefined;
    const grant: Grant = {
      from: set['IsOwnedByProfile'] === true ? 'profile' : 'permission set',
      name: owner ?? text(set['Label']),
      permissions: permissionsOf(set, names),
    };
    return [grant];
  });
}

export function readProfile(result: QueryResult, names: readonly string[]): ProfileRow | undefined {
  const row = result.records[0];
  return row === undefined ? undefined : { id: text(row['Id']), permissions: permissionsOf(row, names) };
}

export function readEventTypes(result: QueryResult): readonly EventTypeRow[] {
  return result.records.map((row) => ({
    type: text(row['EventType']),
    files: Number(row['files']),
    oldest: Date.parse(text(row['oldest'])),
    newest: Date.parse(text(row['newest'])),
  }));
}

/** `/limits`: `{DailyApiRequests: {Max, Remaining, …}}`. */
export function readAllocation(body: Row): Allocation | Error {
  const daily = body['DailyApiRequests'] as Row | undefined;
  const max = Number(daily?.['Max']);
  const remaining = Number(daily?.['Remaining']);
  return Number.isFinite(max) && Number.isFinite(remaining)
    ? { max, remaining }
    : new Error('no DailyApiRequests in /limits');
}

function permissionsOf(row: Row, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => row[`Permissions${name}`] === true));
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
