import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import type { PublishedUnit, QueryRequest } from '../../extension/lake/worker.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, objects, published } from './lake-folder.ts';

describe('querying the lake', () => {
  let lake: LakeFolder;
  let outside: string;
  let units: PublishedUnit[];

  before(async () => {
    lake = await LakeFolder.make();
    outside = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-outside-'));
    await writeFile(path.join(outside, 'secret.csv'), 'secret\n1\n');
    const input = await lake.raw(
      toCsv([['TIMESTAMP', 'N'], ...[1, 2, 3, 4, 5].map((n) => [`2026110100000${String(n)}.000`, String(n)])]),
    );
    units = published('event_log', 'Login', await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [input])));
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
    await rm(outside, { recursive: true, force: true });
  });

  const refused = (sql: string, code = 'SQL_REJECTED') =>
    assert.rejects(
      lake.query(sql, units),
      (error) => error instanceof OrgwatchError && error.code === code,
      `${sql}: not ${code}`,
    );
  const ask = (request: Omit<QueryRequest, 'units'>) => lake.worker.query({ units, ...request });

  it('answers what reads', async () => {
    for (const sql of [
      'SELECT count(*) FROM event_log_login',
      'FROM event_log',
      'WITH a AS (SELECT N FROM event_log_login) SELECT * FROM a',
      'VALUES (1)',
      'DESCRIBE event_log',
      'SUMMARIZE event_log_login',
      'SHOW TABLES',
      'TABLE event_log_login',
      'EXPLAIN SELECT * FROM event_log',
      '/* why */ EXPLAIN ANALYZE SELECT count(*) FROM event_log',
      'PIVOT event_log_login ON N IN (1, 2) USING count(*)',
      'SELECT * FROM range(3), unnest([1, 2]), generate_series(1, 2)',
      'SELECT table_name FROM information_schema.tables',
      'SELECT 1; -- no more',
    ]) {
      assert.ok((await lake.query(sql, units)).rows.length > 0, sql);
    }
  });

  it('refuses what writes, sets, attaches or installs', async () => {
    for (const sql of [
      `CREATE TABLE t AS SELECT 1`,
      `COPY event_log TO '${outside}/copy.csv'`,
      `COPY (SELECT 1) TO '${lake.folder}/lake/copy.parquet'`,
      `EXPLAIN ANALYZE COPY (SELECT 1) TO '${lake.folder}/lake/copy.parquet'`,
      `explain (analyze) copy (select 1) to '${lake.folder}/lake/copy.parquet'`,
      `ATTACH '${outside}/new.db'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET memory_limit = 1',
      'PRAGMA database_list',
      'CALL duckdb_settings()',
      'DROP VIEW event_log',
      "EXPORT DATABASE '/tmp/x'",
      'BEGIN',
      'SELECT 1; SELECT 2',
      'SELECT 1; DROP VIEW event_log',
      '',
      '-- nothing',
    ]) {
      await refused(sql);
    }
  });

  it('refuses every way to a file that is not a view', async () => {
    const secret = `${outside}/secret.csv`;
    for (const sql of [
      `SELECT * FROM read_csv('${secret}')`,
      `SELECT * FROM read_text('/etc/passwd')`,
      `SELECT * FROM READ_BLOB('/etc/passwd')`,
      `SELECT * FROM glob('/etc/*')`,
      `SELECT * FROM '${secret}'`,
      `SELECT * FROM "/etc/passwd"`,
      `SELECT (SELECT content FROM read_text('/etc/passwd'))`,
      `SELECT * FROM event_log_login, LATERAL (FROM sniff_csv('${secret}'))`,
      `WITH a AS MATERIALIZED (SELECT * FROM read_json('/etc/passwd')) FROM a`,
      `FROM query('SELECT 1')`,
      `FROM query_table('event_log')`,
      `SELECT * FROM enable_logging(storage := 'file', storage_config := {'path': '${outside}/log'})`,
      `SELECT * FROM read_parquet('https://example.com/x.parquet')`,
      `DESCRIBE SELECT * FROM read_csv('${secret}')`,
      `SUMMARIZE '${secret}'`,
      `SELECT * FROM arrow_scan(1, 2, 3)`,
      `SELECT * FROM 'ledger.sqlite'`,
    ]) {
      await refused(sql);
    }
    await refused(`SELECT getenv('HOME')`);
  });

  it('says what is wrong with a statement, in one line', async () => {
    await assert.rejects(lake.query('SELEC 1', units), { code: 'SQL_FAILED', message: /^[^\n]*SELEC[^\n]*$/ });
    await assert.rejects(lake.query('SELECT nope FROM event_log', units), {
      code: 'SQL_FAILED',
      message: /^[^\n]*"nope"[^\n]*$/,
    });
    await assert.rejects(lake.query('SELECT * FROM nowhere', units), { code: 'SQL_FAILED', message: /nowhere/ });
    await assert.rejects(lake.query(`SELECT error('so it goes')`, units), { code: 'SQL_FAILED' });
  });

  it('pages through an answer', async () => {
    const sql = 'SELECT N FROM event_log_login ORDER BY N';
    const page = async (limit: number, offset: number) => {
      const { rows, rowCount, truncated } = await ask({ sql, limit, offset });
      assert.equal(rowCount, rows.length);
      return [rows.flat().join(''), truncated];
    };
    assert.deepEqual(await page(2, 0), ['12', true]);
    assert.deepEqual(await page(2, 2), ['34', true]);
    assert.deepEqual(await page(2, 4), ['5', false]);
    assert.deepEqual(await page(5, 0), ['12345', false]);
    assert.deepEqual(await page(0, 0), ['', true]);
    assert.deepEqual(await page(9, 9), ['', false]);
    const far = await ask({ sql: 'FROM range(1000000)', limit: 2, offset: 500_000 });
    assert.deepEqual([far.rows, far.truncated], [[[500_000], [500_001]], true]);
  });

  it('answers values that JSON can carry', async () => {
    const { columns, rows } = await lake.query(`SELECT
      1 AS i, 9007199254740993 AS big, 1.5::DOUBLE AS d, 'NaN'::DOUBLE AS nan, sum(2) AS total, 1.25::DECIMAL(9, 2) AS dec,
      true AS b, NULL AS n, 'x' AS s, TIMESTAMP '2026-11-24 05:30:00.123456' AS ts, TIMESTAMP '1969-12-31 23:59:59.5' AS old,
      TIMESTAMPTZ '2026-11-24 05:30:00+02' AS tz, DATE '2026-11-24' AS date, [1, NULL] AS list,
      {'a': DATE '2026-01-01'} AS struct, MAP {'k': 1} AS map, 'ab'::BLOB AS blob, INTERVAL 1 DAY AS span,
      '00000000-0000-0000-0000-000000000001'::UUID AS uuid`);
    assert.deepEqual(Object.fromEntries(columns.map(({ name }, index) => [name, rows[0]?.[index]])), {
      i: 1,
      big: '9007199254740993',
      d: 1.5,
      nan: 'NaN',
      total: 2,
      dec: 1.25,
      b: true,
      n: null,
      s: 'x',
      ts: '2026-11-24T05:30:00.123456Z',
      old: '1969-12-31T23:59:59.500Z',
      tz: '2026-11-24T03:30:00.000Z',
      date: '2026-11-24',
      list: [1, null],
      struct: { a: '2026-01-01' },
      map: { k: 1 },
      blob: 'YWI=',
      span: '1 day',
      uuid: '00000000-0000-0000-0000-000000000001',
    });
    assert.deepEqual(columns.slice(0, 2), [
      { name: 'i', type: 'INTEGER' },
      { name: 'big', type: 'BIGINT' },
    ]);
  });

  it('stops a runaway query when asked to, and goes on answering', async () => {
    const abort = new AbortController();
    const endless = lake.worker.query(
      { sql: 'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE (a.range * b.range) % 7 = 3', units },
      abort.signal,
    );
    assert.deepEqual((await lake.query('SELECT 1', units)).rows, [[1]]);
    abort.abort();
    await assert.rejects(endless, { name: 'OrgwatchError', code: 'CANCELLED' });
    await assert.rejects(
      ask({ sql: 'SELECT 1' }).then(() => lake.worker.query({ sql: 'SELECT 1', units }, abort.signal)),
      {
        code: 'CANCELLED',
      },
    );
    assert.deepEqual((await lake.query('SELECT 2', units)).rows, [[2]]);
  });

  it('fails a query that needs more memory than there is, and goes on answering', async () => {
    await assert.rejects(lake.query(`SELECT list(range || repeat('x', 1000)) FROM range(5000000)`, units), {
      code: 'SQL_FAILED',
      message: /memory/i,
    });
    assert.deepEqual(objects(await lake.query('SELECT count(*) AS n FROM event_log', units)), [{ n: 5 }]);
  });
});
