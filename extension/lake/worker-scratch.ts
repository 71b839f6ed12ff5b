import { t } from '@vscode/l10n';
import { lstat, mkdir, readdir, rm, statfs, utimes } from 'node:fs/promises';
import path from 'node:path';
import { OrgwatchError } from '../shared/errors.ts';
import { makeFolders } from './folders.ts';
import { isProcessAlive, pidNamespace } from './process-alive.ts';
import { storageError } from './storage-error.ts';

/**
 * Scratch: where a worker puts what does not fit into memory, pieces of large files and exports under way. One folder a
 * worker, `worker-<pid>-<pid namespace or 0>-<token>`, in the folder of what all lakes on this machine share: nothing of it
 * is in a lake, which may be read-only or somebody else's.
 */
const OURS = /^worker-(\d+)-(\d+)-([0-9a-f]{16})$/;

/** Elsewhere than on Linux process ids are the machine's. */
const NAMESPACE = pidNamespace() ?? '0';

/** A living worker touches its folder this often; one untouched for STALE is nobody's. In milliseconds. */
const TOUCHED_EVERY = 10 * 60_000;
const STALE = 24 * 60 * 60_000;

/** All temporary data of a worker takes at most this, and at most half of what is free. In MB. */
const MOST_ON_DISK = 32 * 1024;

/** Makes the folder of this worker in `root`, after it removed those of workers that are gone. @throws OrgwatchError DATA_FOLDER_DENIED, DISK_FULL */
export async function makeScratch(root: string, token: string): Promise<string> {
  const folder = path.join(root, `worker-${String(process.pid)}-${NAMESPACE}-${token}`);
  try {
    makeFolders(root);
    await sweepScratch(root, Date.now());
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    throw scratchError(error, root);
  }
  setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => undefined);
  }, TOUCHED_EVERY).unref();
  return folder;
}

/** Removes the folder of a worker that has ended. */
export async function removeScratch(root: string, token: string): Promise<void> {
  for (const name of await namesIn(root)) {
    if (OURS.exec(name)?.[3] === token) await removeFolder(path.join(root, name));
  }
}

/** How much each of a worker's two databases may put there, in MB. */
export async function scratchLimitMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  const all = Math.min((bavail * bsize) / 2 / 2 ** 20, MOST_ON_DISK);
  return Math.max(1, Math.floor(all / 2));
}

/** Removes what workers that died left behind: folders with exactly the names that we make, and nothing else. */
async function sweepScratch(root: string, now: number): Promise<void> {
  for (const name of await namesIn(root)) {
    const [, pid, namespace] = OURS.exec(name) ?? [];
    if (pid === undefined) continue;
    const folder = path.join(root, name);
    // Another container's processes cannot be looked up from here.
    const isGone =
      namespace === NAMESPACE
        ? !isProcessAlive(Number(pid))
        : now - ((await lstat(folder).catch(() => undefined))?.mtimeMs ?? now) > STALE;
    if (isGone) await removeFolder(folder);
  }
}

/** A link is not followed: it is none of ours. What cannot be removed stays for the next worker to try. */
async function removeFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory()) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function namesIn(root: string): Promise<readonly string[]> {
  return readdir(root).catch(() => []);
}

function scratchError(error: unknown, root: string): unknown {
  const known = storageError(error, root);
  if (!(known instanceof OrgwatchError) || known.code !== 'DATA_FOLDER_DENIED') return known;
  return new OrgwatchError('DATA_FOLDER_DENIED', t('The folder for temporary files, {0}, cannot be written.', root), {
    actions: [t('Set ORGWATCH_STATE_DIR to a folder that can be written.')],
    cause: error,
  });
}
