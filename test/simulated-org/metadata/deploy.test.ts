import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createHarness, file, outcomes, permissionSetFile, profileFile, type Harness } from './harness.ts';
import { findProfile } from './profile.ts';
import { createStore } from './store.ts';
import { child, childrenNamed, childText, type XmlElement } from './xml.ts';

const permissionsOf = (org: Harness, profile: string): string[] =>
  [...(findProfile(createStore(org.state), profile)?.permissions ?? [])].sort();

const failureOf = (result: XmlElement): XmlElement | undefined =>
  childrenNamed(child(result, 'details'), 'componentFailures')[0];

describe('deploying to the simulated org', () => {
  it('creates a profile, its mirror permission set, and says so', async () => {
    const org = createHarness();
    const result = await org.deploy({
      'profiles/Night Watch.profile': profileFile('ApiEnabled', 'ViewSetup', 'ViewRoles'),
    });
    assert.equal(childText(result, 'status'), 'Succeeded');
    assert.deepEqual(outcomes(result), ['Night Watch: created']);
    assert.deepEqual(permissionsOf(org, 'Night Watch'), ['ApiEnabled', 'ViewRoles', 'ViewSetup']);
    const profile = findProfile(createStore(org.state), 'Night Watch');
    const mirror = [...org.state.permissionSets.values()].find((set) => set.profileId === profile?.id);
    assert.equal(mirror?.permissions.has('ViewSetup'), true);
    assert.deepEqual(org.changes[0], {
      action: 'profileClonedStandard',
      section: 'Manage Users',
      display: 'Created profile Night Watch: Cloned from profile Minimum Access - Salesforce',
      userId: org.state.adminUserId,
    });
    assert.equal(org.changes.length, 4);
  });

  it('overlays: what the file leaves out stays, enabled=false takes away', async () => {
    const org = createHarness();
    await org.deploy({ 'profiles/P.profile': profileFile('ApiEnabled', 'ViewRoles') });
    const result = await org.deploy({ 'profiles/P.profile': profileFile('-ApiEnabled', 'RunReports') });
    assert.deepEqual(outcomes(result), ['P: changed']);
    assert.deepEqual(permissionsOf(org, 'P'), ['RunReports', 'ViewRoles']);
  });

  it('changes nothing the second time', async () => {
    const org = createHarness();
    const files = {
      'profiles/P.profile': profileFile('ApiEnabled'),
      'permissionsets/Q.permissionset': permissionSetFile('Q', 'ApiEnabled'),
      'settings/Content.settings': file('ContentSettings', { enableContentDistribution: true }),
    };
    assert.deepEqual(outcomes(await org.deploy(files)), ['P: created', 'Q: created', 'Content: changed']);
    const told = org.changes.length;
    assert.deepEqual(outcomes(await org.deploy(files)), ['P: unchanged', 'Q: unchanged', 'Content: unchanged']);
    assert.equal(org.changes.length, told);
  });

  it('starts a profile without permissions from Minimum Access (API 60) or Standard User (before)', async () => {
    for (const [version, witness] of [
      ['66.0', 5],
      ['59.0', 54],
    ] as const) {
      const org = createHarness('no-shield');
      await org.deploy({
        'package.xml': `<Package><types><members>Bare</members><name>Profile</name></types><version>${version}</version></Package>`,
        'profiles/Bare.profile': profileFile(),
      });
      assert.equal(permissionsOf(org, 'Bare').length, witness, version);
    }
  });

  it('changes nothing with checkOnly', async () => {
    const org = createHarness();
    const before = JSON.stringify([...org.state.settings]);
    const result = await org.deploy(
      {
        'profiles/P.profile': profileFile('ApiEnabled'),
        'settings/Security.settings': file('SecuritySettings', { sessionSettings: { lockSessionsToIp: false } }),
      },
      { checkOnly: true },
    );
    assert.equal(childText(result, 'checkOnly'), 'true');
    assert.deepEqual(outcomes(result), ['P: created', 'Security: changed']);
    assert.deepEqual(permissionsOf(org, 'P'), []);
    assert.equal(JSON.stringify([...org.state.settings]), before);
    assert.deepEqual(org.changes, []);
  });

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      'an unknown permission',
      { 'profiles/P.profile': profileFile('NoSuchThing') },
      'P: Unknown user permission: NoSuchThing',
    ],
    [
      'a permission of Shield in an org without it',
      { 'permissionsets/Q.permissionset': permissionSetFile('Q', 'ViewEventLogFiles', 'ViewDataLeakageEvents') },
      'Q: Unknown user permission: ViewDataLeakageEvents',
    ],
    [
      'a missing dependency',
      { 'permissionsets/Q.permissionset': permissionSetFile('Q', 'QueryAllFiles') },
      'Q: Permission Query All Files depends on permission(s): View All Data',
    ],
    [
      'several missing dependencies',
      { 'profiles/P.profile': profileFile('ModifyMetadata', 'ViewRoles') },
      'P: Permission Modify Metadata Through Metadata API Functions depends on permission(s): View Setup and Configuration',
    ],
    [
      'a permission that the licence cannot hold',
      {
        'permissionsets/Q.permissionset': file('PermissionSet', {
          label: 'Q',
          license: 'Salesforce Integration',
          userPermissions: { enabled: true, name: 'FreezeUsers' },
        }),
      },
      "Q: The user license doesn't allow the permission: FreezeUsers",
    ],
    [
      'a licence that there is not',
      { 'profiles/P.profile': file('Profile', { userLicense: 'Gold' }) },
      'P: In field: userLicense - no UserLicense named Gold found',
    ],
    [
      'no label',
      { 'permissionsets/Q.permissionset': file('PermissionSet', {}) },
      'Q: Required field is missing: label',
    ],
    [
      'a value that is no boolean',
      { 'settings/Content.settings': file('ContentSettings', { enableContent: 'yes' }) },
      "Content: Error parsing file: 'yes' is not a valid value for the type xsd:boolean",
    ],
  ];
  for (const [what, files, problem] of refused) {
    it(`refuses ${what}`, async () => {
      const org = createHarness('no-shield');
      const result = await org.deploy(files);
      assert.equal(childText(result, 'status'), 'Failed');
      assert.deepEqual(outcomes(result), [problem]);
    });
  }

  it('says where an element is out of place', async () => {
    const org = createHarness();
    const source =
      '<?xml version="1.0" encoding="UTF-8"?>\n<Profile xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
      '    <userPermissions>\n        <enable>true</enable>\n    </userPermissions>\n</Profile>\n';
    const failed = failureOf(await org.deploy({ 'profiles/P.profile': source }));
    assert.equal(
      childText(failed, 'problem'),
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}enable invalid at this location in type ProfileUserPermission',
    );
    assert.deepEqual([childText(failed, 'lineNumber'), childText(failed, 'columnNumber')], ['4', '17']);
    assert.equal(childText(failed, 'problemType'), 'Error');
    assert.equal(childText(failed, 'fileName'), 'profiles/P.profile');
  });

  it('refuses a file that is no XML', async () => {
    const failed = failureOf(await createHarness().deploy({ 'profiles/P.profile': '<Profile>\n<custom>' }));
    assert.match(childText(failed, 'problem') ?? '', /^Error parsing file: /);
  });

  const mixed = {
    'permissionsets/Bad.permissionset': permissionSetFile('Bad', 'NoSuchThing'),
    'profiles/Good.profile': profileFile('ApiEnabled'),
  };

  it('rolls everything back on an error', async () => {
    const org = createHarness();
    const result = await org.deploy(mixed, { rollbackOnError: true });
    assert.equal(childText(result, 'status'), 'Failed');
    assert.equal(childText(result, 'success'), 'false');
    assert.deepEqual(permissionsOf(org, 'Good'), []);
    assert.deepEqual(org.changes, []);
  });

  it('does what it can without rollbackOnError', async () => {
    const org = createHarness();
    const result = await org.deploy(mixed, { rollbackOnError: false });
    assert.equal(childText(result, 'status'), 'SucceededPartial');
    assert.deepEqual(permissionsOf(org, 'Good'), ['ApiEnabled']);
  });

  it('does not let a permission go that another one needs', async () => {
    const org = createHarness();
    await org.deploy({ 'profiles/P.profile': profileFile('ViewSetup', 'ViewRoles') });
    const result = await org.deploy({ 'profiles/P.profile': profileFile('-ViewRoles') });
    assert.deepEqual(outcomes(result), [
      'P: Permission View Setup and Configuration depends on permission(s): View Roles and Role Hierarchy',
    ]);
  });

  it('overlays session settings and replaces IP ranges', async () => {
    const org = createHarness();
    const range = (start: string): object => ({ description: 'Office', end: '203.0.113.9', start });
    const settings = (networkAccess: object): string =>
      file('SecuritySettings', { networkAccess: { ...networkAccess }, sessionSettings: { lockSessionsToIp: false } });
    await org.deploy({
      'settings/Security.settings': settings({ ipRanges: [range('203.0.113.1'), range('203.0.113.5')] }),
    });
    await org.deploy({ 'settings/Security.settings': settings({ ipRanges: range('203.0.113.7') }) });
    const security = org.state.settings.get('SecuritySettings') as Record<string, Record<string, unknown>>;
    assert.deepEqual(security['networkAccess'], { ipRanges: [range('203.0.113.7')] });
    assert.equal(security['sessionSettings']?.['lockSessionsToIp'], 'false');
    assert.equal(security['sessionSettings']?.['sessionTimeout'], 'TwoHours');
    await org.deploy({ 'settings/Security.settings': settings({}) });
    assert.deepEqual(org.state.settings.get('SecuritySettings')?.['networkAccess'], {});
  });

  it('complains about a package that does not hold together', async () => {
    const org = createHarness();
    const packageXml = '<Package><types><members>Ghost</members><name>Profile</name></types></Package>';
    const result = await org.deploy({ 'package.xml': packageXml, 'profiles/P.profile': profileFile('ApiEnabled') });
    assert.deepEqual(outcomes(result), [
      "Ghost: An object 'Ghost' of type Profile was named in package.xml, but was not found in zipped directory",
      'P: Not in package.xml',
    ]);
    const unknown = await org.deploy({
      'package.xml': '<Package><types><members>*</members><name>Nonsense</name></types></Package>',
    });
    assert.equal(childText(failureOf(unknown), 'problem'), "Unknown type name 'Nonsense' specified in package.xml");
    const none = await org.deploy({ 'profiles/P.profile': profileFile() }, { singlePackage: false });
    assert.equal(childText(failureOf(none), 'problem'), 'No package.xml found');
  });

  it('deletes what destructiveChanges.xml names, unless somebody is on it', async () => {
    const org = createHarness();
    await org.deploy({
      'profiles/P.profile': profileFile('ApiEnabled'),
      'permissionsets/Q.permissionset': permissionSetFile('Q', 'ApiEnabled'),
    });
    const destructive = {
      'package.xml': '<Package><version>66.0</version></Package>',
      'destructiveChanges.xml':
        '<Package><types><members>P</members><members>Ghost</members><name>Profile</name></types>' +
        '<types><members>Q</members><name>PermissionSet</name></types></Package>',
    };
    const service = org.state.users.get(org.state.serviceUserId) as Record<string, unknown>;
    const before = service['ProfileId'];
    service['ProfileId'] = findProfile(createStore(org.state), 'P')?.id;
    assert.equal(childText(await org.deploy(destructive), 'status'), 'Failed');
    service['ProfileId'] = before;
    const result = await org.deploy(destructive);
    assert.deepEqual(outcomes(result), [
      'P: deleted',
      'destructiveChanges.xml: No Profile named: Ghost found',
      'Q: deleted',
    ]);
    assert.equal(findProfile(createStore(org.state), 'P'), undefined);
  });

  it('is Pending, then InProgress, then done, and cancels while it is not', async () => {
    const org = createHarness();
    const queued = await org.call('deploy', { ZipFile: '', DeployOptions: { singlePackage: true } });
    assert.deepEqual([childText(queued, 'done'), childText(queued, 'state')], ['false', 'Queued']);
    const id = childText(queued, 'id') as string;
    const seen = new Set<string>();
    for (let done = false; !done; await new Promise((resolve) => setTimeout(resolve, 10))) {
      const status = await org.call('checkDeployStatus', { asyncProcessId: id });
      seen.add(childText(status, 'status') as string);
      done = childText(status, 'done') === 'true';
    }
    assert.deepEqual([...seen], ['Pending', 'InProgress', 'Failed']);
    const second = childText(await org.call('deploy', { ZipFile: '', DeployOptions: {} }), 'id') as string;
    assert.equal(childText(await org.call('cancelDeploy', { String: second }), 'done'), 'true');
    const canceled = await org.call('checkDeployStatus', { asyncProcessId: second });
    assert.deepEqual([childText(canceled, 'status'), childText(canceled, 'canceledByName')], ['Canceled', 'Ada Admin']);
    assert.match(
      childText(await org.call('cancelDeploy', { String: second }), 'faultstring') ?? '',
      /^INVALID_ID_FIELD: /,
    );
  });
});
