import { t } from '@vscode/l10n';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  type ReadStream,
  type Stats,
} from 'node:fs';
import { lstat, open, readdir, rename, rm, rmdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { OrgwatchError } from '../shared/errors.ts';
import { makeFolders } from './folders.ts';
import { useAnotherFolder } from './storage-error.ts';

/** Where Linux shows the open files of a process: a name below it is looked up in that very folder, whatever its path is by now. */
const HANDLES = '/proc/self/fd';
const HAS_HANDLES = process.platform === 'linux' && existsSync(HANDLES);

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
/** A pipe that waits for a writer would keep the reader for ever. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * One org's folder, and the only way to the files in it. A path from a ledger, from a file name or from a setting may
 * have been written by somebody else: whatever leads out of the folder, or passes a link on its way, is refused. The
 * data folder and the org's folder themselves must be no links either; what lies above them is the user's affair.
 *
 * On Linux each folder on the way is opened in the one before it, so that it cannot be exchanged between check and use.
 * Elsewhere, and where a library wants a path (SQLite, DuckDB), each is looked at just before.
 */
export class OrgFolder {
  /** Absolute. */
  readonly path: string;
  #above: string | undefined;

  constructor(folder: string) {
    this.path = path.resolve(folder);
  }

  /**
   * The absolute path of a file, for a library that opens it by itself, after each folder on the way was looked at. The
   * file may be missing. @param known folders that were looked at a moment ago; more are added
   * @throws OrgwatchError UNSAFE_PATH
   */
  checked(file: string, known = new Set<string>()): string {
    const names = [...this.#own, ...this.#names(file)];
    let place = this.#base();
    for (const [index, name] of names.entries()) {
      place = path.join(place, name);
      const isLast = index === names.length - 1;
      if (!isLast && known.has(place)) continue;
      const found = lookAt(place);
      if (found === undefined) break;
      if (isLast ? !found.isFile() : !found.isDirectory()) throw refused(file, found);
      if (!isLast) known.add(place);
    }
    return this.#absolute(file);
  }

  /** The absolute path of a file, whatever is there. @throws OrgwatchError UNSAFE_PATH when it would be outside */
  within(file: string): string {
    this.#names(file);
    return this.#absolute(file);
  }

  /** Opens a file to read it. @throws OrgwatchError UNSAFE_PATH, and what the file system says */
  async read(file: string): Promise<FileHandle> {
    return this.#in(file, false, async (place) => {
      const handle = await open(place, READ).catch((error: unknown) => {
        throw asRefusal(error, place, file);
      });
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
      throw refused(file);
    });
  }

  /** The bytes of a file as they come. @throws the same */
  async stream(file: string): Promise<ReadStream> {
    return (await this.read(file)).createReadStream();
  }

  /** Makes what was written into a file survive a power cut. */
  async sync(file: string): Promise<void> {
    await this.#in(file, false, async (place) => {
      const handle = await open(place, constants.O_RDWR | constants.O_NOFOLLOW);
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }

  /** Makes a file that only its owner can read, and the folders that it lacks; a file of that name is replaced. */
  async create(file: string): Promise<FileHandle> {
    return this.#in(file, true, async (place) => {
      await rm(place, { force: true });
      return open(place, CREATE, 0o600);
    });
  }

  /** Renames a file within its folder, so that power failure does not undo it. Windows has no such thing, and needs none. */
  async replace(file: string, destination: string): Promise<void> {
    const name = this.#names(destination).at(-1) ?? '';
    await this.#in(file, false, async (place) => {
      await rename(place, path.join(path.dirname(place), name));
      if (process.platform === 'win32') return;
      const folder = await open(path.dirname(place), 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    });
  }

  /** Moves a file, or a link itself, to another place in the folder; false when it is not there. */
  async move(file: string, destination: string): Promise<boolean> {
    try {
      await this.#in(destination, true, (to) => this.#in(file, false, (from) => rename(from, to)));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Deletes a file, or a link itself; nothing happens when it is not there. */
  async remove(file: string): Promise<void> {
    try {
      await this.#in(file, false, (place) => rm(place, { force: true }));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  /** Size and times of a file; of a link, those of the link. */
  async stat(file: string): Promise<Stats> {
    return this.#inOrSelf(file, (place) => lstat(place));
  }

  /** Makes the folder that `file` is to lie in. */
  async makeFolderOf(file: string): Promise<void> {
    await this.#in(file, true, async () => undefined);
  }

  /** Makes a folder in it. */
  async makeFolder(folder: string): Promise<void> {
    await this.#inFolder(this.#names(folder), true, folder, async () => undefined);
  }

  /** Makes the folder and those above it, for their owner only. */
  make(): void {
    makeFolders(path.dirname(this.path));
    this.#open([], true, this.path)[Symbol.dispose]();
  }

  /** Closes a file or a folder to all but its owner; Windows knows no such modes. @throws OrgwatchError UNSAFE_PATH */
  async closeToOthers(file: string): Promise<void> {
    if (process.platform === 'win32') return;
    await this.#inOrSelf(file, async (place) => {
      const handle = await open(place, READ);
      try {
        await handle.chmod((await handle.stat()).isDirectory() ? 0o700 : 0o600);
      } finally {
        await handle.close();
      }
    });
  }

  /** Files, folders and links below a folder, absolute; none where it is not there. Links are not followed. */
  async list(folder: string): Promise<readonly FoundEntry[]> {
    const entries = await this.#inFolder(this.#names(folder), false, folder, (place) =>
      readdir(place, { recursive: true, withFileTypes: true }).then((found) =>
        found.map((entry) => ({
          path: path.join(this.#absolute(folder), path.relative(place, path.join(entry.parentPath, entry.name))),
          name: entry.name,
          kind: entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other',
        })),
      ),
    ).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw codeOf(error) === 'ENAMETOOLONG' ? tooDeep(folder) : error;
    });
    return entries as readonly FoundEntry[];
  }

  /** Removes the folders below a folder that hold nothing any more. */
  async removeEmptyFolders(folder: string): Promise<void> {
    const folders = (await this.list(folder)).filter(({ kind }) => kind === 'folder').map(({ path: place }) => place);
    // Those below come before those above.
    for (const place of folders.sort((a, b) => b.length - a.length)) {
      await this.#in(place, false, (found) => rmdir(found).catch(() => undefined));
    }
  }

  /** Names of the data folder and of the org's folder in it. */
  get #own(): readonly string[] {
    return [path.basename(path.dirname(this.path)), path.basename(this.path)];
  }

  /** Names from the org's folder down to the file. */
  #names(file: string): readonly string[] {
    const absolute = this.#absolute(file);
    const names = path.relative(this.path, absolute).split(path.sep);
    const isBelow = names[0] !== '' && names[0] !== '..' && !path.isAbsolute(names[0] ?? '');
    // On Windows a colon leads to another stream of a file.
    const isOdd = file.includes('\0') || (process.platform === 'win32' && names.some((name) => name.includes(':')));
    if (!isBelow || isOdd) throw outside(file);
    return names;
  }

  #absolute(file: string): string {
    return path.resolve(this.path, file);
  }

  /** The folder above the data folder, which is the user's. */
  #base(): string {
    const above = path.dirname(path.dirname(this.path));
    try {
      return (this.#above ??= realpathSync(above));
    } catch {
      return above;
    }
  }

  async #inOrSelf<T>(file: string, work: (place: string) => Promise<T>): Promise<T> {
    if (this.#absolute(file) !== this.path) return this.#in(file, false, work);
    return this.#inFolder([], false, file, (folder) => work(`${folder}${path.sep}.`));
  }

  async #in<T>(file: string, isMaking: boolean, work: (place: string) => Promise<T>): Promise<T> {
    const names = this.#names(file);
    return this.#inFolder(names.slice(0, -1), isMaking, file, (folder) => work(path.join(folder, names.at(-1) ?? '')));
  }

  async #inFolder<T>(
    names: readonly string[],
    isMaking: boolean,
    file: string,
    work: (folder: string) => Promise<T>,
  ): Promise<T> {
    using folder = this.#open(names, isMaking, file);
    return await work(folder.path);
  }

  /** Goes down from the folder above the data folder to one below the org's, name by name, none of them a link. */
  #open(names: readonly string[], isMaking: boolean, file: string): Disposable & { readonly path: string } {
    let place = this.#base();
    let handle: number | undefined;
    const close = (): void => {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    };
    try {
      for (const name of [...this.#own, ...names]) {
        const next = path.join(place, name);
        if (isMaking) makeFolder(next);
        if (HAS_HANDLES) {
          const opened = openFolder(next, file);
          close();
          handle = opened;
          place = path.join(HANDLES, String(handle));
        } else {
          const found = lstatSync(next);
          if (!found.isDirectory()) throw refused(file, found);
          place = next;
        }
      }
      return { path: place, [Symbol.dispose]: close };
    } catch (error) {
      close();
      throw error;
    }
  }
}

