import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { TrafficReport } from '../simulated-org/accounting/traffic.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openSf, type Sf } from '../support/sf.ts';
import { ask, query, V, type QueryAnswer } from './ask.ts';
import { control } from '../support/control.ts';

const root = path.join(import.meta.dirname, '../..');

/** Each command starts a Node of its own and takes seconds: what does not depend on each other runs side by side. */
describe('simulated org: sf, unmodified', () => {
  let org: SimulatedOrg;
  let home: string;
  let sf: Sf;

  before(async function () {
    this.timeout(180_000);
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.4 });
    home = await mkdtemp(path.join(tmpdir(), 'orgwatch-sf-'));
    sf = await openSf({ home });
    const { instanceUrl, accessToken, admin } = org;
    const app = await control<{ clientId: string; privateKey: string }>(org, 'GET /connected-app');
    await sf.loginWithAccessToken({ alias: 'connector', instanceUrl, accessToken });
    await sf.loginWithJwt({ alias: 'admin', instanceUrl, username: admin.username, ...app });
  });

  after(async () => {
    await org.close();
    await rm(home, { recursive: true, force: true });
  });

  it('logs in with an access token and by JWT, in the order of requests that it is known for', async () => {
    const { latest } = await control<TrafficReport>(org, 'GET /requests');
    assert.deepEqual(
      latest.map(({ method, kind, status }) => `${method} ${kind} ${status}`),
      [
        'GET userinfo 200',
        'GET retrieve 200',
        'GET query 400',
        'GET version-list 200',
        'GET query 200',
        'POST oauth-token 200',
        'GET query 400',
        'GET version-list 200',
        'GET query 200',
      ],
    );
  });

  it('displays and lists the orgs as connected', async function () {
    this.timeout(120_000);
    type Listed = { nonScratchOrgs: { alias: string; orgId: string; connectedStatus: string }[] };
    const [shown, listed] = await Promise.all([
      sf.json<{ id: string; username: string; connectedStatus: string }>(['org', 'display', '-o', 'connector']),
      sf.json<Listed>(['org', 'list']),
    ]);
    assert.deepEqual([shown.id, shown.username, shown.connectedStatus], [org.orgId, org.username, 'Connected']);
    const orgs = listed.nonScratchOrgs.map(({ alias, orgId, connectedStatus }) => [alias, orgId, connectedStatus]);
    assert.deepEqual(orgs.sort(), [
      ['admin', org.orgId, 'Connected'],
      ['connector', org.orgId, 'Connected'],
    ]);
  });

  it('queries over many pages, shows a table, and lists limits', async function () {
    this.timeout(120_000);
    const { totalSize } = await query(org, 'SELECT count() FROM LoginHistory');
    const select = 'SELECT Id, User.Name, LoginTime FROM LoginHistory';
    const [all, table, limits] = await Promise.all([
      sf.json<QueryAnswer>(['data', 'query', '-o', 'connector', '-q', select]),
      sf.run(['data', 'query', '-o', 'connector', '-q', "SELECT Profile.Name FROM User WHERE LastName = 'Connector'"]),
      sf.json<{ name: string; max: number }[]>(['org', 'list', 'limits', '-o', 'connector']),
    ]);
    assert.ok(totalSize > 4000 && all.records.length >= totalSize);
    assert.match(table.stdout, /Defender for Cloud Apps Connector/);
    assert.equal(limits.find(({ name }) => name === 'DailyApiRequests')?.max, 125_000);
  });

  it('updates a record and assigns a permission set as the administrator', async function () {
    this.timeout(120_000);
    const { service, admin } = org;
    const update = ['data', 'update', 'record', '-s', 'User', '-i', service.userId];
    await sf.json([...update, '-v', 'Title=Collector UserPermissionsSFContentUser=true', '-o', 'admin']);
    const [user] = (await query(org, `SELECT Title FROM User WHERE Id = '${service.userId}'`)).records;
    assert.equal(user?.['Title'], 'Collector');
    const refused = await sf.run([
      'data',
      'update',
      'record',
      '-s',
      'User',
      '-i',
      admin.userId,
      '-v',
      'Nothing=1',
      '-o',
      'admin',
    ]);
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /No such column 'Nothing' on sobject of type User/);
    const permissionSets = path.join(root, 'force-app/main/default/permissionsets');
    await sf.json(['project', 'deploy', 'start', '-d', permissionSets, '-o', 'admin'], { cwd: root });
    const name = 'Defender_for_Cloud_Apps_Connector';
    const assign = ['org', 'assign', 'permset', '-n', name, '-b', service.username, '-o', 'admin'];
    const assigned = await sf.json<{ successes: { name: string; value: string }[] }>(assign);
    assert.deepEqual(assigned.successes, [{ name: service.username, value: name }]);
    const held = await query(
      org,
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${service.userId}' AND PermissionSet.Name = '${name}'`,
    );
    assert.equal(held.totalSize, 1);
  });

  it('opens the org and reaches any resource', async function () {
    this.timeout(120_000);
    const [opened, rest] = await Promise.all([
      sf.json<{ url: string }>(['org', 'open', '--url-only', '-o', 'connector']),
      sf.run(['api', 'request', 'rest', '/services/data/v66.0/limits', '-o', 'connector']),
    ]);
    assert.ok(opened.url.startsWith(`${org.instanceUrl}/secur/frontdoor.jsp`));
    assert.match(rest.stdout, /"DailyApiRequests"/);
  });

  it('renews a JWT session by itself, and says so where it cannot', async function () {
    this.timeout(120_000);
    await control(org, 'POST /expire-sessions');
    const args = ['data', 'query', '-q', 'SELECT Id FROM Organization', '-o'];
    const [renewed, expired] = await Promise.all([
      sf.json<QueryAnswer>([...args, 'admin']),
      sf.run([...args, 'connector', '--json']),
    ]);
    assert.equal(renewed.records[0]?.['Id'], org.orgId);
    assert.equal(expired.exitCode, 1);
    assert.match(expired.stdout, /INVALID_SESSION_ID/);
    assert.equal((await ask(org, `${V}/`)).status, 401);
  });
});
