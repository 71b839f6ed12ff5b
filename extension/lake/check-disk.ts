import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { relativeTo, type LakePaths } from './paths.ts';
import { UNFINISHED } from './storage.ts';

/** A file below an org's folder, as it is. */
export interface DiskFile {
  /** Relative to the org's folder, with `/`. */
  readonly path: string;
  readonly layer: 'raw' | 'lake';
  readonly kind: 'data' | 'quarantine' | 'unfinished';
  readonly bytes: number;
}

/** What lies in raw and lake, and what others than the owner may read or write: relative paths of files and folders. */
export interface DiskListing {
  readonly files: ReadonlyMap<string, DiskFile>;
  readonly open: readonly string[];
}

/** Lists an org's folder. Windows tells nothing of modes. */
export async function listDisk(paths: LakePaths): Promise<DiskListing> {
  const files = new Map<string, DiskFile>();
  const open: string[] = [];
  const look = async (relative: string): Promise<{ readonly size: number } | undefined> => {
    const found = await lstat(path.join(paths.folder, relative)).catch(() => undefined);
    if (found && process.platform !== 'win32' && (found.mode & 0o077) !== 0) open.push(relative);
    return found;
  };
  for (const place of ['.', 'ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm', 'raw', 'lake'])
    await look(place);
  for (const layer of ['raw', 'lake'] as const) {
    const entries = await readdir(paths[layer], { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const relative = relativeTo(paths.folder, path.join(entry.parentPath, entry.name));
      const found = await look(relative);
      if (!found || entry.isDirectory()) continue;
      files.set(relative, { path: relative, layer, kind: kindOf(entry.name), bytes: found.size });
    }
  }
  return { files, open };
}

function kindOf(name: string): DiskFile['kind'] {
  if (UNFINISHED.test(name)) return 'unfinished';
  return name.endsWith('.quarantine.ndjson') ? 'quarantine' : 'data';
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