/** What lies below a folder. */
export interface FoundEntry {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** `other`: a link, a pipe, a device; Orgwatch makes none of these. */
  readonly kind: 'file' | 'folder' | 'other';
}

function openFolder(place: string, file: string): number {
  try {
    return openSync(place, FOLDER);
  } catch (error) {
    throw asRefusal(error, place, file);
  }
}

function makeFolder(place: string): void {
  try {
    mkdirSync(place, 0o700);
  } catch (error) {
    // It is there, or another process was faster; what it is shows when it is opened.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function lookAt(place: string): Stats | undefined {
  return lstatSync(place, { throwIfNoEntry: false });
}

/** An error that a link caused, as a refusal; others as they are. */
function asRefusal(error: unknown, place: string, file: string): unknown {
  const code = codeOf(error);
  if (code !== 'ELOOP' && code !== 'ENOTDIR' && code !== 'EMLINK') return error;
  const found = lookAt(place);
  return found === undefined || found.isDirectory() ? error : refused(file, found);
}

function refused(file: string, found?: Stats): OrgwatchError {
  if (!found?.isSymbolicLink()) {
    return new OrgwatchError('UNSAFE_PATH', t('{0} is not a file or folder that Orgwatch made.', file), {
      actions: [t('Find out what it is, and remove it.'), useAnotherFolder()],
    });
  }
  const message = t('{0} leads through a link. Orgwatch follows no links in its data folder.', file);
  return new OrgwatchError('UNSAFE_PATH', message, {
    actions: [t('Remove the link, or set the data folder to the place that it leads to.'), useAnotherFolder()],
  });
}

function tooDeep(folder: string): OrgwatchError {
  return new OrgwatchError('UNSAFE_PATH', t('{0} holds folders deeper than Orgwatch makes any.', folder), {
    actions: [t('Find out what it is, and remove it.'), useAnotherFolder()],
  });
}

function outside(file: string): OrgwatchError {
  return new OrgwatchError('UNSAFE_PATH', t('{0} leads out of the data folder.', file), {
    actions: [t('Run `orgwatch repair`: it rebuilds the ledger from the files that are there.')],
  });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
