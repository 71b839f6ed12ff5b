import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import { explainedStatement } from '../../extension/lake/query-explain.ts';
import { neededViews } from '../../extension/lake/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { toCsv } from '../lake/csv.ts';
import { LakeFolder, published } from '../lake/lake-folder.ts';
import { FILES, NO_READS, PROCESS } from './query-statements.ts';

const SECRET = 'hunter2';

describe('the query gate, against statements that mean harm', () => {
  let lake: LakeFolder;
  let units: PublishedUnit[];

  before(async () => {
    lake = await LakeFolder.make();
    const input = await lake.raw(toCsv([['N'], ['1']]));
    units = published('event_log', 'Login', await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [input])));
    const at = (name: string): string => path.join(lake.folder, name);
    const { id } = await lake.worker.keep({ sql: `SELECT '${SECRET}' AS secret`, units: [] });
    await lake.worker.export({ id, format: 'parquet', output: at('secret.parquet') });
    await writeFile(at('secret.csv'), `secret\n${SECRET}\n`);
    await writeFile(at('secret.json'), `{"secret":"${SECRET}"}\n`);
    await writeFile(at('secret.json.zst'), zstdCompressSync(`{"secret":"${SECRET}"}\n`));
  });

  after(() => lake[Symbol.asyncDispose]());

  for (const [what, statements] of Object.entries({
    'a file that is not a view': FILES,
    'what tells of the process': PROCESS,
    'what is no read': NO_READS,
  })) {
    it(`refuses ${what}, in ${String(statements.length)} spellings`, async () => {
      for (const each of statements) {
        const sql = each.replaceAll('{folder}', lake.folder);
        await assert.rejects(
          lake.query(sql, units),
          (error) =>
            error instanceof OrgwatchError &&
            ['SQL_REJECTED', 'SQL_FAILED'].includes(error.code) &&
            !error.message.includes(SECRET),
          sql,
        );
      }
      assert.ok(!(await readdir(lake.folder)).includes('out.csv'));
      assert.deepEqual(lake.ends, [], 'all by one worker');
    });
  }

  it('still answers what only reads', async () => {
    for (const sql of [
      'FROM temp.event_log_login',
      'FROM temp.main.event_log_login',
      'FROM information_schema.tables',
      'FROM system.information_schema.columns',
      'FROM pg_catalog.pg_views',
      'SHOW ALL TABLES',
      'SHOW TABLES',
      'SHOW event_log_login',
      'DESCRIBE event_log_login',
      'DESC',
      'SELECT * FROM sqlite_master',
      'FROM duckdb_views()',
      'WITH "my own" AS (SELECT 1) FROM "my own"',
      'EXPLAIN (FORMAT json) FROM event_log_login',
      'EXPLAIN /* a /* b */ c */ ANALYZE FROM event_log_login',
      `SELECT '/etc/passwd.csv', 'SELECT getvariable(1)' FROM event_log_login`,
    ])
      assert.ok((await lake.query(sql, units)).rows.length > 0, sql);
  });

  it('refuses what is too long to be looked at, before it looks', async () => {
    const refused = (sql: string) => assert.rejects(lake.query(sql, units), { code: 'SQL_REJECTED' });
    await refused('/*'.repeat(20_000));
    await refused('SELECT 1'.padEnd(2_000_000));
    await refused(`SELECT ${'1,'.repeat(6_000)} 1`);
  });

  it('is not kept busy by spaces and comments', async () => {
    const spaces = ' '.repeat(1_000_000);
    assert.equal(explainedStatement('/*'.repeat(500_000)), undefined);
    assert.equal(explainedStatement(`${'/**/'.repeat(250_000)}EXPLAIN x`)?.statement, 'x');
    assert.equal(explainedStatement('-- a\n'.repeat(200_000)), undefined);
    assert.deepEqual(neededViews({ sql: `DESC${spaces}x`, units: [] }), []);
    await assert.rejects(lake.query(`FROM "${spaces}"`), { code: 'SQL_FAILED' });
    await assert.rejects(lake.query(`SELECT error(repeat(' ', 1000000) || 'x')`), { code: 'SQL_FAILED' });
  });
});
