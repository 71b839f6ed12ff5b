import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { listAuthorizations, openAuthorization } from '../../extension/org/authorization.ts';
import { holdsLogin } from '../../extension/org/login-files.ts';
import { openDoor } from '../../extension/org/open-door.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { openSf, type Sf } from '../support/sf.ts';
import { orgAndLake, withCode, type OrgAndLake } from '../sync/org-and-lake.ts';

const LIMITS = { path: '/services/data/v{v}/limits', purpose: 'read limits' };

describe('logins that sf holds', () => {
  let home: string;
  let sf: Sf;
  let both: OrgAndLake;
  const environment = { ...process.env };

  before(async () => {
    both = await orgAndLake({ scenario: 'no-shield' });
    home = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-home-'));
    sf = await openSf({ home });
    const { instanceUrl, accessToken, username } = both.org;
    const { clientId, privateKey } = await both.control<{
      clientId: string;
      privateKey: string;
    }>('GET /connected-app');
    await sf.loginWithAccessToken({ alias: 'token', instanceUrl, accessToken: both.org.admin.accessToken });
    await sf.loginWithJwt({ alias: 'jwt', instanceUrl, username, clientId, privateKey });
    assert.notEqual(accessToken, '');
    Object.assign(process.env, sf.env);
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await both[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  it('are listed with alias, org and address, and nothing secret', async () => {
    const { orgId, instanceUrl, username, admin } = both.org;
    const logins = await listAuthorizations();
    assert.deepEqual(
      logins,
      [
        { username, aliases: ['jwt'], orgId, instanceUrl },
        { username: admin.username, aliases: ['token'], orgId, instanceUrl },
      ].sort((a, b) => a.username.localeCompare(b.username)),
    );
  });

  it('are known to be there, or not, by their files alone', async () => {
    assert.equal(await holdsLogin(), true);
    process.env['HOME'] = process.env['USERPROFILE'] = path.join(home, 'elsewhere');
    assert.equal(await holdsLogin(), false, 'no folder');
    await mkdir(path.join(home, 'elsewhere/.sfdx'), { recursive: true });
    await writeFile(path.join(home, 'elsewhere/.sfdx/alias.json'), '{}');
    assert.equal(await holdsLogin(), false, 'no login in it');
    Object.assign(process.env, sf.env);
  });

  it('open by alias and by username, without a request', async () => {
    const { total } = await both.requests();
    for (const target of ['jwt', both.org.username]) {
      const { identity, token } = await openAuthorization(target);
      assert.equal(identity.orgId, both.org.orgId);
      assert.equal(identity.username, both.org.username);
      assert.equal(identity.instanceUrl, both.org.instanceUrl);
      assert.equal(identity.requestedAs, target);
      assert.notEqual(token(), '');
    }
    assert.equal((await both.requests()).total, total);
  });

  it('are named when there is none of that name', async () => {
    await assert.rejects(openAuthorization('nobody'), (error: unknown) => {
      assert.ok(error instanceof OrgwatchError);
      assert.equal(error.code, 'ORG_UNKNOWN');
      assert.match(error.actions.join('\n'), /sf org login web --alias nobody/);
      assert.match(error.actions.join('\n'), /jwt.*token|token.*jwt/);
      return true;
    });
    await assert.rejects(openAuthorization(undefined), withCode('ORG_UNKNOWN'));
  });

  it('are renewed once for all requests that wait for it', async () => {
    const door = await openDoor('jwt', { calls: both.calls });
    try {
      await door.json(LIMITS);
      await both.control('POST /expire-sessions');
      await both.control('POST /requests/reset');
      const before = door.usage().own;
      await Promise.all(Array.from({ length: 5 }, () => door.json(LIMITS)));
      const { byKind, total } = await both.requests();
      assert.equal(byKind['oauth-token'], 1);
      // Five refused, one renewal, five answered; what the renewal itself looks up stays in sf's store.
      assert.equal(total, 11);
      assert.equal(door.usage().own - before, 11);
    } finally {
      door.close();
    }
  });

  it('take the token that another process has renewed', async () => {
    const [one, other] = [await openAuthorization('jwt'), await openAuthorization('jwt')];
    const stale = one.token();
    let renewals = 0;
    const renewed = await other.renew(stale, async () => void renewals++);
    assert.notEqual(renewed, stale);
    assert.equal(await one.renew(stale, async () => void renewals++), renewed);
    assert.equal(renewals, 1);
  });

  it('that cannot be renewed fail visibly, with what to do', async () => {
    const door = await openDoor('token', { calls: both.calls });
    try {
      await both.control('POST /expire-sessions');
      await both.control('POST /requests/reset');
      await assert.rejects(door.json(LIMITS), (error: unknown) => {
        assert.ok(error instanceof OrgwatchError && error.code === 'SESSION_EXPIRED');
        assert.match(error.actions.join('\n'), /sf org login web --alias token/);
        return true;
      });
      assert.equal((await both.requests()).total, 1);
    } finally {
      door.close();
    }
  });
});
