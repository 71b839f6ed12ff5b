import { t } from '@vscode/l10n';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OrgwatchError } from '../shared/errors.ts';
import { makeFolders } from './folders.ts';
import { storageError, useAnotherFolder } from './storage-error.ts';

export interface DatabaseOptions {
  /** Absolute. Its folder is made when it does not exist. */
  readonly file: string;
  /** What errors call it. */
  readonly name: string;
  /** SQL from each schema version to the next; the file's version is how many it has had. */
  readonly migrations: readonly string[];
  /** What to do when the file is damaged. */
  readonly whenCorrupt: readonly string[];
  readonly readOnly?: boolean;
}

const CORRUPT = new Set([11, 26]);

/**
 * Opens a SQLite file in WAL mode and brings it to the newest schema. Processes share it. A commit outlives the death
 * of the process; a power failure may undo the last commits, never one of those before, until `makeDurable`.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  try {
    if (!options.readOnly) makeFolders(path.dirname(options.file));
    const database = new DatabaseSync(options.file, { readOnly: options.readOnly ?? false, timeout: 20_000 });
    try {
      prepare(database, options);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw databaseError(error, options);
  }
}

/** Runs `work` in one transaction that no other process writes in; its result, or its error after undoing everything. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Every commit so far outlives a power failure too. */
export function makeDurable(database: DatabaseSync): void {
  database.exec('PRAGMA synchronous = FULL');
  try {
    // A commit syncs the log only when it writes something.
    transaction(database, () => database.exec(`PRAGMA user_version = ${String(versionOf(database))}`));
  } finally {
    database.exec('PRAGMA synchronous = NORMAL');
  }
}

/** SQLite's errors in Orgwatch's words. */
export function databaseError(
  error: unknown,
  options: Pick<DatabaseOptions, 'file' | 'name' | 'whenCorrupt'>,
): unknown {
  const { errcode } = (error ?? {}) as { errcode?: number };
  if (errcode !== undefined && CORRUPT.has(errcode & 0xff)) {
    return new OrgwatchError('LEDGER_CORRUPT', t('{0} {1} is damaged.', options.name, options.file), {
      actions: options.whenCorrupt,
      cause: error,
    });
  }
  return storageError(error, options.file);
}

function prepare(database: DatabaseSync, options: DatabaseOptions): void {
  const newest = options.migrations.length;
  if (options.readOnly) {
    refuseNewer(versionOf(database), newest, options);
    return;
  }
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const found = versionOf(database);
  refuseNewer(found, newest, options);
  if (found === newest) return;
  transaction(database, () => {
    // Another process may have been faster.
    for (const step of options.migrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${String(newest)}`);
  });
  chmodSync(options.file, 0o600);
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function refuseNewer(found: number, newest: number, options: DatabaseOptions): void {
  if (found <= newest) return;
  throw new OrgwatchError('LEDGER_NEWER', t('{0} {1} was written by a newer Orgwatch.', options.name, options.file), {
    actions: [t('Update Orgwatch on this machine.'), useAnotherFolder()],
  });
}
