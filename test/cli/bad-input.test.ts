import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg } from '../simulated-org/server.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import type { CliResult } from './cli.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

/** One line that says what happened, at least one that says what to do, nothing on stdout, exit code 2. */
function assertClear({ exitCode, stdout, stderr }: CliResult, message: RegExp): void {
  assert.match(stderr, message);
  assert.match(stderr, /^Error: [^\n]+\n(?:Try: [^\n]+\n)+$/);
  assert.doesNotMatch(stderr, /\bat .*\.ts:\d+|undefined|\[object/);
  assert.equal(stdout, '');
  assert.equal(exitCode, 2);
}

describe('orgwatch, when it cannot run', function () {
  // Each step starts processes; on a busy machine that takes its time.
  this.timeout(180_000);
  let workbench: Workbench;
  let org: SimulatedOrg;

  before(async () => {
    workbench = await openWorkbench();
    org = await startSimulatedOrg({ scenario: 'shield', scale: 0.02 });
    await workbench.sf.loginWithAccessToken({
      alias: 'sim',
      instanceUrl: org.instanceUrl,
      accessToken: org.accessToken,
    });
  });

  after(async () => {
    await org.close();
    await workbench[Symbol.asyncDispose]();
  });

  for (const command of ['verify', 'sync', 'status', 'query'])
    it(`${command}: an alias that sf does not know`, async () => {
      await mkdir(path.join(workbench.folder, 'lakes', 'none'), { recursive: true });
      const more = command === 'query' ? ['SELECT 1'] : [];
      const result = await workbench.orgwatch([command, ...more, '--target-org', 'nobody']);
      assertClear(result, /nobody|holds no lake/);
    });

  it('an unknown flag', async () => {
    assertClear(await workbench.orgwatch(['verify', '--jsno']), /Unknown option '--jsno'/);
  });

  it('no rights on the data folder', async () => {
    const file = path.join(workbench.folder, 'a-file');
    await writeFile(file, '');
    assertClear(await workbench.orgwatch(['sync', '-o', 'sim', '--data-dir', path.join(file, 'below')]), /a-file/);
    const { stdout, exitCode } = await workbench.orgwatch([
      'sync',
      '-o',
      'sim',
      '--data-dir',
      '/sys/orgwatch',
      '--json',
    ]);
    const { error } = JSON.parse(stdout) as { error: { code: string; actions: string[] } };
    assert.equal(error.code, 'DATA_FOLDER_DENIED');
    assert.ok(error.actions.length > 0);
    assert.equal(exitCode, 2);
  });

  it('a query before the first sync', async () => {
    await rm(path.join(workbench.folder, '.orgwatch'), { recursive: true, force: true });
    assertClear(await workbench.orgwatch(['query', 'SELECT 1']), /holds no lake yet/);
  });

  it('an expired session that nothing can renew', async () => {
    await control(org, 'POST /expire-sessions');
    for (const command of ['verify', 'sync']) {
      const result = await workbench.orgwatch([command, '-o', 'sim']);
      assertClear(result, /session of sim has expired/i);
      assert.match(result.stderr, /Try: .*sf org login web/);
    }
  });

  it('a port where no org listens', async () => {
    const gone = await startSimulatedOrg({ scenario: 'shield', scale: 0.02 });
    await workbench.sf.loginWithAccessToken({
      alias: 'gone',
      instanceUrl: gone.instanceUrl,
      accessToken: gone.accessToken,
    });
    await gone.close();
    for (const command of ['verify', 'sync']) {
      assertClear(await workbench.orgwatch([command, '-o', 'gone']), new RegExp(new URL(gone.instanceUrl).host));
    }
  });
});
