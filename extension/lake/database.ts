import { t } from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OrgwatchError } from '../shared/errors.ts';
import { inOurWords } from './database-errors.ts';
import type { DatabaseOptions } from './database-options.ts';
import { refuseOtherSchema, versionOf } from './database-schema.ts';
import { makeFolders } from './folders.ts';
import { useAnotherFolder } from './storage-error.ts';

/** Nothing in a file that somebody else may have written runs by itself. */
const CAREFULLY = { defensive: true, timeout: 20_000 };
const DISTRUST = 'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;';
/** Processes share it. A commit outlives the death of the process; a power failure may undo the last commits. */
const SHARED = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;';

/** SQLITE_CANTOPEN: what SQLite says where it cannot make the files that readers share, as on a read-only file system. */
const CANNOT_OPEN = 14;

/**
 * Opens a SQLite file, making it and its folder when it does not exist, and brings it to the newest schema, if it has one
 * of ours. A commit that a power failure undid is never one of before the last `makeDurable`.
 * @throws OrgwatchError LEDGER_CORRUPT (also when it is not ours), LEDGER_NEWER, UNSAFE_PATH, DATA_FOLDER_DENIED, DISK_FULL
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  return inOurWords(options, () => {
    makeFolders(path.dirname(options.file));
    if (!isThere(options)) {
      for (const end of ['-wal', '-shm']) putOrphanAway(`${options.file}${end}`);
      makeDatabase(options);
    }
    return openCarefully(options, false, (database) => {
      database.exec(SHARED);
      const version = versionOf(database);
      if (version === options.migrations.length) return;
      migrate(database, options);
      options.onOlder?.(version);
    });
  });
}

/**
 * Opens a SQLite file only to read it: nothing in it is changed, and no file of an older version is brought to a newer one.
 * A private copy is, in `scratch`, which serves instead; also where the file system is read-only.
 * @param scratch an absolute folder of this user's; made when it does not exist
 * @throws OrgwatchError as openDatabase
 */
export function readDatabase(
  options: DatabaseOptions,
  scratch: string,
): { readonly database: DatabaseSync; readonly close: () => void } {
  return inOurWords(options, () => {
    if (!isThere(options)) throw missing(options);
    try {
      const database = openCarefully(options, true, () => undefined);
      if (versionOf(database) === options.migrations.length) return { database, close: () => database.close() };
      using old = database;
      return readCopy(options, scratch, (copy) => old.prepare('VACUUM INTO ?').run(copy));
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== CANNOT_OPEN) throw error;
      return readCopy(options, scratch, (copy) => copyDatabase(options.file, copy));
    }
  });
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

function openCarefully(
  options: DatabaseOptions,
  readOnly: boolean,
  then: (database: DatabaseSync) => void,
): DatabaseSync {
  const database = new DatabaseSync(options.file, { ...CAREFULLY, readOnly });
  try {
    database.exec(DISTRUST);
    refuseOtherSchema(database, options);
    then(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Whether the file is there. SQLite would follow a link, wait for ever for what a pipe has to say, write its log into
 * whatever a link beside the file leads to, and do what a journal says that somebody put there: our files have none.
 * @throws OrgwatchError UNSAFE_PATH
 */
export function isThere({ file }: Pick<DatabaseOptions, 'file'>): boolean {
  for (const place of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined || (found.isFile() && (place !== `${file}-journal` || found.size === 0))) continue;
    throw new OrgwatchError('UNSAFE_PATH', t('{0} is not a file that Orgwatch made.', place), {
      actions: [t('Find out what it is, and remove it.'), useAnotherFolder()],
    });
  }
  return existsSync(file);
}

/** Makes the file beside its place, complete and for its owner only, before it is given its name: nobody ever sees half of it. */
function makeDatabase(options: DatabaseOptions): void {
  const made = `${options.file}.${randomUUID()}.new`;
  try {
    closeSync(openSync(made, 'wx', 0o600));
    using database = new DatabaseSync(made);
    // Into the file itself: what a full disk keeps from coming out of the log when it is closed, nobody is told of.
    migrate(database, options);
    database.exec(SHARED);
    options.onMade?.(database);
    database.close();
    giveName(made, options.file);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${made}${end}`, { force: true });
  }
}

/** What is left of a file that is gone would be taken for a part of the new one. */
function putOrphanAway(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.orphaned`);
}

/** Another process may have been faster; its file is as good. */
function giveName(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    // A file system without hard links.
    if (!existsSync(file)) renameSync(made, file);
  }
}

function migrate(database: DatabaseSync, { file, migrations }: DatabaseOptions): void {
  transaction(database, () => {
    // Another process may have been faster.
    for (const step of migrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${String(migrations.length)}`);
  });
  if (existsSync(file)) chmodSync(file, 0o600);
}

function readCopy(
  options: DatabaseOptions,
  scratch: string,
  copyTo: (copy: string) => void,
): { readonly database: DatabaseSync; readonly close: () => void } {
  makeFolders(scratch);
  const copy = path.join(scratch, `ledger-${randomUUID()}.sqlite`);
  const remove = (): void => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${copy}${end}`, { force: true });
  };
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    copyTo(copy);
    const database = openDatabase({ ...options, file: copy });
    return {
      database,
      close: () => {
        database.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function missing({ file }: DatabaseOptions): OrgwatchError {
  return new OrgwatchError('DATA_FOLDER_DENIED', t('{0} is not there.', file), { actions: [useAnotherFolder()] });
}

function copyDatabase(file: string, copy: string): void {
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
}
