import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, query, soql } from './ask.ts';

/** What a scenario takes away. */
describe('simulated org: what the running user may see', () => {
  const orgs = new Map<string, SimulatedOrg>();
  const names = ['shield', 'fresh', 'missing-permissions', 'no-hourly', 'no-shield', 'no-deliveries', 'japanese-user'];

  before(async () => {
    for (const scenario of names) orgs.set(scenario, await startSimulatedOrg({ scenario, scale: 0.2 }));
  });

  after(async () => {
    for (const org of orgs.values()) await org.close();
  });

  const org = (name: string): SimulatedOrg => orgs.get(name) as SimulatedOrg;

  async function errorOf(name: string, text: string, token?: string): Promise<string> {
    const answer = await ask(org(name), soql(text), token === undefined ? {} : { token });
    if (answer.status === 200) return '';
    return (answer.body as { errorCode: string }[])[0]?.errorCode ?? '';
  }

  it('one’s own sign-ins only, without Manage Users or Monitor Login History', async () => {
    const { service } = org('missing-permissions');
    const all = await query(org('shield'), 'SELECT UserId FROM LoginHistory LIMIT 500');
    assert.ok(new Set(all.records.map((row) => row['UserId'])).size > 5);
    const own = await query(org('missing-permissions'), 'SELECT UserId FROM LoginHistory');
    assert.ok(own.records.every((row) => row['UserId'] === service.userId));
    assert.equal(await errorOf('missing-permissions', 'SELECT LoginGeoId FROM LoginHistory'), 'INVALID_FIELD');
    assert.equal(await errorOf('missing-permissions', 'SELECT Id FROM LoginGeo'), 'INVALID_TYPE');
    assert.equal(await errorOf('shield', 'SELECT Id FROM LoginGeo LIMIT 1'), '');
  });

  it('event log files with View Event Log Files or View All Data only', async () => {
    assert.equal(await errorOf('fresh', 'SELECT Id FROM EventLogFile'), 'INVALID_TYPE');
    assert.equal(await errorOf('fresh', 'SELECT Id FROM EventLogFile', org('fresh').admin.accessToken), '');
  });

  it('no Interval and Sequence where there are no hourly files', async () => {
    for (const name of ['no-hourly', 'no-shield']) {
      assert.equal(await errorOf(name, "SELECT Id FROM EventLogFile WHERE Interval = 'Hourly'"), 'INVALID_FIELD');
      assert.equal(await errorOf(name, 'SELECT Id, Sequence FROM EventLogFile'), 'INVALID_FIELD');
      assert.ok((await query(org(name), 'SELECT Id FROM EventLogFile')).totalSize > 0);
    }
    const types = await query(org('no-shield'), 'SELECT EventType, COUNT(Id) FROM EventLogFile GROUP BY EventType');
    assert.ok(types.totalSize > 0 && types.totalSize <= 8);
    assert.equal(
      await errorOf('no-shield', 'SELECT PermissionsViewDataLeakageEvents FROM UserPermissionAccess'),
      'INVALID_FIELD',
    );
  });

  it('content deliveries while they are on', async () => {
    assert.equal(await errorOf('no-deliveries', 'SELECT Id FROM ContentDistribution'), 'INVALID_TYPE');
    assert.ok((await query(org('shield'), 'SELECT Id FROM ContentDistribution')).totalSize > 0);
  });

  it('one’s own files without Query All Files, and links only by Id', async () => {
    assert.ok((await query(org('shield'), 'SELECT Id FROM ContentDocument')).totalSize > 0);
    const own = await query(org('missing-permissions'), 'SELECT OwnerId FROM ContentDocument');
    assert.ok(own.records.every((row) => row['OwnerId'] === org('missing-permissions').service.userId));
    assert.equal(await errorOf('missing-permissions', 'SELECT Id FROM ContentDocumentLink'), 'MALFORMED_QUERY');
    assert.equal(await errorOf('shield', 'SELECT Id FROM ContentDocumentLink'), '');
  });

  it('effective permissions and language, to anybody', async () => {
    const fields = 'PermissionsApiEnabled, PermissionsManageUsers, PermissionsQueryAllFiles';
    const permissions = async (name: string): Promise<unknown[]> => {
      const { records } = await query(org(name), `SELECT ${fields} FROM UserPermissionAccess`);
      return fields.split(', ').map((field) => records[0]?.[field]);
    };
    assert.deepEqual(await permissions('shield'), [true, true, true]);
    assert.deepEqual(await permissions('missing-permissions'), [true, false, false]);
    assert.deepEqual(await permissions('fresh'), [true, false, false]);
    const { username } = org('japanese-user');
    const [user] = (
      await query(org('japanese-user'), `SELECT LanguageLocaleKey FROM User WHERE Username = '${username}'`)
    ).records;
    assert.equal(user?.['LanguageLocaleKey'], 'ja');
  });
});
