import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';

/** What a failed file operation means to the reader; errors that are no file system's come back as they are. */
export function storageError(error: unknown, place: string): unknown {
  if (error instanceof OrgwatchError || !(error instanceof Error)) return error;
  const { code, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  if (code === 'EMFILE' || code === 'ENFILE') return tooManyFiles(place, error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === SQLITE_FULL) return diskFull(place, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return denied(place, error);
  }
  if (errcode !== undefined && DENIED.has(errcode & 0xff)) return denied(place, error);
  return error;
}

const SQLITE_FULL = 13;

/** SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN. */
const DENIED = new Set([3, 8, 14]);

function diskFull(place: string, cause: Error): OrgwatchError {
  return new OrgwatchError('DISK_FULL', t('There is no space left for {0}.', place), {
    actions: [t('Free some space and run the same command again; what came is kept.'), useAnotherFolder()],
    retryable: true,
    cause,
  });
}

function tooManyFiles(place: string, cause: Error): OrgwatchError {
  return new OrgwatchError('DATA_FOLDER_DENIED', t('{0} cannot be opened: too many files are open.', place), {
    actions: [t('Raise the limit (`ulimit -n`), or sync fewer orgs at a time.')],
    retryable: true,
    cause,
  });
}

function denied(place: string, cause: Error): OrgwatchError {
  return new OrgwatchError('DATA_FOLDER_DENIED', t('{0} cannot be written: {1}.', place, cause.message), {
    actions: [t('Give yourself the right to write there.'), useAnotherFolder()],
    cause,
  });
}

/** The same for the command line and VS Code, which call it differently. */
export function useAnotherFolder(): string {
  return t('Use another data folder: --data-dir, in VS Code the setting orgwatch.dataDir.');
}
