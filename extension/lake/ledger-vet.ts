import { t } from '@vscode/l10n';
import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { OrgwatchError } from '../shared/errors.ts';
import { storageError } from './storage-error.ts';

/** Ledgers that passed, and those that were given up, each as it was then: they are not walked over again. */
const passed = new Set<string>();
const givenUp = new Set<string>();

/** A ledger that takes longer is not read: one of a million files takes a tenth of it. */
const LONGEST_MS = 20_000;

/** How long ledgers that are looked at together may take in all: whoever looks does nothing else meanwhile. */
export interface VetBudget {
  leftMs: number;
}

export const newVetBudget = (): VetBudget => ({ leftMs: LONGEST_MS });

/**
 * Walks over every page of the file once: SQLite's check notices a page that is reached twice, of which a chain could be
 * made that no reader comes to the end of. Reading what passes takes as long as the file is large.
 */
const SCRIPT = `
const { DatabaseSync } = require('node:sqlite');
const { pathToFileURL } = require('node:url');
const check = (place) => {
  const database = new DatabaseSync(place, { readOnly: true, defensive: true, timeout: 5000 });
  return Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
};
const attempt = (place, otherwise) => {
  try { return check(place); } catch (error) { return otherwise(error.errcode & 0xff); }
};
const shared = process.argv[1];
const unshared = Object.assign(pathToFileURL(shared), { search: '?immutable=1' });
const said = attempt(shared, (code) => code === 14 ? attempt(unshared, (code) => code) : code);
process.stdout.write(String(said));`;

/** SQLITE_CORRUPT, SQLITE_NOTADB; whatever else keeps SQLite from opening the file is told by who opens it next. */
const DAMAGED = /^(?:11|26|\D.*)$/s;

/**
 * Reads a ledger that somebody else may have made, for the first time: in a process of its own, which is ended when it takes
 * too long, as no statement of SQLite's can be in this one.
 * @throws OrgwatchError LEDGER_CORRUPT, LEDGER_UNREAD when the others have used up the budget, DATA_FOLDER_DENIED
 */
export function vetLedger(file: string, whenCorrupt: readonly string[], budget = newVetBudget()): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  const state = found && [file, found.ino, found.size, found.mtimeMs].join(' ');
  if (state === undefined || passed.has(state)) return;
  if (givenUp.has(state)) throw tooLong(file, whenCorrupt);
  if (budget.leftMs <= 0) throw unread(file);
  const started = performance.now();
  const { stdout, error, signal } = spawnSync(process.execPath, ['-e', SCRIPT, file], {
    env: { ...(process.versions['electron'] ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    timeout: Math.ceil(budget.leftMs),
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const isWhole = budget.leftMs >= LONGEST_MS;
  budget.leftMs -= performance.now() - started;
  if (stdout === 'ok') return void passed.add(state);
  const isTooLong = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  // No process could be started: that says nothing of the ledger.
  if (error && !isTooLong) throw storageError(error, file);
  // One that died over the ledger does.
  if (!isTooLong && signal === null && !DAMAGED.test(stdout)) return;
  if (!isTooLong)
    throw new OrgwatchError('LEDGER_CORRUPT', t('The ledger {0} is damaged.', file), { actions: whenCorrupt });
  if (!isWhole) throw unread(file);
  givenUp.add(state);
  throw tooLong(file, whenCorrupt);
}

function tooLong(file: string, actions: readonly string[]): OrgwatchError {
  return new OrgwatchError('LEDGER_CORRUPT', t('The ledger {0} cannot be read to its end in time.', file), { actions });
}

function unread(file: string): OrgwatchError {
  return new OrgwatchError(
    'LEDGER_UNREAD',
    t('The ledger {0} was not read: others that are not known on this machine took too long.', file),
    {
      actions: [
        t('Look again: ledgers that took too long are passed over then.'),
        t('Move lakes away that are not yours.'),
      ],
      retryable: true,
    },
  );
}
