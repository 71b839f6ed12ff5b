import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from 'jsforce';
import { after, before, describe, it } from 'mocha';
import type { TrafficReport } from '../simulated-org/accounting/traffic.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openSf } from '../support/sf.ts';
import { ask, query } from './ask.ts';
import { control } from '../support/control.ts';

/** In place: what asks the operating system for the home folder does not see another object. */
function changeEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
  Object.assign(process.env, wanted);
}

describe('simulated org: jsforce, unmodified', () => {
  let org: SimulatedOrg;
  let connection: Connection;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.4 });
    connection = new Connection({ instanceUrl: org.instanceUrl, accessToken: org.accessToken, version: '66.0' });
  });

  after(async () => await org.close());

  it('fetches a query over many pages', async () => {
    const { totalSize } = await query(org, 'SELECT count() FROM LoginHistory');
    const result = await connection.query('SELECT Id, LoginTime FROM LoginHistory ORDER BY LoginTime, Id', {
      autoFetch: true,
      maxFetch: 1_000_000,
    });
    assert.ok(totalSize > 4000);
    assert.ok(result.records.length >= totalSize && result.records.length < totalSize + 10);
    assert.equal(new Set(result.records.map((row) => row['Id'] as string)).size, result.records.length);
    assert.ok((connection.limitInfo.apiUsage?.used ?? 0) > 0);
  });

  it('describes and retrieves', async () => {
    const { fields } = await connection.describe('EventLogFile');
    assert.ok(fields.some(({ name, type }) => name === 'LogFile' && type === 'base64'));
    const { sobjects } = await connection.describeGlobal();
    assert.ok(sobjects.some(({ name }) => name === 'LoginHistory'));
    const user = await connection.sobject('User').retrieve(org.service.userId);
    assert.equal(user['Username'], org.username);
    const identity = await connection.identity();
    assert.equal(identity.user_id, org.service.userId);
  });

  it('streams a log file', async () => {
    const row = (await query(org, 'SELECT Id, LogFile, LogFileLength FROM EventLogFile LIMIT 1')).records[0];
    const file = connection.request<string>({ method: 'GET', url: String(row?.['LogFile']) }).stream();
    const chunks: Buffer[] = [];
    for await (const chunk of file as AsyncIterable<Buffer>) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).length, row?.['LogFileLength']);
    assert.equal(await connection.request<string>(String(row?.['LogFile'])), Buffer.concat(chunks).toString('utf8'));
  });

  it('meets errors as it would in Salesforce', async () => {
    await assert.rejects(async () => await connection.query('SELECT Id FROM Nothing'), { errorCode: 'INVALID_TYPE' });
    await assert.rejects(connection.sobject('User').retrieve('005000000000000AAA'), { errorCode: 'NOT_FOUND' });
    const stranger = new Connection({ instanceUrl: org.instanceUrl, accessToken: 'x', version: '66.0' });
    await assert.rejects(async () => await stranger.query('SELECT Id FROM User'), { errorCode: 'INVALID_SESSION_ID' });
  });
});

describe('simulated org: @salesforce/core, unmodified', () => {
  let org: SimulatedOrg;
  let folder: string;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.2 });
    folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-core-'));
    const { env } = await openSf({ home: path.join(folder, 'home') });
    environment = { ...process.env };
    changeEnvironment(env);
  });

  after(async () => {
    changeEnvironment(environment);
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('signs in by JWT, opens the org and renews an expired session', async () => {
    const { AuthInfo, Connection: CoreConnection, Org } = await import('@salesforce/core');
    const { clientId, privateKey } = await control<{ clientId: string; privateKey: string }>(org, 'GET /connected-app');
    const keyFile = path.join(folder, 'jwt.key');
    await writeFile(keyFile, privateKey, { mode: 0o600 });
    const authInfo = await AuthInfo.create({
      username: org.username,
      oauth2Options: { clientId, privateKey: keyFile, loginUrl: org.instanceUrl },
    });
    await authInfo.save();
    const connection = await CoreConnection.create({ authInfo });
    const opened = await Org.create({ connection });
    assert.equal(opened.getOrgId(), org.orgId);
    assert.equal(opened.getUsername(), org.username);
    assert.equal(await connection.retrieveMaxApiVersion(), '68.0');

    const before = connection.accessToken;
    await control(org, 'POST /expire-sessions');
    await control(org, 'POST /requests/reset');
    const result = await connection.query<{ Name: string }>('SELECT Name FROM Organization');
    assert.equal(result.totalSize, 1);
    assert.notEqual(connection.accessToken, before);
    const { byKind } = await control<TrafficReport>(org, 'GET /requests');
    assert.equal(byKind['oauth-token'], 1);
  });

  it('renews with a refresh token', async () => {
    const { AuthInfo, Connection: CoreConnection } = await import('@salesforce/core');
    const authInfo = await AuthInfo.create({
      oauth2Options: { clientId: 'PlatformCLI', refreshToken: org.admin.refreshToken, loginUrl: org.instanceUrl },
    });
    assert.equal(authInfo.getUsername(), org.admin.username);
    const connection = await CoreConnection.create({ authInfo });
    await control(org, 'POST /expire-sessions');
    assert.equal((await connection.query('SELECT Id FROM Organization')).totalSize, 1);
    const session = connection.accessToken as string;
    assert.equal((await ask(org, '/services/oauth2/userinfo', { token: session })).status, 200);
  });
});
