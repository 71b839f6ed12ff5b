import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { TrafficReport } from '../simulated-org/accounting/traffic.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, query, soql, V, type Answer } from './ask.ts';
import { control } from '../support/control.ts';

type Errors = readonly { message: string; errorCode: string; fields?: string[] }[];

const used = (answer: Answer): number =>
  Number(/^api-usage=(\d+)\/\d+$/.exec(answer.headers.get('sforce-limit-info') ?? '')?.[1]);

describe('simulated org: REST', () => {
  let org: SimulatedOrg;
  let fresh: SimulatedOrg;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.2 });
    fresh = await startSimulatedOrg({ scenario: 'fresh', scale: 0.2 });
  });

  after(async () => {
    await org.close();
    await fresh.close();
  });

  it('tells its versions to anybody, without counting it', async () => {
    await control(org, 'POST /requests/reset');
    const answer = await ask(org, '//services/data/', { token: null });
    const versions: { version: string; url: string; label: string }[] = answer.body;
    assert.deepEqual(versions[0], { label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
    assert.deepEqual(versions.at(-1), { label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    assert.equal(answer.headers.get('sforce-limit-info'), null);
    const { total, counted } = await control<TrafficReport>(org, 'GET /requests');
    assert.deepEqual({ total, counted }, { total: 1, counted: 0 });
  });

  it('answers in every version of its list, and in no other', async () => {
    const soqlAt = (version: number): string =>
      soql('SELECT Id FROM Organization').replace(V, `/services/data/v${version}.0`);
    const statuses = [30, 31, 50, 68, 69].map(async (version) => (await ask(org, soqlAt(version))).status);
    assert.deepEqual(await Promise.all(statuses), [404, 200, 200, 200, 404]);
  });

  it('counts each request once, a composite as one and a batch by its parts', async () => {
    await control(org, 'POST /requests/reset');
    const first = used(await ask(org, `${V}/`));
    assert.equal(used(await ask(org, soql('SELECT Id FROM Organization'))), first + 1);
    const url = soql('SELECT Id FROM Organization');
    const composite = await ask(org, `${V}/composite`, {
      method: 'POST',
      body: {
        compositeRequest: [
          { method: 'GET', url, referenceId: 'org' },
          { method: 'GET', url: `${V}/sobjects/Organization/@{org.records[0].Id}`, referenceId: 'again' },
        ],
      },
    });
    assert.equal(used(composite), first + 2);
    const { compositeResponse }: { compositeResponse: { httpStatusCode: number; body: { Id?: string } }[] } =
      composite.body;
    assert.equal(compositeResponse[1]?.body.Id, org.orgId);
    const batchRequests = [
      { method: 'GET', url: url.replace('/services/data/', '') },
      { method: 'GET', url: 'v66.0/sobjects/Nothing/describe' },
    ];
    const batch = await ask(org, `${V}/composite/batch`, { method: 'POST', body: { batchRequests } });
    assert.equal(used(batch), first + 4);
    const { hasErrors, results }: { hasErrors: boolean; results: { statusCode: number }[] } = batch.body;
    assert.deepEqual([hasErrors, results.map(({ statusCode }) => statusCode)], [true, [200, 404]]);
    const { counted, byKind } = await control<TrafficReport>(org, 'GET /requests');
    assert.equal(counted, 5);
    assert.deepEqual(byKind, { 'version-root': 1, query: 1, composite: 1, 'composite-batch': 1 });
  });

  it('refuses all but the version list once the allocation is gone', async () => {
    const before = await control<{ used: number; max: number }>(org, 'GET /usage');
    await control(org, 'POST /usage', { used: before.max - 1 });
    const last = await ask(org, `${V}/limits`);
    const { DailyApiRequests }: { DailyApiRequests: { Max: number; Remaining: number } } = last.body;
    assert.deepEqual([DailyApiRequests.Max, DailyApiRequests.Remaining], [before.max, 0]);
    const refused = await ask(org, `${V}/limits`);
    assert.equal(refused.status, 403);
    assert.deepEqual(refused.body, [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
    assert.equal(used(refused), before.max);
    assert.equal((await ask(org, '/services/data')).status, 200);
    await control(org, 'POST /usage', { used: before.used });
  });

  it('shows limits under the documented names', async () => {
    const limits: Record<string, { Max: number; Remaining: number }> = (await ask(org, `${V}/limits`)).body;
    for (const name of ['DailyApiRequests', 'DailyBulkV2QueryJobs', 'FileStorageMB', 'PermissionSets']) {
      assert.equal(typeof limits[name]?.Remaining, 'number', name);
    }
  });

  it('lets nobody in without API Enabled', async () => {
    const token = fresh.admin.accessToken;
    const { records } = await query(fresh, "SELECT Id FROM Profile WHERE Name LIKE 'Minimum Access%'", { token });
    const { service } = fresh;
    const path = `${V}/sobjects/User/${service.userId}`;
    const before: { ProfileId: string } = (await ask(fresh, path)).body;
    await ask(fresh, path, { method: 'PATCH', body: { ProfileId: records[0]?.['Id'] }, token });
    const refused = await ask(fresh, `${V}/limits`);
    await ask(fresh, path, { method: 'PATCH', body: { ProfileId: before.ProfileId }, token });
    assert.equal(refused.status, 403);
    assert.equal((refused.body as Errors)[0]?.errorCode, 'API_DISABLED_FOR_ORG');
    assert.equal((await ask(fresh, `${V}/limits`)).status, 200);
  });

  it('says 401 to a session that it does not know', async () => {
    for (const token of [null, 'x', `${org.orgId.slice(0, 15)}!AQ`]) {
      const answer = await ask(org, `${V}/limits`, { token });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    }
  });

  it('says 403 where the edition has no API, and 404 for what is not there', async () => {
    const professional = await startSimulatedOrg({ scenario: 'professional', scale: 0.2 });
    const answer = await ask(professional, `${V}/limits`);
    await professional.close();
    assert.equal(answer.status, 403);
    assert.equal((answer.body as Errors)[0]?.errorCode, 'API_DISABLED_FOR_ORG');
    for (const path of [`${V}/nothing`, `${V}/sobjects/Nothing/describe`, '/services/data/v12.0/limits']) {
      assert.equal((await ask(org, path)).status, 404, path);
    }
    assert.equal((await ask(org, `${V}/limits`, { method: 'POST' })).status, 405);
  });

  it('describes what the user of this org may see', async () => {
    const { sobjects }: { sobjects: { name: string; queryable: boolean }[] } = (await ask(org, `${V}/sobjects`)).body;
    const names = sobjects.map(({ name }) => name);
    for (const name of ['ContentDistribution', 'EventLogFile', 'LoginGeo', 'LoginHistory', 'SetupAuditTrail']) {
      assert.ok(names.includes(name), name);
    }
    const unprepared: { sobjects: { name: string }[] } = (await ask(fresh, `${V}/sobjects`)).body;
    const hidden = ['ContentDistribution', 'EventLogFile', 'LoginGeo'];
    assert.deepEqual(
      unprepared.sobjects.filter(({ name }) => hidden.includes(name)),
      [],
    );
    const { fields }: { fields: { name: string; filterable: boolean; type: string }[] } = (
      await ask(org, `${V}/sobjects/LoginHistory/describe`)
    ).body;
    assert.equal(fields.find(({ name }) => name === 'Status')?.filterable, false);
    assert.equal(fields.find(({ name }) => name === 'LoginTime')?.type, 'datetime');
  });

  it('retrieves one record', async () => {
    const user: Record<string, unknown> = (await ask(org, `${V}/sobjects/User/${org.service.userId.slice(0, 15)}`))
      .body;
    assert.equal(user['Username'], org.username);
    const some: object = (await ask(org, `${V}/sobjects/User/${org.service.userId}?fields=Username,IsActive`)).body;
    assert.deepEqual(Object.keys(some), ['attributes', 'Username', 'IsActive']);
    const malformed = await ask(org, `${V}/sobjects/User/12`);
    assert.equal(malformed.status, 400);
    assert.deepEqual((malformed.body as Errors)[0]?.errorCode, 'MALFORMED_ID');
    const missing = await ask(org, `${V}/sobjects/User/005000000000000AAA`);
    assert.deepEqual(missing.body, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
  });

  it('lets an administrator put a user on another profile, and nobody else', async () => {
    const path = `${V}/sobjects/User/${fresh.service.userId}`;
    const token = fresh.admin.accessToken;
    const { records } = await query(fresh, "SELECT Id FROM Profile WHERE Name = 'System Administrator'", { token });
    const body = { ProfileId: records[0]?.['Id'] };
    assert.equal((await ask(fresh, path, { method: 'PATCH', body })).status, 403);
    const changed = await ask(fresh, path, { method: 'PATCH', body, token });
    assert.deepEqual([changed.status, changed.text], [204, '']);
    const profile = await query(fresh, `SELECT Profile.Name FROM User WHERE Id = '${fresh.service.userId}'`);
    assert.equal((profile.records[0]?.['Profile'] as { Name: string }).Name, 'System Administrator');
    assert.equal((await ask(fresh, `${V}/limits`)).status, 200);
    const trail = await query(
      fresh,
      "SELECT Display, CreatedById FROM SetupAuditTrail WHERE Action = 'changedprofileforuserstdtostd'",
    );
    assert.equal(trail.records.at(-1)?.['CreatedById'], fresh.admin.userId);
    const wrong = await ask(fresh, path, { method: 'PATCH', body: { Nothing: 1 }, token });
    assert.equal((wrong.body as Errors)[0]?.errorCode, 'INVALID_FIELD');
    const nobody = await ask(fresh, path, { method: 'PATCH', body: { ProfileId: '00e000000000000AAA' }, token });
    assert.equal((nobody.body as Errors)[0]?.errorCode, 'INVALID_CROSS_REFERENCE_KEY');
  });

  it('sends a log file compressed to those who ask and plain to the others, byte for byte the same', async () => {
    const file = (await query(org, 'SELECT Id, LogFile, LogFileLength FROM EventLogFile LIMIT 1')).records[0];
    const path = String(file?.['LogFile']);
    assert.equal(path, `${V}/sobjects/EventLogFile/${String(file?.['Id'])}/LogFile`);
    const packed = await ask(org, path, { headers: { 'accept-encoding': 'gzip' } });
    const plain = await ask(org, path, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal(plain.headers.get('content-type'), 'application/octetstream');
    assert.equal(packed.text, plain.text);
    assert.equal(Buffer.byteLength(plain.text), file?.['LogFileLength']);
    assert.ok(plain.text.startsWith('"EVENT_TYPE"'));
  });

  it('stops making a log file when its reader goes away', async () => {
    await control(org, 'POST /dataset', { kind: 'large-file', eventType: 'RestApi', bytes: 300_000_000 });
    const { records } = await query(
      org,
      "SELECT LogFile, LogFileLength FROM EventLogFile WHERE Sequence >= 0 AND EventType = 'RestApi' ORDER BY CreatedDate DESC LIMIT 5",
    );
    const large = records.find((row) => Number(row['LogFileLength']) >= 300_000_000);
    const response = await fetch(`${org.instanceUrl}${String(large?.['LogFile'])}`, {
      headers: { authorization: `Bearer ${org.accessToken}` },
    });
    const body = response.body as ReadableStream<Uint8Array>;
    const reader = body.getReader();
    assert.equal((await reader.read()).done, false);
    await reader.cancel();
    for (let open = 1; open > 0;) {
      await control(org, 'POST /requests/reset');
      open = (await control<TrafficReport>(org, 'GET /requests')).mostAtOnce;
    }
  });

  it('refuses addresses beyond 16,384 bytes', async () => {
    assert.equal((await ask(org, soql(`SELECT Id FROM User WHERE Alias = '${'x'.repeat(16_384)}'`))).status, 414);
  });
});
