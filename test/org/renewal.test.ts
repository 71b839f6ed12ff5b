import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { listAuthorizations, openAuthorization } from '../../extension/org/authorization.ts';
import type { Door } from '../../extension/org/door.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { mayFollow } from '../../extension/org/salesforce-host.ts';
import { loadCore } from '../../extension/org/salesforce-core.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import { findLake } from '../../extension/sync/find-lake.ts';
import { runCli } from '../cli/cli.ts';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import { openSf } from '../support/sf.ts';
import { orgAndLake, withCode, type OrgAndLake } from '../sync/org-and-lake.ts';

const LIMITS = { path: '/services/data/v{v}/limits', purpose: 'read limits' };
const RETRY = { tries: 3, baseMs: 5, maxMs: 100 };

describe('a login that sf holds', function () {
  // The command line is a process of its own.
  this.timeout(60_000);
  let home: string;
  let both: OrgAndLake;
  let doors: Door[];
  const environment = { ...process.env };

  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
    home = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-home-'));
    Object.assign(process.env, (await openSf({ home })).env);
    doors = [];
    await hold('me', { refreshToken: both.org.service.refreshToken });
  });
  afterEach(async () => {
    for (const door of doors) door.close();
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await both[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  /** Stores a login as sf does. */
  async function hold(alias: string, more: Readonly<Record<string, string>>): Promise<void> {
    const { StateAggregator } = await loadCore();
    await StateAggregator.clearInstanceAsync();
    const state = await StateAggregator.getInstance();
    const { orgId, username, accessToken, instanceUrl } = both.org;
    const edition = { orgEdition: 'Enterprise Edition', namespacePrefix: '' };
    const address = { instanceUrl, loginUrl: instanceUrl };
    const login = { username, orgId, accessToken, ...address, clientId: 'PlatformCLI', ...edition, ...more };
    state.orgs.set(username, login);
    await state.orgs.write(username);
    await writeFile(file('alias.json'), JSON.stringify({ orgs: { [alias]: username } }));
    await StateAggregator.clearInstanceAsync();
  }

  const file = (name: string): string => path.join(home, '.sfdx', name);
  const loginFile = (): string => file(`${both.org.username}.json`);
  const stored = async (): Promise<Record<string, string>> =>
    JSON.parse(await readFile(loginFile(), 'utf8')) as Record<string, string>;

  async function open(retry = RETRY): Promise<Door> {
    const door = doorFor(await openAuthorization('me'), { calls: both.calls, retry });
    doors.push(door);
    return door;
  }

  /** The same server under another name. */
  const elsewhere = (): string => both.org.instanceUrl.replace('127.0.0.1', 'localhost');
  const expire = (): Promise<unknown> => both.control('POST /expire-sessions');
  const TOKEN = '^/services/oauth2/token';

  describe('whose session the org refuses to renew', () => {
    const reasons: readonly [error: string, description: string, remedy: RegExp][] = [
      ['invalid_grant', 'inactive organization', /account executive/],
      ['invalid_grant', 'inactive user', /activates it in Setup › Users/],
      ['invalid_grant', 'ip restricted', /login IP ranges/],
      ['invalid_grant', 'expired access/refresh token', /refresh token policy/],
      ['invalid_grant', 'expired authorization code', /clock of this machine/],
      ['invalid_grant', "user hasn't approved this consumer", /admits its profile/],
      ['invalid_app_access', 'user is not admin approved to access this app', /admits its profile/],
      ['invalid_client', 'invalid client credentials', /Connected Apps OAuth Usage/],
      ['invalid_grant', 'something new', /sf org login web/],
    ];
    for (const [errorCode, message, remedy] of reasons) {
      it(`says why, and what to do: ${message}`, async () => {
        const door = await open();
        await expire();
        await both.fault({ kind: 'refuse', path: TOKEN, errorCode, message });
        await assert.rejects(door.json(LIMITS), (error: unknown) => {
          assert.ok(withCode('SESSION_EXPIRED')(error), String(error));
          assert.ok(error.message.includes(message), error.message);
          assert.match(error.actions.join('\n'), remedy);
          assert.match(error.actions.join('\n'), /sf org login web --alias me/);
          return true;
        });
      });
    }

    it('says so when something before Salesforce refused', async () => {
      const door = await open();
      await expire();
      await both.fault({ kind: 'edge', path: TOKEN, status: 403 });
      await assert.rejects(door.json(LIMITS), (error: unknown) => {
        assert.ok(withCode('SESSION_EXPIRED')(error), String(error));
        assert.match(error.message, /status 403/);
        assert.doesNotMatch(error.message, /</);
        assert.match(error.actions.join('\n'), /proxy/);
        return true;
      });
    });
  });

  describe('whose session cannot be renewed at the moment', () => {
    for (const fault of [
      { kind: 'maintenance' },
      { kind: 'reset' },
      { kind: 'truncated', afterBytes: 20 },
      { kind: 'answer', body: '{"access_token":"00D' },
      { kind: 'refuse', status: 500, errorCode: 'server_error' },
      { kind: 'refuse', status: 400, errorCode: 'unknown_error', message: 'retry your request' },
    ] as const) {
      it(`is renewed when Salesforce is there again after ${fault.kind} ${'status' in fault ? fault.status : ''}`, async () => {
        const door = await open();
        await expire();
        await both.fault({ ...fault, path: TOKEN, count: 1 });
        assert.ok((await door.json(LIMITS)).body);
      });

      it(`has passing trouble, and no expired session, while it stays so: ${fault.kind} ${'status' in fault ? fault.status : ''}`, async () => {
        const door = await open();
        await expire();
        await both.fault({ ...fault, path: TOKEN });
        await assert.rejects(door.json(LIMITS), (error: unknown) => {
          assert.ok(withCode('ORG_UNREACHABLE')(error), String(error));
          assert.equal(error.retryable, true);
          assert.doesNotMatch(error.message, /</);
          return true;
        });
        await both.noFaults();
        assert.ok((await door.json(LIMITS)).body);
      });
    }
  });

  it('is renewed in the same tries for all requests that wait for it', async () => {
    const door = await open({ ...RETRY, baseMs: 200, maxMs: 400 });
    await expire();
    await both.control('POST /requests/reset');
    await both.fault({ kind: 'maintenance', path: TOKEN });
    const requests = Array.from({ length: 8 }, () => door.json(LIMITS));
    for (const { reason } of (await Promise.allSettled(requests)) as PromiseRejectedResult[]) {
      assert.ok(withCode('ORG_UNREACHABLE')(reason), String(reason));
    }
    const { latest } = await both.control<{ latest: { path: string }[] }>('GET /requests');
    assert.equal(latest.filter(({ path }) => new RegExp(TOKEN).test(path)).length, RETRY.tries);
  });

  it('is renewed for the others when the request that began it is no longer wanted', async () => {
    const door = await open({ ...RETRY, baseMs: 200, maxMs: 400 });
    await expire();
    await both.fault({ kind: 'maintenance', path: TOKEN, count: 1 });
    const abort = new AbortController();
    const unwanted = door.json({ ...LIMITS, signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    const others = Promise.all([door.json(LIMITS), door.json(LIMITS)]);
    await assert.rejects(unwanted, withCode('CANCELLED'));
    for (const { body } of await others) assert.ok(body);
  });

  describe('of an org that has another address', () => {
    it('goes on there after a renewal that tells it', async () => {
      const door = await open();
      await expire();
      await both.fault({ kind: 'moved', to: elsewhere() });
      assert.ok((await door.json(LIMITS)).body);
      assert.equal(door.org.instanceUrl, elsewhere());
      assert.ok(door.notes?.().some((note) => note.includes(elsewhere())));
    });

    for (const status of [301, 302, 307, 308]) {
      it(`goes on there after ${String(status)}, tells it, and sf knows it from then on`, async () => {
        const door = await open();
        await both.fault({ kind: 'moved', old: 'redirect', status, to: elsewhere() });
        await Promise.all([door.json(LIMITS), door.json(LIMITS)]);
        assert.equal(door.org.instanceUrl, elsewhere());
        assert.equal(door.notes?.().length, 1);
        assert.equal((await stored())['instanceUrl'], elsewhere());
        const [login] = await listAuthorizations();
        assert.equal(login?.instanceUrl, elsewhere());
      });
    }

    it('goes on there after URL_NOT_RESET, where a renewal tells the address', async () => {
      const door = await open();
      await both.fault({ kind: 'moved', old: 'URL_NOT_RESET', to: elsewhere() });
      assert.ok((await door.json(LIMITS)).body);
      assert.equal((await stored())['instanceUrl'], elsewhere());
    });

    it('asks nothing with the new session before the address is known to be good', async () => {
      await hold('me', { refreshToken: both.org.service.refreshToken, orgEdition: '' });
      const door = await open();
      await expire();
      await both.control('POST /requests/reset');
      await both.fault({ kind: 'moved', to: elsewhere() });
      assert.ok((await door.json(LIMITS)).body);
      // One refused, one renewal, one answered.
      assert.equal((await both.requests()).total, 3);
    });

    it('is not taken to an address of somebody else, nor is sf, nor the next run', async () => {
      const door = await open();
      await expire();
      await both.fault({ kind: 'moved', to: 'https://salesforce.example' });
      await assert.rejects(door.json(LIMITS), (error: unknown) => {
        assert.ok(withCode('ACCESS_REFUSED')(error), String(error));
        assert.match(error.message, /salesforce\.example/);
        return true;
      });
      assert.equal((await stored())['instanceUrl'], both.org.instanceUrl);
      await both.noFaults();
      assert.ok((await (await open()).json(LIMITS)).body);
    });

    it('says what to do after URL_NOT_RESET, where nothing renews the session', async () => {
      await rm(loginFile());
      await hold('me', {});
      const door = await open();
      await both.fault({ kind: 'moved', old: 'URL_NOT_RESET', to: elsewhere() });
      await assert.rejects(door.json(LIMITS), (error: unknown) => {
        assert.ok(withCode('ACCESS_REFUSED')(error), String(error));
        assert.match(error.message, /URL_NOT_RESET/);
        assert.match(error.actions.join('\n'), /My Domain/);
        return true;
      });
    });

    const USERINFO = '^/services/oauth2/userinfo';
    for (const kind of ['503', 'maintenance', 'reset', 'truncated'] as const) {
      it(`goes on there when it answers only after ${kind}`, async () => {
        const door = await open();
        await both.fault({ kind: 'moved', old: 'redirect', to: elsewhere() });
        await both.fault({ kind, path: USERINFO, count: 1, afterBytes: 20 });
        assert.ok((await door.json(LIMITS)).body);
        assert.equal(door.org.instanceUrl, elsewhere());
      });

      it(`is not taken for another org while it answers nothing there but ${kind}`, async () => {
        const door = await open();
        await both.fault({ kind: 'moved', old: 'redirect', to: elsewhere() });
        await both.fault({ kind, path: USERINFO, afterBytes: 20 });
        await assert.rejects(door.json(LIMITS), (error: unknown) => {
          assert.ok(error instanceof OrgwatchError && error.code !== 'ACCESS_REFUSED', String(error));
          assert.equal(error.retryable, true);
          return true;
        });
        assert.equal((await stored())['instanceUrl'], both.org.instanceUrl);
      });
    }

    it('is not taken to another org', async () => {
      const other = await startSimulatedOrg({ scenario: 'no-shield', scale: 0.02, seed: 2 });
      try {
        const door = await open();
        await both.fault({ kind: 'moved', old: 'redirect', to: other.instanceUrl });
        await assert.rejects(door.json(LIMITS), withCode('ACCESS_REFUSED'));
        assert.equal((await stored())['instanceUrl'], both.org.instanceUrl);
      } finally {
        await other.close();
      }
    });
  });

  describe('in files that cannot be written', () => {
    /** A lock that another process has left, and that is no folder: nobody can take it. */
    async function block(lock: string): Promise<void> {
      await writeFile(loginFile() + lock, '');
      await utimes(loginFile() + lock, 0, 0);
    }

    const isNotStored = (error: unknown): true => {
      assert.ok(withCode('DATA_FOLDER_DENIED')(error), String(error));
      assert.ok(error.message.includes(path.join(home, '.sfdx')), error.message);
      assert.doesNotMatch(error.actions.join('\n'), /sf org login/);
      return true;
    };

    for (const lock of ['.lock', '.token-rotation.lock']) {
      it(`is not told as refused by the org: ${lock}`, async () => {
        const door = await open();
        await expire();
        await block(lock);
        await assert.rejects(door.json(LIMITS), isNotStored);
      });
    }

    it('is not told as a login that cannot be read', async () => {
      const door = await open();
      await both.fault({ kind: 'moved', old: 'redirect', to: elsewhere() });
      await block('.lock');
      await assert.rejects(door.json(LIMITS), isNotStored);
    });
  });

  it('is not said to be damaged where the renewal fails for something else', async () => {
    const authorization = await openAuthorization('me');
    const bug = new TypeError('a bug');
    await assert.rejects(
      authorization.renew(authorization.token(), () => Promise.reject(bug)),
      bug,
    );
  });

  describe('in files that are damaged', () => {
    const damages: readonly [what: string, damage: () => Promise<void>, says: RegExp][] = [
      [
        'key.json of another machine',
        () => writeFile(file('key.json'), JSON.stringify({ service: 'sfdx', account: 'local', key: 'f'.repeat(32) })),
        /key that it was stored with has changed/,
      ],
      ['no key.json', () => rm(file('key.json')), /key that it was stored with has changed/],
      ['key.json cut short', () => writeFile(file('key.json'), '{"serv'), /key\.json is damaged/],
      ['alias.json cut short', () => writeFile(file('alias.json'), '{"orgs": {"me"'), /alias\.json is damaged/],
      [
        'the login cut short',
        async () => writeFile(loginFile(), (await readFile(loginFile(), 'utf8')).slice(0, 40)),
        /\.json is damaged/,
      ],
      ['an empty login', () => writeFile(loginFile(), ''), /\.json is damaged/],
      ['a login that is no object', () => writeFile(loginFile(), '[]'), /\.json is damaged/],
    ];
    for (const [what, damage, says] of damages) {
      it(`is told with what to do: ${what}`, async () => {
        await mkdir(path.dirname(file('x')), { recursive: true });
        await damage();
        const cli = await runCli(['sync', '--target-org', 'me', '--json'], { env: process.env, cwd: home });
        assert.equal(cli.exitCode, 2, cli.stdout);
        const { error } = JSON.parse(cli.stdout) as { error: { code: string; message: string; actions: string[] } };
        assert.equal(error.code, 'ORG_UNKNOWN');
        assert.match(error.message, says);
        assert.match(error.actions.join('\n'), /sf org login web --alias me/);
      });
    }

    it('is told where a lake is looked for, too', async () => {
      openLedger(both.dataDir, both.org.orgId)[Symbol.dispose]();
      assert.equal(await findLake(both.dataDir, 'me'), both.org.orgId);
      await writeFile(loginFile(), (await readFile(loginFile(), 'utf8')).slice(0, 40));
      await assert.rejects(findLake(both.dataDir, 'me'), (error: unknown) => {
        assert.ok(withCode('ORG_UNKNOWN')(error), String(error));
        assert.match(error.message, /\.json is damaged/);
        return true;
      });
    });
  });
});

describe('an address that an answer leads to', () => {
  it('is followed to hosts of Salesforce only, and on this machine from this machine', () => {
    const from = 'https://acme.my.salesforce.com';
    for (const to of [
      'https://other.my.salesforce.com',
      'https://acme--dev.sandbox.my.salesforce.com',
      'https://acme.my.salesforce.mil',
      'https://acme.my.sfcrmproducts.cn',
      'https://acme.lightning.force.com',
    ]) {
      assert.equal(mayFollow(from, to), true, to);
    }
    for (const to of [
      'http://acme.my.salesforce.com',
      'https://acme.my.salesforce.com.evil.example',
      'https://evilsalesforce.com',
      'https://salesforce.com.example',
      'https://user:word@acme.my.salesforce.com',
      'https://acme.my.salesforce.com:8443',
      'http://127.0.0.1:80',
      'https://localhost',
      'https://login.salesforce.com',
      'https://example.com',
      'nonsense',
    ]) {
      assert.equal(mayFollow(from, to), false, to);
    }
    assert.equal(mayFollow('http://127.0.0.1:1', 'http://localhost:1'), true);
    assert.equal(mayFollow('http://127.0.0.1:1', 'https://example.com'), false);
  });
});
