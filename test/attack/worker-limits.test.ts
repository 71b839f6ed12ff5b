import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { toCsv } from '../lake/csv.ts';
import { LakeFolder, published } from '../lake/lake-folder.ts';

/** DuckDB's parser does not look up from it for minutes. */
const DEAF = `SELECT 1${' AND 1'.repeat(100_000)}`;
/** Takes 16 GB if it is let. */
const GREEDY = 'SELECT len(range(2000000000))';

describe('the lake worker, against queries that take all there is', () => {
  let lake: LakeFolder;

  beforeEach(async () => {
    lake = await LakeFolder.make();
  });

  afterEach(() => lake[Symbol.asyncDispose]());

  const why = (): readonly string[] => lake.ends.map((end) => end.why);

  it('ends a query that takes more memory than the worker may, and says how much', async () => {
    await assert.rejects(lake.query(GREEDY), (error) => {
      assert.ok(error instanceof OrgwatchError);
      assert.equal(error.code, 'SQL_FAILED');
      assert.match(
        error.message,
        /^The lake worker took 1,\d{3} MB of memory, more than the 1,152 MB that it may take/,
      );
      assert.match(error.actions.join(), /orgwatch\.worker\.memory/);
      return true;
    });
    assert.deepEqual(why(), ['memory']);
    assert.deepEqual((await lake.query('SELECT 2')).rows, [[2]]);
  });

  it('ends a query that goes on after it was cancelled; what runs beside it is done all the same', async () => {
    const job = lake.eventLog('Login', '2026-11-01', [await lake.raw(toCsv([['N'], ['1'], ['2']]))]);
    const kept = await lake.worker.keep({ sql: 'SELECT 1', units: [] });
    const abort = new AbortController();
    const deaf = lake.worker.query({ sql: DEAF, units: [] }, abort.signal);
    // By the time that all of these are answered the first is past the place where it still hears.
    for (let n = 0; n < 50; n++) await lake.query('SELECT 1');
    const beside = lake.query('SELECT count(*) FROM range(10000) a, range(20000) b WHERE (a.range * b.range) % 7 = 3');
    abort.abort();
    await assert.rejects(deaf, {
      code: 'CANCELLED',
      message: 'Cancelled. The query did not stop within 2 seconds, so the lake worker was ended.',
    });
    const [, { units }] = await Promise.all([beside, lake.worker.publish(job)]);
    assert.equal(units[0]?.rows, 2);
    assert.deepEqual(why(), ['not-cancelled']);
    await assert.rejects(lake.worker.page({ id: kept.id, offset: 0, limit: 1 }), {
      code: 'LAKE_WORKER_FAILED',
      actions: ['Run the query again.'],
    });
  });

  it('finds the query that crashes the worker among others, which are answered', async () => {
    const crash = lake.query(`SELECT json_structure(repeat('[', 100000) || repeat(']', 100000))`);
    const others = [1, 2, 3].map((n) =>
      lake.query(
        `SELECT ${String(n)} FROM range(3000) a, range(3000) b WHERE (a.range * b.range) % 7 = 9 UNION ALL SELECT 1`,
      ),
    );
    await assert.rejects(crash, { code: 'LAKE_WORKER_FAILED', retryable: true });
    for (const { rowCount } of await Promise.all(others)) assert.equal(rowCount, 1);
  });

  it('cuts long cells and says how long they are; an export has them whole', async () => {
    const sql = `SELECT repeat('x', 3000000) AS x, repeat('y', 3000000)::BLOB AS y, range(300000) AS list`;
    const { rows } = await lake.query(sql);
    const [text, blob, list] = (rows[0] ?? []) as [string, string, string];
    assert.equal(text, `${'x'.repeat(1 << 20)}… (3,000,000 characters; an export has all of them)`);
    assert.match(blob, /^eXl5.*… \(4,000,000 characters; an export has all of them\)$/);
    assert.equal(list, '… (a value of more than 1,048,576 characters; an export has all of it)');
    const { id } = await lake.worker.keep({ sql: `SELECT repeat('x', 3000000) AS x`, units: [] });
    const output = path.join(lake.folder, 'x.csv');
    assert.equal((await lake.worker.export({ id, format: 'csv', output })).bytes, 3_000_003);
  });

  it('refuses an answer that is too much for one message, and cuts the cells of such a page', async () => {
    await assert.rejects(lake.query(`SELECT repeat('x', 1000000) FROM range(80)`), {
      code: 'SQL_FAILED',
      message: 'The answer is larger than 64 MB.',
    });
    const { id } = await lake.worker.keep({ sql: `SELECT repeat('x', 100000) AS x FROM range(690)`, units: [] });
    const { rows } = await lake.worker.page({ id, offset: 0, limit: 690 });
    assert.equal(rows.length, 690);
    assert.match(String(rows[689]?.[0]), /^x{40000,}… \(100,000 characters; an export has all of them\)$/);
    assert.equal(String((await lake.worker.page({ id, offset: 0, limit: 1 })).rows[0]?.[0]).length, 100_000);
    assert.deepEqual(lake.ends, []);
  });
});

