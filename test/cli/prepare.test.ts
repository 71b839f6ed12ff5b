import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const root = path.join(import.meta.dirname, '../..');

interface State {
  readonly profiles: readonly Record<string, unknown>[];
  readonly permissionSets: readonly Record<string, unknown>[];
  readonly assignments: readonly unknown[];
  readonly settings: unknown;
  readonly serviceUser: Readonly<Record<string, unknown>>;
  readonly servicePermissions: readonly string[];
}

/** The org's state without what differs from run to run: ids of what was made, and when. */
async function stateOf(org: SimulatedOrg): Promise<unknown> {
  const state = await control<State>(org, 'GET /state');
  const plain = (row: Record<string, unknown>): unknown => ({ ...row, id: '' });
  const { LastModifiedDate, SystemModstamp, LastModifiedById, ProfileId, ...user } = state.serviceUser;
  assert.ok([LastModifiedDate, SystemModstamp, LastModifiedById, ProfileId].every((value) => value !== undefined));
  return {
    profiles: state.profiles.map(plain),
    permissionSets: state.permissionSets.map(plain),
    assignments: state.assignments,
    settings: state.settings,
    user,
    permissions: state.servicePermissions,
  };
}

describe('three ways to prepare an org', function () {
  this.timeout(240_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(async () => {
    await workbench[Symbol.asyncDispose]();
  });

  async function fresh(alias: string): Promise<SimulatedOrg> {
    const org = await startSimulatedOrg({ scenario: 'fresh', scale: 0.02 });
    const { instanceUrl, admin } = org;
    await workbench.sf.loginWithAccessToken({ alias, instanceUrl, accessToken: admin.accessToken });
    return org;
  }

  it('lead to the same org: sf and its deploy, orgwatch prepare, and a hand', async () => {
    const { sf } = workbench;
    const bySf = await fresh('admin');
    await sf.json(['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', 'admin'], { cwd: root });
    const { records } = await sf.json<{ records: { Id: string }[] }>([
      ...['data', 'query', '--target-org', 'admin', '--query'],
      "SELECT Id FROM Profile WHERE Name = 'Defender for Cloud Apps Connector'",
    ]);
    await sf.json([
      ...['data', 'update', 'record', '--sobject', 'User', '--record-id', bySf.service.userId, '--target-org', 'admin'],
      ...['--values', `ProfileId=${String(records[0]?.Id)} UserPermissionsSFContentUser=true`],
    ]);
    const wanted = await stateOf(bySf);
    await bySf.close();

    const byUs = await fresh('admin');
    const args = ['prepare', '--target-org', 'admin', '--service-account', byUs.username];
    const refused = await workbench.orgwatch(args);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /Nobody is there to be asked\.\nTry: Add --yes/);
    const tried = await workbench.orgwatch([...args, '--dry-run']);
    assert.equal(tried.exitCode, 0, tried.stderr);
    assert.match(tried.stdout, /would succeed[^]*Nothing was changed\.\n$/);
    const done = await workbench.orgwatch([...args, '--yes']);
    assert.equal(done.exitCode, 0, done.stdout + done.stderr);
    assert.match(done.stdout, /1\. deploy Security settings[^]*because /);
    assert.match(done.stdout, /Permission: Manage Users +✖ fail +✔ pass/);
    assert.deepEqual(await stateOf(byUs), wanted);

    const again = await workbench.orgwatch([...args, '--yes', '--json']);
    const document = JSON.parse(again.stdout) as { steps: unknown[]; account: string };
    assert.deepEqual([again.exitCode, document.steps, document.account], [0, [], byUs.username]);
    await byUs.close();

    const byHand = await fresh('admin');
    await changeByHand(byHand);
    assert.deepEqual(await stateOf(byHand), wanted);
    await byHand.close();
  });
});

/** What an administrator does in Setup, one page after the other, as far as it reaches the org. */
async function changeByHand(org: SimulatedOrg): Promise<void> {
  const { Connection } = (await import('jsforce')).default;
  const connection = new Connection({
    instanceUrl: org.instanceUrl,
    accessToken: org.admin.accessToken,
    version: '66.0',
  });
  const { default: JSZip } = await import('jszip');
  const { readFile } = await import('node:fs/promises');
  const pages: readonly [type: string, name: string, folder: string, suffix: string][] = [
    ['Settings', 'Security', 'settings', 'settings'],
    ['Settings', 'Content', 'settings', 'settings'],
    ['Profile', 'Defender for Cloud Apps Connector', 'profiles', 'profile'],
    ['PermissionSet', 'Defender_for_Cloud_Apps_Connector', 'permissionsets', 'permissionset'],
  ];
  for (const [type, name, folder, suffix] of pages) {
    const zip = new JSZip();
    const source = path.join(root, 'force-app/main/default', folder, `${name}.${suffix}-meta.xml`);
    zip.file(`${folder}/${name}.${suffix}`, await readFile(source));
    zip.file(
      'package.xml',
      `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>${name}</members><name>${type}</name></types><version>66.0</version></Package>`,
    );
    const result = await connection.metadata
      .deploy(await zip.generateAsync({ type: 'nodebuffer' }), { singlePackage: true, rollbackOnError: true })
      .complete(true);
    assert.equal(result.success, true, JSON.stringify(result.details));
  }
  const profile = await connection.query<{ Id: string }>(
    "SELECT Id FROM Profile WHERE Name = 'Defender for Cloud Apps Connector'",
  );
  for (const change of [{ ProfileId: profile.records[0]?.Id }, { UserPermissionsSFContentUser: true }])
    await connection.sobject('User').update({ Id: org.service.userId, ...change });
}
