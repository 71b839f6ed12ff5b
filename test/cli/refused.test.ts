import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { SyncReport } from '../../extension/sync/report.ts';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

interface Failed {
  readonly error: { readonly code: string; readonly message: string; readonly actions: readonly string[] };
}

describe('orgwatch, when the org lets it in no more', function () {
  // Each step starts processes; on a busy machine that takes its time.
  this.timeout(180_000);
  let workbench: Workbench;
  let org: SimulatedOrg;
  const some = ['--sources', 'login_history,setup_audit_trail', '--days', '2'];

  const json = async <T>(args: readonly string[], exitCode: number): Promise<T> => {
    const result = await workbench.orgwatch([...args, '--json']);
    assert.equal(result.exitCode, exitCode, result.stdout + result.stderr);
    return JSON.parse(result.stdout) as T;
  };

  before(async () => {
    workbench = await openWorkbench();
    org = await startSimulatedOrg({ scenario: 'no-shield', scale: 0.02 });
    const { instanceUrl, accessToken } = org;
    await workbench.sf.loginWithAccessToken({ alias: 'sim', instanceUrl, accessToken });
    const { outcome } = await json<SyncReport>(['sync', '-o', 'sim', ...some], 0);
    assert.equal(outcome, 'done');
  });

  after(async () => {
    await org.close();
    await workbench[Symbol.asyncDispose]();
  });

  it('sync and verify could not run, say why and what to do, and status is not fine', async () => {
    const errorCode = 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD';
    await control(org, 'POST /faults', { kind: 'refuse', status: 403, errorCode, message: 'The password has expired' });
    for (const command of [
      ['sync', '-o', 'sim', ...some],
      ['verify', '-o', 'sim'],
    ]) {
      const { error } = await json<Failed>(command, 2);
      assert.equal(error.code, 'ACCESS_REFUSED');
      assert.match(error.message, /The password has expired.*INVALID_OPERATION_WITH_EXPIRED_PASSWORD/);
      assert.match(error.actions.join('\n'), /new password/);
    }
    const { stdout, exitCode } = await workbench.orgwatch(['status', '-o', 'sim']);
    assert.equal(exitCode, 1);
    assert.match(stdout, /login_history +failed/);
    await control(org, 'DELETE /faults');
  });

  it('a permission that was taken away fails the source', async () => {
    await control(org, 'POST /faults', {
      ...{ kind: 'refuse', path: 'LoginHistory', status: 403 },
      ...{ errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights on object id' },
    });
    const { outcome, sources } = await json<SyncReport>(['sync', '-o', 'sim', ...some], 1);
    assert.equal(outcome, 'failed');
    assert.deepEqual(
      sources.map(({ state }) => state),
      ['failed', 'done'],
    );
    assert.notEqual(sources[0]?.actions?.length ?? 0, 0);
    const { stdout } = await workbench.orgwatch(['sync', '-o', 'sim', ...some]);
    assert.match(stdout, /Not complete/);
    await control(org, 'DELETE /faults');
  });
});
