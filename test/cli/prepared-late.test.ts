import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { SyncReport } from '../../extension/sync/report.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const SOURCES = 'login_history,user_snapshot,permission_set_assignment_snapshot,oauth_token_snapshot,setup_audit_trail';

/** What must be the same, whether an org was prepared before the first sync or after it. */
const SEEN = `SELECT
  (SELECT count(*) FROM login_history WHERE LoginTime < TIMESTAMP '{until}') AS sign_ins,
  (SELECT count(DISTINCT event_key) FROM login_history WHERE LoginTime < TIMESTAMP '{until}') AS keys,
  (SELECT count(LoginGeo_City) FROM login_history WHERE LoginTime < TIMESTAMP '{until}') AS located,
  (SELECT count(*) FROM setup_audit_trail WHERE CreatedDate < TIMESTAMP '{until}') AS setup_changes,
  (SELECT count(*) FROM users) AS users,
  (SELECT count(NumberOfFailedLogins) FROM user_snapshot WHERE event_date = (SELECT max(event_date) FROM user_snapshot)) AS failed_logins,
  (SELECT count(*) FROM oauth_tokens) AS tokens`;

describe('an org that was synced before it was prepared', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let org: SimulatedOrg;

  before(async () => {
    workbench = await openWorkbench();
    org = await startSimulatedOrg({ scenario: 'fresh', scale: 0.05 });
    const { instanceUrl, admin, service } = org;
    await workbench.sf.loginWithAccessToken({ alias: 'admin', instanceUrl, accessToken: admin.accessToken });
    await workbench.sf.loginWithAccessToken({ alias: 'collector', instanceUrl, accessToken: service.accessToken });
  });

  after(async () => {
    await org.close();
    await workbench[Symbol.asyncDispose]();
  });

  const sync = (...args: readonly string[]) =>
    workbench.orgwatch(['sync', '-o', 'collector', '--sources', SOURCES, ...args]);

  it('is told as incomplete, in each run, with what to do first', async () => {
    for (const run of ['first', 'second']) {
      const { exitCode, stdout } = await sync('--json');
      const report = JSON.parse(stdout) as SyncReport;
      assert.deepEqual([exitCode, report.outcome], [1, 'partial'], run);
      const limited = report.sources.filter(({ state }) => state === 'limited');
      assert.ok(limited.some(({ source }) => source === 'login_history'));
      for (const { reason, actions } of limited) assert.ok(reason && actions?.some((each) => each.includes('prepare')));
    }
    const { stdout } = await sync();
    const [told, done] = [stdout.indexOf('orgwatch prepare'), stdout.indexOf('login_history ')];
    assert.ok(told > 0 && told < done, stdout);
    assert.match(stdout, /Incomplete: /);
    assert.equal((await workbench.orgwatch(['status'])).exitCode, 1);
  });

  it('has everything after Prepare and one more sync, and nothing twice', async () => {
    const prepared = await workbench.orgwatch(['prepare', '-o', 'admin', '--service-account', org.username, '--yes']);
    assert.equal(prepared.exitCode, 0, prepared.stdout + prepared.stderr);
    const until = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const late = JSON.parse((await sync('--json')).stdout) as SyncReport;
    assert.equal(late.outcome, 'done', JSON.stringify(late.sources));
    const early = await sync('--json', '--data-dir', 'prepared-early');
    assert.equal((JSON.parse(early.stdout) as SyncReport).outcome, 'done');

    const seen = async (...args: readonly string[]): Promise<Record<string, number>> => {
      const sql = SEEN.replaceAll('{until}', until);
      const { stdout } = await workbench.orgwatch(['query', sql, '--json', ...args]);
      return (JSON.parse(stdout) as { rows: Record<string, number>[] }).rows[0] ?? {};
    };
    const expected = await seen('--data-dir', 'prepared-early');
    assert.deepEqual(await seen(), expected);
    assert.ok((expected['located'] ?? 0) > 100 && (expected['users'] ?? 0) > 1, JSON.stringify(expected));
    assert.equal(expected['keys'], expected['sign_ins']);
    // What was seen to be there is not pulled a third time.
    const again = JSON.parse((await sync('--json')).stdout) as SyncReport;
    assert.equal(again.outcome, 'done');
    // Snapshots that are named are taken each time.
    for (const { source, requests } of again.sources) assert.equal(requests, 1, source);
    assert.equal((await workbench.orgwatch(['check'])).exitCode, 0);
  });
});
