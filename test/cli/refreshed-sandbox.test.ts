import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { OrgStatus } from '../../extension/sync/status-report.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const COUNT = 'SELECT count(*) AS n FROM setup_audit_trail';
const source = ['--sources', 'setup_audit_trail'];

/** Refreshing a sandbox keeps its usernames and gives it another organization id. */
describe('a sandbox that was refreshed', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let before1: SimulatedOrg;
  let after1: SimulatedOrg;
  let rows: number;

  const json = async <T>(args: readonly string[], exitCode = 0): Promise<T> => {
    const result = await workbench.orgwatch([...args, '--json']);
    assert.equal(result.exitCode, exitCode, result.stdout + result.stderr);
    return JSON.parse(result.stdout) as T;
  };
  const login = async ({ instanceUrl, accessToken }: SimulatedOrg): Promise<void> =>
    workbench.sf.loginWithAccessToken({ alias: 'sim', instanceUrl, accessToken });
  const rowsOf = async (org: string): Promise<number | undefined> =>
    (await json<{ rows: { n: number }[] }>(['query', COUNT, '-o', org])).rows[0]?.n;

  before(async () => {
    workbench = await openWorkbench();
    before1 = await startSimulatedOrg({ scenario: 'shield', scale: 0.05 });
    after1 = await startSimulatedOrg({ scenario: 'shield', scale: 0.05, refreshed: 1 });
    assert.equal(before1.username, after1.username);
    await login(before1);
    await json(['sync', '-o', 'sim', ...source]);
    rows = (await rowsOf('sim')) ?? 0;
    assert.ok(rows > 0);
    await login(after1);
  });

  after(async () => {
    await before1.close();
    await after1.close();
    await workbench[Symbol.asyncDispose]();
  });

  it('has no lake yet by its username: the old one is neither read nor deleted', async () => {
    interface Refused {
      readonly error: { readonly code: string; readonly message: string; readonly actions: readonly string[] };
    }
    const commands = [['query', COUNT], ['status'], ['check'], ['repair'], ['trust'], ['verify', '--history']];
    const prune = ['prune', '--older-than', '1d', '--yes'];
    const named = [...commands, prune].map((command) => [...command, '-o', after1.username]);
    for (const command of [...named, [...prune, '-o', 'sim']]) {
      const { error } = await json<Refused>(command, 2);
      assert.equal(error.code, 'ORG_UNKNOWN', command[0]);
      assert.ok(error.message.includes(after1.orgId));
      assert.ok(error.actions.some((action) => action.includes(before1.orgId)));
    }
    assert.equal(await rowsOf(before1.orgId), rows);
  });

  it('has a lake of its own after a sync, and every command by its username takes that one', async () => {
    await json(['sync', '-o', 'sim', ...source]);
    for (const name of [after1.username, 'sim']) {
      const { org } = await json<{ org: { orgId: string } }>(['check', '-o', name]);
      assert.equal(org.orgId, after1.orgId);
      const { orgs } = await json<{ orgs: OrgStatus[] }>(['status', '-o', name], 1);
      assert.deepEqual(
        orgs.map(({ orgId }) => orgId),
        [after1.orgId],
      );
    }
    const { stdout, stderr } = await workbench.orgwatch([
      'prune',
      '-o',
      after1.username,
      '--older-than',
      '1d',
      '--yes',
    ]);
    assert.ok(stdout.includes(after1.orgId));
    // Before anything is deleted: of which organization, and how much.
    assert.match(
      stderr,
      new RegExp(`^Deleting from the lake of organization ${after1.orgId}.*: \\d+ files?, [\\d,]+ rows?`),
    );
    assert.equal(await rowsOf(before1.orgId), rows);
  });

  it('shows the old lake as one that has no login any more, reached by organization id', async () => {
    const { stdout } = await workbench.orgwatch(['status']);
    assert.match(stdout, new RegExp(`no login for this org any more: .*--target-org ${before1.orgId}`));
    assert.doesNotMatch(stdout, new RegExp(`--target-org ${after1.orgId}`));
    const { org } = await json<{ org: { orgId: string } }>([
      'prune',
      '-o',
      before1.orgId,
      '--older-than',
      '1d',
      '--yes',
    ]);
    assert.equal(org.orgId, before1.orgId);
  });
});