describe('what a worker leaves on the disk', () => {
  let folder: string;
  let scratch: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-scratch-'));
    scratch = path.join(folder, 'state', 'scratch');
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('lies outside the lake; folders of dead workers go, and nothing else does', async () => {
    const dead = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim();
    const namespace = await namespaceOf();
    const elsewhere = path.join(folder, 'elsewhere');
    const old = new Date(Date.now() - 25 * 60 * 60_000);
    const make = async (name: string, isOld = false): Promise<string> => {
      await mkdir(path.join(scratch, name), { recursive: true });
      await writeFile(path.join(scratch, name, 'file'), 'x');
      await symlink(elsewhere, path.join(scratch, name, 'link'));
      if (isOld) await utimes(path.join(scratch, name), old, old);
      return name;
    };
    await mkdir(elsewhere);
    await writeFile(path.join(elsewhere, 'precious'), 'x');
    const token = '0123456789abcdef';
    const gone = [await make(`worker-${dead}-${namespace}-${token}`), await make(`worker-1-99-${token}`, true)];
    const stay = [
      await make(`worker-${String(process.pid)}-${namespace}-${token}`, true),
      await make(`worker-${dead}-98-${token}`),
      await make(`worker-${dead}`),
      await make(`worker-${dead}-${namespace}-${token}x`),
      await make('mine'),
    ];
    const link = `worker-${dead}-${namespace}-fedcba9876543210`;
    await symlink(elsewhere, path.join(scratch, link));
    const lake = path.join(folder, 'lake');
    await mkdir(path.join(lake, 'tmp'), { recursive: true });
    await writeFile(path.join(lake, 'tmp', 'precious'), 'x');
    {
      await using worker = openLakeWorker({ dataFolder: lake, scratch });
      await worker.query({ sql: 'SELECT 1', units: [] });
      const names = await readdir(scratch);
      for (const name of gone) assert.ok(!names.includes(name), name);
      assert.equal(names.length, stay.length + 2);
    }
    assert.deepEqual((await readdir(scratch)).sort(), [...stay, link].sort());
    assert.deepEqual(await readdir(elsewhere), ['precious']);
    assert.deepEqual(await readdir(lake, { recursive: true }), ['tmp', path.join('tmp', 'precious')]);
  });

  it('is nothing where the worker is killed', async () => {
    const own = path.join(folder, 'killed');
    await using worker = openLakeWorker({ dataFolder: folder, scratch: own });
    await worker.query({ sql: 'SELECT 1', units: [] });
    const [name = ''] = await readdir(own);
    const failed = assert.rejects(worker.query({ sql: DEAF, units: [] }), { code: 'LAKE_WORKER_FAILED' });
    process.kill(Number(name.split('-')[1]), 'SIGKILL');
    await failed;
    assert.deepEqual(await readdir(own), []);
  });

  it('is nothing in the lake: one that cannot be written is queried', async () => {
    await using lake = await LakeFolder.make();
    const units = published(
      'event_log',
      'Login',
      await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [await lake.raw(toCsv([['N'], ['7']]))])),
    );
    await lake.worker.close();
    const before = await readdir(lake.folder, { recursive: true });
    assert.deepEqual((await lake.query('SELECT N FROM event_log_login', units)).rows, [['7']]);
    assert.deepEqual(await readdir(lake.folder, { recursive: true }), before);
  });
});

describe('orgwatch query, ended while a query runs away', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`leaves no process and no file behind after ${signal}`, async () => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-ended-'));
      openLedger(folder, '00D000000000001AAA')[Symbol.dispose]();
      const scratch = path.join(folder, 'state', 'scratch');
      const main = path.resolve('extension/cli/main.ts');
      const args = ['--disable-warning=ExperimentalWarning', main, 'query', '--data-dir', folder, '--file', '-'];
      const env = { ...process.env, HOME: folder, ORGWATCH_STATE_DIR: path.join(folder, 'state') };
      const cli = spawn(process.execPath, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
      let said = '';
      cli.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
      cli.stdin.end(DEAF);
      let names: readonly string[] = [];
      while (names.length === 0) {
        await delay(20);
        names = await readdir(scratch).catch(() => []);
      }
      // Until the worker is at the statement it still hears.
      while (!existsSync(path.join(scratch, names[0] ?? '', 'kept'))) await delay(20);
      cli.kill(signal);
      await once(cli, 'exit');
      assert.match(said, /Cancelled\./);
      assert.throws(() => process.kill(Number(names[0]?.split('-')[1]), 0), { code: 'ESRCH' });
      assert.deepEqual(await readdir(scratch), []);
      await rm(folder, { recursive: true, force: true });
    });
});

async function namespaceOf(): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-namespace-'));
  await using worker = openLakeWorker({ dataFolder: root, scratch: path.join(root, 'scratch') });
  await worker.query({ sql: 'SELECT 1', units: [] });
  const [name = ''] = await readdir(path.join(root, 'scratch'));
  await worker.close();
  await rm(root, { recursive: true, force: true });
  return name.split('-')[2] ?? '';
}
