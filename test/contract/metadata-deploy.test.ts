import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import jsforce from 'jsforce';
import { after, before, describe, it } from 'mocha';
import { openProject, readForceApp, type Project } from './metadata-project.ts';

const name = 'Defender for Cloud Apps Connector';
const apiName = 'Defender_for_Cloud_Apps_Connector';
const inState = (permissionSet: string, profile: string, content: string, security: string): string[] => [
  `PermissionSet ${apiName} ${permissionSet}`,
  `Profile ${name} ${profile}`,
  `Settings Content ${content}`,
  `Settings Security ${security}`,
];
const unchanged = inState('Unchanged', 'Unchanged', 'Unchanged', 'Unchanged');
const overRest = { SF_ORG_METADATA_REST_DEPLOY: 'true' };

const profileIds = async (project: Project, profileName = name): Promise<string[]> =>
  (await project.query<{ Id: string }>(`SELECT Id FROM Profile WHERE Name = '${profileName}'`)).map(({ Id }) => Id);

describe('sf deploys force-app to an org that has nothing', function () {
  this.timeout(300_000);
  let project: Project;
  before(async () => {
    project = await openProject('fresh');
  });
  after(() => project.close());

  it('changes nothing with --dry-run', async () => {
    const deployment = await project.deploy(['--dry-run']);
    assert.deepEqual(deployment, {
      exitCode: 0,
      status: 'Succeeded',
      files: inState('Created', 'Created', 'Changed', 'Changed'),
    });
    assert.deepEqual(await profileIds(project), []);
  });

  it('deploys it as it stands', async () => {
    const deployment = await project.deploy();
    assert.equal(deployment.status, 'Succeeded');
    assert.deepEqual(deployment.files, inState('Created', 'Created', 'Changed', 'Changed'));
    assert.equal((await profileIds(project)).length, 1);
  });

  it('changes nothing the second time, over REST either', async () => {
    assert.deepEqual((await project.deploy()).files, unchanged);
    assert.deepEqual((await project.deploy([], overRest)).files, unchanged);
  });

  it('retrieves the files that were deployed, to the byte', async () => {
    const files = [
      `profiles/${name}.profile-meta.xml`,
      `permissionsets/${apiName}.permissionset-meta.xml`,
      'settings/Content.settings-meta.xml',
      'settings/Security.settings-meta.xml',
    ];
    await rm(path.join(project.folder, 'force-app/main'), { recursive: true });
    const members = [`Profile:${name}`, `PermissionSet:${apiName}`, 'Settings:Content', 'Settings:Security'];
    const flags = members.flatMap((member) => ['--metadata', member]);
    await project.sf.json(['project', 'retrieve', 'start', '--target-org', 'admin', ...flags], { cwd: project.folder });
    for (const file of files) {
      const retrieved = await readFile(path.join(project.folder, 'force-app/main/default', file), 'utf8');
      assert.equal(retrieved, await readForceApp(file), file);
    }
  });

  it('takes the steps of force-app/README.md: assign the profile, the permission set, and undo', async () => {
    const { sf, org } = project;
    const soql = `SELECT Id FROM Profile WHERE Name = '${name}'`;
    const found = await sf.json<{ records: { Id: string }[] }>([
      ...['data', 'query', '--target-org', 'admin', '--query', soql],
    ]);
    const update = ['data', 'update', 'record', '--target-org', 'admin', '--sobject', 'User'];
    const where = ['--where', `Username=${org.service.username}`];
    await sf.json([...update, ...where, '--values', `ProfileId=${found.records[0]?.Id ?? ''}`]);
    await sf.json([...update, ...where, '--values', 'UserPermissionsSFContentUser=true']);
    const service = new jsforce.Connection({
      instanceUrl: org.instanceUrl,
      accessToken: org.accessToken,
      version: '66.0',
    });
    const access = await service.query<Record<string, unknown>>(
      'SELECT PermissionsApiEnabled, PermissionsQueryAllFiles, PermissionsModifyMetadata FROM UserPermissionAccess',
    );
    const { PermissionsApiEnabled, PermissionsQueryAllFiles, PermissionsModifyMetadata } = access.records[0] ?? {};
    assert.deepEqual([PermissionsApiEnabled, PermissionsQueryAllFiles, PermissionsModifyMetadata], [true, true, true]);

    const undo = ['--manifest', 'undo/package.xml', '--post-destructive-changes', 'undo/destructiveChanges.xml'];
    const members = ['--metadata', `Profile:${name}`, '--metadata', `PermissionSet:${apiName}`];
    const generate = ['project', 'generate', 'manifest', '--type', 'destroy', '--output-dir', 'undo', ...members];
    await sf.json(generate, { cwd: project.folder });
    await project.write(
      'undo/package.xml',
      '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>',
    );
    assert.equal((await project.deploy(undo)).exitCode, 1);
    const [standardUser] = await profileIds(project, 'Standard User');
    await sf.json([...update, ...where, '--values', `ProfileId=${standardUser ?? ''}`]);
    assert.deepEqual((await project.deploy(undo)).files, [
      `PermissionSet ${apiName} Deleted`,
      `Profile ${name} Deleted`,
    ]);
    assert.deepEqual(await profileIds(project), []);
  });
});

