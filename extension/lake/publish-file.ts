import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from './sql.ts';

/** Names beside `destination` for what is being made of it; a function of it, so that doing it again overwrites. */
export function unfinished(destination: string, step = 1): string {
  return path.join(path.dirname(destination), `.${path.basename(destination)}.${String(step)}.tmp`);
}

/** Writes the rows of `select` to a Parquet file (zstd). Dictionaries that grow large are given up early: they cost time and save nothing. */
export async function copyToParquet(connection: DuckDBConnection, select: string, file: string): Promise<void> {
  await connection.run(
    `COPY (${select}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 4096, USE_TMP_FILE false)`,
  );
}

/** Makes the folder of `destination`, readable by its owner only. */
export async function makeFolderOf(destination: string): Promise<void> {
  await mkdir(path.dirname(destination), { recursive: true, mode: 0o700 });
}

/** The last two of the three steps of a commit: fsync, rename. What `file` was is `destination` from here on, also after a power cut. */
export async function commitFile(file: string, destination: string): Promise<void> {
  await sync(file, 'r+');
  await rename(file, destination);
  // Windows cannot open a folder, and its renames need no such thing.
  if (process.platform !== 'win32') await sync(path.dirname(destination), 'r');
}

async function sync(file: string, flags: string): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function removeFiles(...files: readonly string[]): Promise<void> {
  for (const file of files) await rm(file, { force: true });
}
