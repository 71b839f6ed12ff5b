import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { workerEntry } from '../../extension/lake/worker-entry.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, unfit } from './lake-folder.ts';

/** Process ids of the lake workers that have their folder in this one. */
async function workersOf(scratch: string): Promise<number[]> {
  const names = await readdir(scratch).catch(() => []);
  return names.map((name) => Number(/^worker-(\d+)-/.exec(name)?.[1]));
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(20);
  }
}

describe('the lake worker process', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  it('fails what it was doing when it dies, and starts again', async () => {
    await lake.query('SELECT 1');
    const [pid] = await workersOf(lake.scratch);
    assert.ok(pid);
    const endless = lake.query(
      'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range',
    );
    const failed = assert.rejects(endless, { name: 'OrgwatchError', code: 'LAKE_WORKER_FAILED', retryable: true });
    process.kill(pid, 'SIGKILL');
    await failed;
    assert.deepEqual((await lake.query('SELECT 2')).rows, [[2]]);
    const again = await workersOf(lake.scratch);
    assert.equal(again.length, 1, 'what the dead one left is cleared away');
    assert.notEqual(again[0], pid);
  });

  it('ends with close, leaves nothing, and starts again on next use', async () => {
    await lake.query('SELECT 1');
    const [pid] = await workersOf(lake.scratch);
    assert.ok(pid);
    const endless = assert.rejects(
      lake.query('SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range'),
      { code: 'CANCELLED' },
    );
    await lake.worker.close();
    await endless;
    await gone(pid);
    assert.deepEqual(await workersOf(lake.scratch), []);
    await lake.worker.close();
    assert.deepEqual((await lake.query('SELECT 3')).rows, [[3]]);
  });

  it('ends when its parent is killed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-orphan-'));
    const scratch = path.join(folder, 'scratch');
    const script = `
      import { openLakeWorker } from ${JSON.stringify(path.resolve('extension/lake/worker-process.ts'))};
      const worker = openLakeWorker({ dataFolder: ${JSON.stringify(folder)}, scratch: ${JSON.stringify(scratch)} });
      await worker.query({ sql: 'SELECT 1', units: [] });
      console.log('ready');
      await worker.query({ sql: 'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range', units: [] });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const [pid] = await workersOf(scratch);
    assert.ok(pid);
    parent.kill('SIGKILL');
    await gone(pid);
    assert.deepEqual(await workersOf(scratch), []);
    await rm(folder, { recursive: true });
  });

  it('lets its parent end while it has nothing to do', () => {
    const script = `
      import { openLakeWorker } from ${JSON.stringify(path.resolve('extension/lake/worker-process.ts'))};
      const worker = openLakeWorker({ dataFolder: ${JSON.stringify(lake.folder)} });
      console.log((await worker.query({ sql: 'SELECT 1', units: [] })).rows);`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
  });

  it('knows nothing of its parent’s environment', async function () {
    if (!existsSync('/proc/self/environ')) return;
    process.env['ORGWATCH_TEST_SECRET'] = 'do not tell';
    try {
      await using fresh = await LakeFolder.make();
      await fresh.query('SELECT 1');
      const [pid] = await workersOf(fresh.scratch);
      const environment = await readFile(`/proc/${String(pid)}/environ`, 'utf8');
      assert.deepEqual(
        environment
          .split('\0')
          .filter(Boolean)
          .map((entry) => entry.split('=')[0])
          .filter(
            (name) =>
              !['TZ', 'LD_LIBRARY_PATH', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name ?? ''),
          ),
        [],
      );
    } finally {
      delete process.env['ORGWATCH_TEST_SECRET'];
    }
  });

  it('writes files for their owner only', async () => {
    const input = await lake.raw('"A","B"\n"1","2"\n"corrupt"\n');
    const result = await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [input]));
    const file = result.units[0]?.path ?? '';
    const { quarantine } = unfit(result);
    for (const [place, mode] of [
      [file, 0o600],
      [quarantine ?? '', 0o600],
      [path.dirname(file), 0o700],
      [lake.scratch, 0o700],
      [path.join(lake.scratch, (await readdir(lake.scratch))[0] ?? ''), 0o700],
    ] as const) {
      assert.equal((await stat(place)).mode & 0o777, mode, place);
    }
  });

  it('publishes and queries at the same time', async () => {
    const jobs = [];
    for (let day = 1; day <= 9; day++) {
      const input = await lake.raw(toCsv([['N'], [String(day)]]));
      jobs.push(lake.worker.publish(lake.eventLog('Login', `2026-11-0${String(day)}`, [input])));
      jobs.push(lake.query(`SELECT ${String(day)}`));
    }
    assert.equal((await Promise.all(jobs)).length, 18);
  });

  it('ends a publish when asked to, and leaves no half-written file', async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [String(index), 'x'.repeat(50)]);
    const job = lake.eventLog('Big', '2026-11-01', [await lake.raw(toCsv([['N', 'X'], ...rows]))]);
    const abort = new AbortController();
    const publish = lake.worker.publish(job, abort.signal);
    await delay(50);
    abort.abort();
    await assert.rejects(publish, { code: 'CANCELLED' });
    assert.deepEqual(await readdir(path.dirname(job.output)).catch(() => []), []);
  });

  it('says so when the folder for temporary files cannot be made', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-denied-'));
    const scratch = path.join(folder, 'scratch');
    await writeFile(scratch, 'in the way');
    await using worker = openLakeWorker({ dataFolder: folder, scratch });
    await assert.rejects(worker.query({ sql: 'SELECT 1', units: [] }), {
      code: 'DATA_FOLDER_DENIED',
      message: `The folder for temporary files, ${scratch}, cannot be written.`,
      actions: ['Set ORGWATCH_STATE_DIR to a folder that can be written.'],
    });
    await rm(folder, { recursive: true });
  });

  it('is found beside the source, and beside a bundle', () => {
    assert.equal(workerEntry(), path.resolve('extension/lake/worker-main.ts'));
    assert.equal(workerEntry('file:///x/dist/cli.js'), path.join('/x', 'dist', 'lake-worker.js'));
  });
});