describe('sf deploys over REST, and the permission set instead of the profile', function () {
  this.timeout(300_000);
  let project: Project;
  before(async () => {
    project = await openProject('fresh');
  });
  after(() => project.close());

  it('deploys only what it is asked to', async () => {
    const folders = ['permissionsets', 'settings'].flatMap((folder) => [
      '--source-dir',
      `force-app/main/default/${folder}`,
    ]);
    const deployment = await project.deploy(folders, overRest);
    assert.equal(deployment.status, 'Succeeded');
    assert.deepEqual(deployment.files, [
      `PermissionSet ${apiName} Created`,
      'Settings Content Changed',
      'Settings Security Changed',
    ]);
    assert.deepEqual(await profileIds(project), []);
  });

  it('assigns the permission set', async () => {
    const { sf, org } = project;
    const assign = ['org', 'assign', 'permset', '--target-org', 'admin', '--name', apiName];
    await sf.json([...assign, '--on-behalf-of', org.service.username]);
    const soql = `SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = '${apiName}'`;
    const assignments = await project.query<{ Assignee: { Username: string } }>(soql);
    assert.deepEqual(
      assignments.map(({ Assignee }) => Assignee.Username),
      [org.service.username],
    );
  });
});

const profile = (...permissions: readonly string[]): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<Profile xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
  '    <custom>true</custom>\n    <userLicense>Salesforce</userLicense>\n' +
  permissions
    .map(
      (permission) =>
        `    <userPermissions>\n        <enabled>true</enabled>\n        <name>${permission}</name>\n    </userPermissions>\n`,
    )
    .join('') +
  '</Profile>\n';

describe('sf shows why a deploy is refused', function () {
  this.timeout(300_000);
  let project: Project;
  before(async () => {
    project = await openProject('no-shield', { files: false });
  });
  after(() => project.close());

  it('names permissions that the org does not know, dependencies that are missing, elements out of place', async () => {
    const folder = 'force-app/main/default/profiles';
    await project.write(`${folder}/Unknown.profile-meta.xml`, profile('ApiEnabled', 'ViewDataLeakageEvents'));
    await project.write(
      `${folder}/Incomplete.profile-meta.xml`,
      profile('QueryAllFiles', 'ModifyMetadata', 'ViewRoles'),
    );
    await project.write(`${folder}/Odd.profile-meta.xml`, profile().replace('custom>true</custom', 'odd>true</odd'));
    await project.write(`${folder}/Good.profile-meta.xml`, profile('ApiEnabled'));
    const deployment = await project.deploy();
    assert.equal(deployment.exitCode, 1);
    assert.equal(deployment.status, 'Failed');
    assert.deepEqual(
      deployment.files.filter((line) => !line.startsWith('Profile Good')),
      [
        'Profile Incomplete Permission Modify Metadata Through Metadata API Functions depends on permission(s): View Setup and Configuration',
        'Profile Odd Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}odd invalid at this location in type Profile (3:10)',
        'Profile Unknown Unknown user permission: ViewDataLeakageEvents',
      ],
    );
    assert.deepEqual(await profileIds(project, 'Good'), [], 'one failure rolls everything back');
  });
});
