import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { toCsv } from '../../extension/lake/csv.ts';
import type { ExportFormat, KeptResult } from '../../extension/lake/worker.ts';
import { LakeFolder } from './lake-folder.ts';

describe('a result that is kept', () => {
  let lake: LakeFolder;
  let elsewhere: string;

  before(async () => {
    lake = await LakeFolder.make();
    elsewhere = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-export-'));
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
    await rm(elsewhere, { recursive: true, force: true });
  });

  const keep = (sql: string, limit?: number): Promise<KeptResult> =>
    lake.worker.keep({ sql, units: [], ...(limit === undefined ? {} : { limit }) });

  const saved = async ({ id }: KeptResult, format: ExportFormat): Promise<string> => {
    const output = path.join(elsewhere, `result.${format}`);
    const { rows, bytes } = await lake.worker.export({ id, format, output });
    assert.equal(bytes, (await stat(output)).size);
    assert.ok(rows > 0);
    return output;
  };

  it('is read in pages, in its order, from the first row of a million to the last', async () => {
    const { id, rowCount, columns } = await keep('SELECT 999999 - range AS n FROM range(1000000) ORDER BY n');
    assert.equal(rowCount, 1_000_000);
    assert.deepEqual(columns, [{ name: 'n', type: 'BIGINT' }]);
    assert.deepEqual((await lake.worker.page({ id, offset: 0, limit: 2 })).rows, [[0], [1]]);
    assert.deepEqual((await lake.worker.page({ id, offset: 999_998, limit: 100 })).rows, [[999_998], [999_999]]);
    await lake.worker.drop(id);
    await assert.rejects(lake.worker.page({ id, offset: 0, limit: 1 }), {
      code: 'LAKE_WORKER_FAILED',
      actions: ['Run the query again.'],
    });
  });

  it('answers pages, and an export, that are asked for at once, each with all of its rows', async () => {
    const kept = await keep('SELECT range AS n FROM range(300000) ORDER BY n');
    const offsets = Array.from({ length: 40 }, (_, index) => index * 7_000);
    const [file, ...pages] = await Promise.all([
      saved(kept, 'csv'),
      ...offsets.map(async (offset) => await lake.worker.page({ id: kept.id, offset, limit: 5_000 })),
    ]);
    for (const [index, { rows }] of pages.entries()) {
      const offset = offsets[index] ?? NaN;
      assert.deepEqual([rows.length, rows[0], rows.at(-1)], [5_000, [offset], [offset + 4_999]]);
    }
    assert.equal((await readFile(file, 'utf8')).trimEnd().split(/\r?\n/).length, 300_001);
    await lake.worker.drop(kept.id);
  });

  it('has every kind of value and statement that a query has, names that come twice too', async () => {
    const { id, columns } = await keep(
      `SELECT 1 AS n, 2 AS n, NULL AS nothing, [1, NULL] AS list, {'a b': 'x'} AS struct, 1.5::DECIMAL(4, 2) AS decimal,
         TIMESTAMP '2026-11-24 01:02:03' AS at; -- the end`,
    );
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['n', 'n', 'nothing', 'list', 'struct', 'decimal', 'at'],
    );
    const { rows } = await lake.worker.page({ id, offset: 0, limit: 10 });
    assert.deepEqual(rows, [[1, 2, null, [1, null], { 'a b': 'x' }, 1.5, '2026-11-24T01:02:03.000Z']]);
    for (const sql of ['DESCRIBE SELECT 1', 'EXPLAIN SELECT 1', 'FROM range(1)', 'VALUES (1)'])
      assert.equal((await keep(sql)).rowCount, 1, sql);
  });

  it('ends at the limit, and says that there is more', async () => {
    const result = await keep('FROM range(5000)', 3000);
    assert.equal(result.rowCount, 3000);
    assert.equal(result.truncated, true);
    assert.deepEqual((await lake.worker.page({ id: result.id, offset: 2999, limit: 10 })).rows, [[2999]]);
    assert.equal((await keep('FROM range(3000)', 3000)).truncated, false);
  });

  it('lets nothing but reads through, and a runaway be cancelled', async () => {
    await assert.rejects(keep('CREATE TABLE x (a INTEGER)'), { code: 'SQL_REJECTED' });
    await assert.rejects(keep('SELECT * FROM kept'), { code: 'SQL_FAILED' });
    const abort = new AbortController();
    const runaway = lake.worker.keep({ sql: 'FROM range(1000000000000)', units: [] }, abort.signal);
    await lake.query('SELECT 1');
    abort.abort();
    await assert.rejects(runaway, { code: 'CANCELLED' });
    assert.equal((await keep('SELECT 1')).rowCount, 1);
  });

  it('becomes CSV with formulas defused, as a query printed as CSV has them', async () => {
    const sql = `SELECT * FROM (VALUES ('=1+1', -1, NULL, TIMESTAMP '2026-11-24 01:02:03.5', ['-x']), ('+2', 2, 'a "b", c', NULL, ['y']),
      ('-3', 3, '', NULL, NULL), ('@4', 4, 'plain', NULL, NULL), (chr(9) || '5', 5, chr(13), NULL, NULL)) AS t("=name", n, words, moment, list)`;
    const csv = await readFile(await saved(await keep(sql), 'csv'), 'utf8');
    // DuckDB ends lines with LF, and quotes empty text to tell it from NULL and text with quotes in it only when it must.
    const printed = toCsv(await lake.query(sql)).replaceAll('\r\n', '\n');
    assert.equal(csv.replace(',"",', ',,'), printed);
    for (const cell of ["'=1+1", "'+2", "'-3", "'@4", "'\t5", "'\r", "'=name"]) assert.ok(csv.includes(cell), cell);
  });

  it('becomes JSON and Parquet with the same values', async () => {
    const result = await keep(
      `SELECT 'x' AS n, sum(range) AS n, TIMESTAMP '2026-11-24 01:02:03' AS at, NULL AS nothing FROM range(3)`,
    );
    const json = JSON.parse(await readFile(await saved(result, 'json'), 'utf8')) as unknown;
    assert.deepEqual(json, [{ n: 'x', n_2: 3, at: '2026-11-24T01:02:03.000Z', nothing: null }]);
    const parquet = await readFile(await saved(result, 'parquet'));
    assert.equal(parquet.subarray(0, 4).toString(), 'PAR1');
    assert.equal(parquet.subarray(-4).toString(), 'PAR1');
  });

  it('leaves only the file that was asked for, readable by its owner', async () => {
    const result = await keep('SELECT 1 AS one');
    const output = await saved(result, 'csv');
    assert.deepEqual(
      (await readdir(elsewhere)).filter((name) => name.includes('tmp')),
      [],
    );
    if (process.platform !== 'win32') assert.equal((await stat(output)).mode & 0o777, 0o600);
    await assert.rejects(
      lake.worker.export({ id: result.id, format: 'csv', output: path.join(elsewhere, 'missing/result.csv') }),
      /ENOENT|no such/i,
    );
  });
});
