import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bounded, row, startOrg, type Bench, type BenchRow } from './bench.ts';

const TYPE = 'URI';
const SIZES = [200_000_000, 2_000_000_000];
/** The lake worker's default limit, in MB, and what Node and DuckDB take besides it. */
const LIMIT = 1_024;
const BESIDES = 300;

/** Peak memory of the syncing process and of its lake worker, for one file of 200 MB and for one of 2 GB. */
export const memory: Bench = {
  name: 'memory',
  run: async ({ scale, folder }) => {
    const rows: BenchRow[] = [];
    for (const [index, full] of SIZES.entries()) {
      const bytes = Math.round(full * scale);
      await using org = await startOrg({ scenario: 'shield', scale: 0.01 });
      await org.change({ kind: 'large-file', eventType: TYPE, bytes });
      const peak = await peaks(path.join(folder, String(index)), org.address);
      const size = `${(bytes / 1e6).toLocaleString('en')} MB in one file`;
      rows.push(bounded(`${size}: the syncing process`, peak.main, ' MB', '≤', 250));
      rows.push(
        bounded(`${size}: its lake worker, limit ${String(LIMIT)} MB`, peak.worker, ' MB', '≤', LIMIT + BESIDES),
      );
      rows.push(row(`${size}: whole sync`, `${peak.seconds.toFixed(1)} s`));
    }
    return rows;
  },
};

/** The most that a sync in a process of its own and that process's only child ever held, in MB. */
async function peaks(folder: string, address: object) {
  const script = path.join(import.meta.dirname, 'sync-alone.ts');
  const start = performance.now();
  const child = spawn(process.execPath, [script, JSON.stringify({ address, folder, eventType: TYPE })], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let ended = false;
  void exit.then(() => (ended = true));
  const pid = String(child.pid);
  let [main, worker] = [0, 0];
  while (!ended) {
    main = Math.max(main, await highWater(pid));
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    for (const each of children.trim().split(' ').filter(Boolean)) worker = Math.max(worker, await highWater(each));
    await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  if ((await exit) !== 0) throw new Error('The sync failed.');
  return { main, worker, seconds: (performance.now() - start) / 1_000 };
}

async function highWater(pid: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}
