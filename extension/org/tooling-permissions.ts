import { t } from '@vscode/l10n';
import type { Door } from './door.ts';
import { invalid, recordOf } from './query.ts';

/** Names in one query, so that its address stays far below what Salesforce takes. */
const NAMES_A_QUERY = 100;

/**
 * What user permissions demand in this org, one step: API name → API names. Needs View Setup and Configuration.
 * Source: Tooling API, PermissionDependency.
 * @throws OrgwatchError whatever the door throws
 */
export async function permissionDependencies(
  door: Door,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  for (let start = 0; start < names.length; start += NAMES_A_QUERY) {
    const list = names.slice(start, start + NAMES_A_QUERY).filter((name) => /^\w+$/.test(name));
    const soql = `SELECT Permission, RequiredPermission FROM PermissionDependency WHERE Permission IN (${list.map((name) => `'${name}'`).join(', ')})`;
    const pages = door.query(soql, {
      tooling: true,
      purpose: t('ask what permissions demand in this org'),
      ...(signal ? { signal } : {}),
    });
    for await (const { records } of pages) {
      for (const row of records) {
        const { Permission: permission, RequiredPermission: required } = recordOf(row);
        if (typeof permission !== 'string' || typeof required !== 'string') continue;
        found.set(permission, (found.get(permission) ?? new Set()).add(required));
      }
    }
  }
  return found;
}

/**
 * Labels of the user permissions of this org, by label: Salesforce names permissions by label when it refuses a deploy.
 * Source: REST API, sObject Describe of PermissionSet, whose fields are `Permissions…`.
 */
export async function permissionsByLabel(door: Door, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const purpose = t('ask for the labels of permissions');
  const { body } = await door.json<unknown>({
    path: '/services/data/v{v}/sobjects/PermissionSet/describe',
    purpose,
    ...(signal ? { signal } : {}),
  });
  const { fields } = recordOf(body);
  if (!Array.isArray(fields)) throw invalid(purpose);
  return new Map(
    fields.map(recordOf).flatMap(({ name, label }): [string, string][] => {
      if (typeof name !== 'string' || typeof label !== 'string' || !name.startsWith('Permissions')) return [];
      return [[label.toLowerCase(), name.slice('Permissions'.length)]];
    }),
  );
}
