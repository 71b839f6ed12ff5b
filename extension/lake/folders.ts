import { t } from '@vscode/l10n';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { OrgwatchError } from '../shared/errors.ts';
import { useAnotherFolder } from './storage-error.ts';

/**
 * Makes a folder and those above it, for their owner only. Node's own recursive way never ends where the system says
 * that a parent which is there is not, as /proc does.
 * @throws OrgwatchError DATA_FOLDER_DENIED, and what the file system says
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let place = folder; !existsSync(place) && path.dirname(place) !== place; place = path.dirname(place)) {
    missing.unshift(place);
  }
  for (const place of missing) makeFolder(place);
  // Nothing is left to be made; what stands there and is no folder is told.
  mkdirSync(folder, { recursive: true });
}

function makeFolder(place: string): void {
  try {
    mkdirSync(place, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new OrgwatchError('DATA_FOLDER_DENIED', t('{0} takes no folders.', path.dirname(place)), {
        actions: [useAnotherFolder()],
        cause: error,
      });
    }
    // Another process may have been faster.
    if (code !== 'EEXIST') throw error;
  }
}
