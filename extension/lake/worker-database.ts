import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { literals } from './sql.ts';
import type { WorkerSettings } from './worker-protocol.ts';

/** Folder below the org's, where DuckDB puts what does not fit into memory; one folder in it a worker. */
const SPILL = 'tmp';

/** Of the memory limit, on top of it, for results that are kept; what does not fit goes to the disk. */
const KEPT_SHARE = 1 / 4;

export interface WorkerDatabase {
  readonly instance: DuckDBInstance;
  /** Another database, for results that are kept: rows stay in the order in which they were put in. */
  readonly kept: DuckDBInstance;
  /** This worker's folder for what does not fit into memory; to be removed with it. */
  readonly spill: string;
}

/**
 * An empty DuckDB in memory that reaches the org's data folder and nothing else: no network, no extensions, no other
 * files, and none of that can be changed any more. Times without a zone are UTC.
 */
export async function openWorkerDatabase(settings: WorkerSettings): Promise<WorkerDatabase> {
  const spill = path.join(settings.dataFolder, SPILL, `worker-${String(process.pid)}`);
  await sweepSpill(path.dirname(spill));
  await mkdir(spill, { recursive: true, mode: 0o700 });
  // Rows of events need no order between row groups; keeping one costs memory and a third of the speed.
  const instance = await createInstance(settings, spill, settings.memoryLimitMb, { preserve_insertion_order: 'false' });
  const kept = await createInstance(settings, spill, Math.ceil(settings.memoryLimitMb * KEPT_SHARE), {});
  return { instance, kept, spill };
}

async function createInstance(
  settings: WorkerSettings,
  spill: string,
  memoryLimitMb: number,
  options: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${String(memoryLimitMb)}MB`,
    threads: String(settings.threads),
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Published files are replaced by rename: what a path held a moment ago must not be remembered.
    enable_external_file_cache: 'false',
    ...options,
  });
  const connection = await instance.connect();
  try {
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
    await connection.run(`SET GLOBAL allowed_directories = ${literals([settings.dataFolder])}`);
    await connection.run(`SET GLOBAL enable_external_access = false`);
    await connection.run(`SET GLOBAL lock_configuration = true`);
  } finally {
    connection.closeSync();
  }
  return instance;
}

/** Removes what workers that died left behind. */
async function sweepSpill(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(/^worker-(\d+)$/.exec(name)?.[1]);
    if (Number.isInteger(pid) && pid !== process.pid && isAlive(pid)) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
