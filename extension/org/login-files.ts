import { t } from '@vscode/l10n';
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell.ts';
import { bare, isTooManyFiles, tooManyFiles } from './transfer-error.ts';

/** As @salesforce/core names the file of a login: `USERNAME.json`. */
const LOGIN = /^[^.][^@]*@[^.]+(?:\.[^.\s]+)+\.json$/;

/** Where sf keeps a file for each login. */
export function loginsFolder(): string {
  return path.join(os.homedir(), '.sfdx');
}

/** Whether sf holds a login on this machine, by the names of its files: reads none and loads nothing, so it may be asked often. */
export async function holdsLogin(): Promise<boolean> {
  const files = await readdir(loginsFolder()).catch(() => []);
  return files.some((file) => LOGIN.test(file));
}

/**
 * Why sf's library cannot read what sf has stored: a key that has changed, or a file that is not whole.
 * @param error what it threw; undefined where it says that there is no such login
 * @param target what the caller typed
 * @returns undefined where nothing is damaged
 */
export async function damagedLogin(
  username: string | undefined,
  target: string | undefined,
  error?: unknown,
): Promise<OrgwatchError | undefined> {
  const again = t(
    'Log in again: {0}',
    `sf org login web${target === undefined ? '' : ` --alias ${shellWord(target)}`}`,
  );
  const cause = error instanceof Error ? { cause: bare(error) } : {};
  const damaged = (message: string, ...actions: readonly string[]): OrgwatchError =>
    new OrgwatchError('ORG_UNKNOWN', message, { actions: [...actions, again], ...cause });
  if (error instanceof Error && /decipher|decrypt/i.test(`${error.name} ${error.message}`)) {
    return damaged(
      t(
        "sf's login for {0} cannot be deciphered: the key that it was stored with has changed or is gone.",
        target ?? username ?? '',
      ),
    );
  }
  for (const name of ['key.json', 'alias.json']) {
    if ((await stateOf(name)) === 'damaged') return damaged(notWhole(name), t('Delete that file.'));
  }
  if (username !== undefined && (await stateOf(`${username}.json`)) === 'damaged') {
    return damaged(notWhole(`${username}.json`));
  }
  if (error === undefined) return undefined;
  return damaged(t('The logins that sf holds cannot be read: {0}.', messageOf(error).split('\n')[0] ?? ''));
}

/** Codes of a file that cannot be written, or whose lock another process holds. */
const UNWRITABLE = /^(?:EACCES|EDQUOT|EEXIST|EFBIG|EIO|EISDIR|ELOCKED|ENOSPC|ENOTDIR|EPERM|EROFS)$/;

/** What it means that sf's library could not store a login; what is no error of a file of sf comes back as it is. */
export function loginNotStored(error: unknown): unknown {
  if (isTooManyFiles(error)) return tooManyFiles(t('The logins that sf holds cannot be read'), error);
  if (!(error instanceof Error)) return error;
  const { code = '', path: file } = error as NodeJS.ErrnoException;
  const folder = loginsFolder();
  // The key of a JWT login is a file, too, wherever its owner keeps it.
  if (!UNWRITABLE.test(code) || file?.startsWith(folder) === false) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OrgwatchError('DISK_FULL', t('There is no space left for {0}.', folder), {
      actions: [t('Free some space and run the same command again; what came is kept.')],
      retryable: true,
      cause: bare(error),
    });
  }
  return new OrgwatchError('DATA_FOLDER_DENIED', t('{0} cannot be written: {1}.', folder, error.message), {
    actions: [t('Give yourself the right to write there.')],
    retryable: code === 'ELOCKED',
    cause: bare(error),
  });
}

function notWhole(name: string): string {
  return t("sf's file {0} is damaged: it is not JSON.", path.join(loginsFolder(), name));
}

/** sf stores JSON objects. */
async function stateOf(name: string): Promise<'whole' | 'damaged' | 'missing'> {
  try {
    const value: unknown = JSON.parse(await readFile(path.join(loginsFolder(), name), 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'whole' : 'damaged';
  } catch (error) {
    return error instanceof SyntaxError ? 'damaged' : 'missing';
  }
}
