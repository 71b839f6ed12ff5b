import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { SyncReport } from '../../extension/sync/report.ts';
import type { OrgStatus } from '../../extension/sync/status-report.ts';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const some = ['--sources', 'login_history,setup_audit_trail'];

describe('orgwatch sync, status and query', function () {
  // Each step starts processes; on a busy machine that takes its time.
  this.timeout(180_000);
  let workbench: Workbench;
  let org: SimulatedOrg;

  const json = async <T>(args: readonly string[], exitCode = 0): Promise<T> => {
    const result = await workbench.orgwatch([...args, '--json']);
    assert.equal(result.stderr, '');
    assert.equal(result.exitCode, exitCode, result.stdout);
    return JSON.parse(result.stdout) as T;
  };

  before(async () => {
    workbench = await openWorkbench();
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.1 });
    const { instanceUrl, accessToken } = org;
    await workbench.sf.loginWithAccessToken({ alias: 'sim', instanceUrl, accessToken });
  });

  after(async () => {
    await org.close();
    await workbench[Symbol.asyncDispose]();
  });

  it('ends with what it has when it is interrupted', async () => {
    await control(org, 'POST /faults', { kind: 'latency', milliseconds: 60_000 });
    const { exitCode, stdout } = await workbench.orgwatch(['sync', '-o', 'sim', ...some, '--json'], {
      signal: 'SIGINT',
      signalAfterMs: 8000,
    });
    await control(org, 'DELETE /faults');
    assert.equal((JSON.parse(stdout) as SyncReport).outcome, 'cancelled');
    assert.equal(exitCode, 1);
  });

  it('pauses before the reserve is touched, says until when, and ends with 1', async () => {
    await control(org, 'POST /usage', { used: 112_500 });
    const report = await json<SyncReport>(['sync', '-o', 'sim', ...some], 1);
    assert.equal(report.outcome, 'paused');
    assert.match(report.resumesAt ?? '', /^\d{4}-\d\d-\d\dT/);
    await control(org, 'POST /usage', { used: 0 });
    // The org was asked once, to know; nothing more is asked until the pause is over, unless the reserve is smaller.
    const { outcome } = await json<SyncReport>(['sync', '-o', 'sim', ...some, '--reserve', '1'], 0);
    assert.equal(outcome, 'done');
  });

  it('tells what came, and the second time that nothing did', async () => {
    const { sources, quota, dataDir } = await json<SyncReport>(['sync', '-o', 'sim', ...some]);
    assert.deepEqual(
      sources.map(({ source, state, rows }) => ({ source, state, rows })),
      ['login_history', 'setup_audit_trail'].map((source) => ({ source, state: 'done', rows: 0 })),
    );
    assert.equal(quota.max, 125_000);
    assert.equal(dataDir, path.join(workbench.folder, '.orgwatch', org.orgId));
    const { stdout } = await workbench.orgwatch(['sync', '-o', 'sim', ...some]);
    assert.match(stdout, /login_history +done +0 /);
    assert.match(stdout, /Done: 0 new rows with 2 calls\./);
  });

  it('status says what the lake holds; a source that was never synced ends it with 1', async () => {
    const { orgs } = await json<{ orgs: OrgStatus[] }>(['status'], 1);
    assert.deepEqual(
      orgs.map(({ orgId }) => orgId),
      [org.orgId],
    );
    const logins = orgs[0]?.sources.find(({ source }) => source === 'login_history');
    assert.equal(logins?.state, 'done');
    assert.ok((logins?.rows ?? 0) > 0);
    const { stdout } = await workbench.orgwatch(['status', '-o', org.username]);
    assert.match(stdout, /event_log +not synced +never/);
  });

  it('tells what is put aside, by sync and by status, and what is not fetched yet is not said to be on disk', async () => {
    const where = ['--data-dir', path.join(workbench.folder, 'aside')];
    const types = ['--sources', 'event_log', '--event-types', 'Login,Logout,ApiTotalUsage', '--concurrency', '1'];
    const body = '[{"message":"no","errorCode":"INSUFFICIENT_ACCESS"}]';
    await control(org, 'POST /faults', { kind: 'answer', path: 'LogFile$', status: 403, body, count: 1 });
    const synced = await workbench.orgwatch(['sync', '-o', 'sim', ...where, ...types]);
    await control(org, 'DELETE /faults');
    assert.equal(synced.exitCode, 1);
    assert.match(synced.stdout, /event_log +partial/);
    assert.match(synced.stdout, /event_log: Put aside, as it keeps failing, and tried again later: 1 file\./);
    assert.match(synced.stdout, /Incomplete: /);
    const { stdout, exitCode } = await workbench.orgwatch(['status', ...where]);
    assert.equal(exitCode, 1);
    assert.match(stdout, /since \d{4}-\d\d-\d\d \d\d:\d\d UTC, 1 try, the next after/);
    assert.doesNotMatch(stdout, /landed but not yet in the lake/);
  });

  it('query answers SQL from the argument, a file, stdin, or its own', async () => {
    const sql = 'SELECT count(*) AS n FROM login_history';
    interface Counted {
      readonly rows: readonly { readonly n: number }[];
    }
    const expected = (await json<Counted>(['query', sql])).rows[0]?.n;
    assert.ok(expected !== undefined && expected > 0);
    const file = path.join(workbench.folder, 'count.sql');
    await writeFile(file, sql);
    assert.equal((await json<Counted>(['query', '--file', file])).rows[0]?.n, expected);
    const piped = await workbench.orgwatch(['query', '--format', 'csv'], { stdin: sql });
    assert.equal(piped.stdout, `n\r\n${expected}\r\n`);
    const { stdout } = await workbench.orgwatch(['query', '--name', 'failed-sign-ins-by-source', '--limit', '2']);
    assert.match(stdout, /rows?[.;]/);
    assert.match((await workbench.orgwatch(['query', '--list'])).stdout, /^password-spray {2}/m);
  });

  it('query writes all rows to a file, as its name ends or --format says', async () => {
    const write = async (...args: string[]): Promise<string> =>
      (await workbench.orgwatch(['query', 'SELECT range AS n FROM range(1500)', ...args])).stdout;
    assert.match(await write('--output', 'all.csv'), /1,500 rows in .*all\.csv/);
    assert.equal((await readFile(path.join(workbench.folder, 'all.csv'), 'utf8')).split('\n').length, 1502);
    await write('--output', 'all', '--format', 'json', '--limit', '2');
    assert.deepEqual(JSON.parse(await readFile(path.join(workbench.folder, 'all'), 'utf8')), [{ n: 0 }, { n: 1 }]);
    await write('--output', 'all.parquet');
    assert.equal((await readFile(path.join(workbench.folder, 'all.parquet'))).subarray(0, 4).toString(), 'PAR1');
    const { error } = await json<{ error: { code: string } }>(['query', 'SELECT 1', '--format', 'parquet'], 2);
    assert.equal(error.code, 'USAGE');
  });

  const rejected: readonly [sql: string, code: string][] = [
    ['SELEC 1', 'SQL_'],
    ['SELECT nothing FROM login_history', 'SQL_FAILED'],
    ["COPY (SELECT 1) TO 'out.csv'", 'SQL_REJECTED'],
    ["SELECT * FROM read_text('/etc/passwd')", 'SQL_'],
  ];
  for (const [sql, code] of rejected)
    it(`query refuses ${sql}`, async () => {
      const { error } = await json<{ error: { code: string; actions: string[] } }>(['query', sql], 2);
      assert.ok(error.code.startsWith(code), error.code);
      assert.ok(error.actions.length > 0);
    });
});
