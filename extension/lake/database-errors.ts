import { t } from '@vscode/l10n';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { OrgwatchError } from '../shared/errors.ts';
import type { DatabaseOptions } from './database-options.ts';
import { storageError } from './storage-error.ts';

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const CORRUPT = new Set([11, 26]);

type Named = Pick<DatabaseOptions, 'file' | 'name' | 'whenCorrupt'>;

/** SQLite's errors in Orgwatch's words. */
export function databaseError(error: unknown, options: Named): unknown {
  const { errcode, code } = (error ?? {}) as { errcode?: number; code?: string };
  // A number that is larger than any of ours: JavaScript has none such.
  const isCorrupt = errcode === undefined ? code === 'ERR_OUT_OF_RANGE' : CORRUPT.has(errcode & 0xff);
  if (!isCorrupt) return storageError(error, options.file);
  return new OrgwatchError('LEDGER_CORRUPT', t('{0} {1} is damaged.', options.name, options.file), {
    actions: options.whenCorrupt,
    cause: error,
  });
}

/** Does `work`. @throws OrgwatchError in place of SQLite's errors and the file system's */
export function inOurWords<T>(options: Named, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseError(error, options);
  }
}

/** The same database; whatever its statements throw is told in Orgwatch's words, a page that turns out damaged included. */
export function withOurWords(database: DatabaseSync, options: Named): DatabaseSync {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]) => {
          const result: unknown = inOurWords(options, () => Reflect.apply(value, target, values) as unknown);
          return name === 'prepare' ? wrap(result as StatementSync) : result;
        };
      },
    });
  return wrap(database);
}

/** A list of texts that a ledger holds as JSON. @throws OrgwatchError LEDGER_CORRUPT */
export function storedTexts(text: string): readonly string[] {
  const found = storedJson(text);
  if (Array.isArray(found) && found.every((each) => typeof each === 'string')) return found;
  throw unreadable();
}

/** Names and texts that a ledger holds as JSON. @throws OrgwatchError LEDGER_CORRUPT */
export function storedNames(text: string): Readonly<Record<string, string>> {
  const found = storedJson(text);
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
  if (isObject && Object.values(found).every((each) => typeof each === 'string'))
    return found as Record<string, string>;
  throw unreadable();
}

function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): OrgwatchError {
  return new OrgwatchError('LEDGER_CORRUPT', t('The ledger holds a value that cannot be read.'), {
    actions: [t('Run `orgwatch repair`: it rebuilds the ledger from the files that are there.')],
    cause,
  });
}
