import { t } from '@vscode/l10n';
import { DatabaseSync } from 'node:sqlite';
import { OrgwatchError } from '../shared/errors.ts';
import type { DatabaseOptions } from './database-options.ts';
import { useAnotherFolder } from './storage-error.ts';

/** Of a table, view, index or trigger: its kind, its table and its SQL, by its name. */
type Schema = ReadonlyMap<string, string>;

/** What each version of a schema looks like; made once. */
const known = new WeakMap<readonly string[], Map<number, Schema>>();

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Whoever else may have written the file: it is used only when its tables, views, indexes and triggers are those of one of
 * our versions, to the letter. A view may never end, and a trigger does more than what is asked.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER
 */
export function refuseOtherSchema(database: DatabaseSync, options: DatabaseOptions): void {
  const version = versionOf(database);
  if (version > options.migrations.length) throw newer(options);
  const expected = schemaOf(options.migrations, version);
  const found = readSchema(database, expected.size + 1);
  const isOurs =
    version > 0 && found.size === expected.size && [...expected].every(([name, sql]) => found.get(name) === sql);
  if (!isOurs) throw notOurs(options);
}

function schemaOf(migrations: readonly string[], version: number): Schema {
  const versions = known.get(migrations) ?? new Map<number, Schema>();
  known.set(migrations, versions);
  const before = versions.get(version);
  if (before) return before;
  using database = new DatabaseSync(':memory:');
  for (const step of migrations.slice(0, version)) database.exec(step);
  const schema = readSchema(database, Number.MAX_SAFE_INTEGER);
  versions.set(version, schema);
  return schema;
}

function readSchema(database: DatabaseSync, most: number): Schema {
  const rows = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT ?').all(most);
  return new Map(rows.map(({ type, name, tbl_name, sql }) => [String(name), JSON.stringify([type, tbl_name, sql])]));
}

function newer({ name, file }: DatabaseOptions): OrgwatchError {
  return new OrgwatchError('LEDGER_NEWER', t('{0} {1} was written by a newer Orgwatch.', name, file), {
    actions: [t('Update Orgwatch on this machine.'), useAnotherFolder()],
  });
}

function notOurs({ name, file, whenCorrupt }: DatabaseOptions): OrgwatchError {
  return new OrgwatchError('LEDGER_CORRUPT', t('{0} {1} is not as Orgwatch makes it.', name, file), {
    actions: whenCorrupt,
  });
}
