import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { ask, soql, V, type Answer } from './ask.ts';
import { control } from '../support/control.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

function sign(privateKey: string, claims: object, header: object = { alg: 'RS256' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

describe('simulated org: OAuth', () => {
  let org: SimulatedOrg;
  let app: { clientId: string; privateKey: string };

  before(async () => {
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.2 });
    app = await control(org, 'GET /connected-app');
  });

  after(async () => await org.close());

  const token = (form: Record<string, string>): Promise<Answer> =>
    ask(org, '/services/oauth2/token', {
      method: 'POST',
      token: null,
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  const claims = (): Record<string, unknown> => ({
    iss: app.clientId,
    sub: org.username,
    aud: org.instanceUrl,
    exp: Math.floor(Date.now() / 1000) + 300,
  });

  const bearer = (changes: object, key = app.privateKey): Promise<Answer> =>
    token({ grant_type: JWT_BEARER, assertion: sign(key, { ...claims(), ...changes }) });

  it('tells who a session belongs to', async () => {
    const info: Record<string, unknown> = (await ask(org, '/services/oauth2/userinfo')).body;
    assert.equal(info['user_id'], org.service.userId);
    assert.equal(info['organization_id'], org.orgId);
    assert.equal(info['preferred_username'], org.username);
    assert.equal((await ask(org, '/services/oauth2/userinfo', { token: 'x' })).status, 403);
  });

  it('gives a session for a signed assertion', async () => {
    // sf's own assertions expire in the year 58,000 or so: it gives milliseconds.
    for (const changes of [{}, { exp: Date.now() + 300 }, { aud: 'https://login.salesforce.com' }]) {
      const answer = await bearer(changes);
      const granted: { access_token: string; instance_url: string; id: string; token_type: string } = answer.body;
      assert.match(granted.access_token, /^00D\w{12}![.\w]+$/);
      assert.equal(granted.instance_url, org.instanceUrl);
      assert.ok(granted.id.endsWith(`/id/${org.orgId}/${org.service.userId}`));
      assert.equal((await ask(org, `${V}/limits`, { token: granted.access_token })).status, 200);
    }
  });

  it('refuses assertions that it has no reason to believe', async () => {
    const stranger = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const refusals: [Promise<Answer>, string, string][] = [
      [bearer({}, stranger.privateKey), 'invalid_grant', 'invalid assertion'],
      [bearer({ iss: 'nobody' }), 'invalid_client_id', 'client identifier invalid'],
      [bearer({ aud: 'https://elsewhere.example' }), 'invalid_grant', 'audience is invalid'],
      [bearer({ exp: 1 }), 'invalid_grant', 'expired authorization code'],
      [bearer({ sub: 'nobody@alpenglow.example' }), 'invalid_grant', "user hasn't approved this consumer"],
      [token({ grant_type: JWT_BEARER, assertion: 'x' }), 'invalid_grant', 'invalid assertion'],
      [token({ grant_type: 'password' }), 'unsupported_grant_type', 'grant type not supported'],
    ];
    for (const [pending, error, description] of refusals) {
      const { status, body } = await pending;
      assert.deepEqual([status, body], [400, { error, error_description: description }]);
    }
    await control(org, 'POST /connected-app', { clientId: 'ours', publicKey: stranger.publicKey });
    assert.equal((await bearer({ iss: 'ours' }, stranger.privateKey)).status, 200);
  });

  it('refreshes', async () => {
    const form = { grant_type: 'refresh_token', client_id: 'PlatformCLI', refresh_token: org.admin.refreshToken };
    const granted: { access_token: string } = (await token(form)).body;
    const info: { user_id: string } = (await ask(org, '/services/oauth2/userinfo', { token: granted.access_token }))
      .body;
    assert.equal(info.user_id, org.admin.userId);
    assert.equal((await token({ ...form, refresh_token: 'x' })).status, 400);
  });

  it('takes the parameters in the address as well', async () => {
    const form = { grant_type: 'refresh_token', client_id: 'PlatformCLI', refresh_token: org.admin.refreshToken };
    const address = `/services/oauth2/token?${new URLSearchParams(form).toString()}`;
    assert.equal((await ask(org, address, { method: 'POST', token: null })).status, 200);
  });

  it('keeps five sessions of a user and a connected app', async () => {
    const sessions: string[] = [];
    for (let count = 0; count < 6; count++) {
      const granted: { access_token: string } = (await bearer({ sub: org.admin.username })).body;
      sessions.push(granted.access_token);
    }
    const statuses = await Promise.all(
      sessions.map(async (session) => (await ask(org, `${V}/`, { token: session })).status),
    );
    assert.deepEqual(statuses, [401, 200, 200, 200, 200, 200]);
  });

  it('expires sessions, for REST and for SOAP', async () => {
    const envelope = `<Envelope><Header><SessionHeader><sessionId>${org.accessToken}</sessionId></SessionHeader></Header><Body/></Envelope>`;
    assert.equal((await ask(org, soql('SELECT Id FROM Organization'))).status, 200);
    await control(org, 'POST /expire-sessions');
    assert.equal((await ask(org, soql('SELECT Id FROM Organization'))).status, 401);
    const soap = await ask(org, '/services/Soap/m/66.0', { method: 'POST', body: envelope, token: null });
    assert.equal(soap.status, 500);
    assert.match(
      soap.text,
      /<faultcode>sf:INVALID_SESSION_ID<\/faultcode><faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader/,
    );
  });
});
