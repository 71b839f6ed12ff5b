import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { literals } from './sql.ts';
import type { WorkerSettings } from './worker-protocol.ts';
import { makeScratch, scratchLimitMb } from './worker-scratch.ts';

/** Of the memory limit, on top of it, for results that are kept; what does not fit goes to the disk. */
const KEPT_SHARE = 1 / 4;

export interface WorkerDatabase {
  readonly instance: DuckDBInstance;
  /** Another database, for results that are kept: rows stay in the order in which they were put in. */
  readonly kept: DuckDBInstance;
  /** This worker's own folder for temporary files; to be removed with it. */
  readonly scratch: string;
}

/**
 * An empty DuckDB in memory that reaches the org's data folder and its own scratch and nothing else: no network, no extensions, no other
 * files, and none of that can be changed any more. Times without a zone are UTC.
 */
export async function openWorkerDatabase(settings: WorkerSettings): Promise<WorkerDatabase> {
  const scratch = await makeScratch(settings.scratch, settings.token);
  // Rows of events need no order between row groups; keeping one costs memory and a third of the speed.
  const instance = await createInstance(settings, scratch, 'lake', settings.memoryLimitMb, {
    preserve_insertion_order: 'false',
  });
  const kept = await createInstance(settings, scratch, 'kept', Math.ceil(settings.memoryLimitMb * KEPT_SHARE), {});
  return { instance, kept, scratch };
}

async function createInstance(
  settings: WorkerSettings,
  scratch: string,
  name: string,
  memoryLimitMb: number,
  options: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  // One each: the names of temporary files are the same in every database.
  const spill = path.join(scratch, name);
  await mkdir(spill, { mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${String(memoryLimitMb)}MB`,
    threads: String(settings.threads),
    temp_directory: spill,
    max_temp_directory_size: `${String(await scratchLimitMb(scratch))}MB`,
    allow_persistent_secrets: 'false',
    allow_community_extensions: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Published files are replaced by rename: what a path held a moment ago must not be remembered.
    enable_external_file_cache: 'false',
    ...options,
  });
  const connection = await instance.connect();
  try {
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
    await connection.run(`SET GLOBAL allowed_directories = ${literals([settings.dataFolder, scratch])}`);
    await connection.run(`SET GLOBAL enable_external_access = false`);
    await connection.run(`SET GLOBAL lock_configuration = true`);
  } finally {
    connection.closeSync();
  }
  return instance;
}
