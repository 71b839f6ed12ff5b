import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from './sql.ts';
import type { OrgFolder } from './storage-folder.ts';

/** Where the worker works: in the org's folder, and in one of its own that DuckDB can read, for what is needed while it lasts. */
export interface WorkPlace {
  readonly folder: OrgFolder;
  readonly scratch: string;
}

/** Names beside `destination` for what is being made of it; a function of it, so that doing it again overwrites. */
export function unfinished(destination: string, step = 1): string {
  return path.join(path.dirname(destination), `.${path.basename(destination)}.${String(step)}.tmp`);
}

/**
 * Writes the rows of `select` to a Parquet file (zstd) of the lake, and makes the folder that it lies in. Dictionaries that
 * grow large are given up early: they cost time and save nothing.
 */
export async function copyToParquet(
  connection: DuckDBConnection,
  folder: OrgFolder,
  select: string,
  file: string,
): Promise<void> {
  await folder.makeFolderOf(file);
  // DuckDB would write through a link of that name.
  await folder.remove(file);
  await connection.run(
    `COPY (${select}) TO ${literal(folder.checked(file))} (FORMAT parquet, COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 4096, USE_TMP_FILE false)`,
  );
}

/** The last two of the three steps of a commit: fsync, rename. What `file` was is `destination` from here on, also after a power cut. */
export async function commitFile(folder: OrgFolder, file: string, destination: string): Promise<void> {
  await folder.sync(file);
  await folder.replace(file, destination);
}

export async function removeFiles(folder: OrgFolder, ...files: readonly string[]): Promise<void> {
  for (const file of files) await folder.remove(file);
}
