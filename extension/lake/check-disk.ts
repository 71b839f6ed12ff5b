import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LEDGER_FILES, relativeTo, type LakePaths } from './paths.ts';
import { isUnfinished } from './repair-paths.ts';
import { OrgFolder } from './storage-folder.ts';

/** A file below an org's folder, as it is. */
export interface DiskFile {
  /** Relative to the org's folder, with `/`. */
  readonly path: string;
  readonly layer: 'raw' | 'lake';
  readonly kind: 'data' | 'quarantine' | 'unfinished';
  readonly bytes: number;
}

/** What lies in raw and lake. Paths are relative to the org's folder. */
export interface DiskListing {
  readonly files: ReadonlyMap<string, DiskFile>;
  /** Files and folders that others than the owner may read or write. */
  readonly open: readonly string[];
  /** Links, pipes and the like: Orgwatch makes none, and reads and writes through none. */
  readonly foreign: readonly string[];
}

/** Lists an org's folder. Windows tells nothing of modes. @throws OrgwatchError UNSAFE_PATH when raw or lake is a link */
export async function listDisk(paths: LakePaths): Promise<DiskListing> {
  const folder = new OrgFolder(paths.folder);
  const files = new Map<string, DiskFile>();
  const open: string[] = [];
  const foreign: string[] = [];
  const look = async (file: string): Promise<number | undefined> => {
    const found = await folder.stat(file).catch(unlessMissing);
    if (!found) return undefined;
    const relative = relativeTo(paths.folder, file) || '.';
    if (!found.isFile() && !found.isDirectory()) foreign.push(relative);
    else if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) open.push(relative);
    return found.isFile() ? found.size : undefined;
  };
  await look(paths.folder);
  for (const name of [...LEDGER_FILES, 'raw', 'lake']) await look(path.join(paths.folder, name));
  for (const layer of ['raw', 'lake'] as const) {
    for (const entry of await folder.list(paths[layer])) {
      const bytes = await look(entry.path);
      if (bytes === undefined) continue;
      const relative = relativeTo(paths.folder, entry.path);
      files.set(relative, { path: relative, layer, kind: kindOf(relative), bytes });
    }
  }
  return { files, open, foreign };
}

function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
}

function kindOf(file: string): DiskFile['kind'] {
  if (isUnfinished(file)) return 'unfinished';
  return file.endsWith('.quarantine.ndjson') ? 'quarantine' : 'data';
}

/** The folders of `dataDir` that hold a lake, or what is left of one: their names are organization ids. */
export async function lakeFoldersIn(dataDir: string): Promise<readonly string[]> {
  const entries = await readdir(dataDir, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const names: readonly string[] = await readdir(path.join(dataDir, entry.name)).catch(() => []);
    if (names.includes('ledger.sqlite') || names.includes('raw')) found.push(entry.name);
  }
  return found.sort();
}
