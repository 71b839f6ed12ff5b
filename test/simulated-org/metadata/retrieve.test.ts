import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { createHarness, file, permissionSetFile, profileFile } from './harness.ts';
import { child, childrenNamed, childText, parseXml } from './xml.ts';

const forceApp = join(import.meta.dirname, '../../../force-app/main/default');

/** force-app in metadata format: `profiles/X.profile-meta.xml` becomes `profiles/X.profile`. */
async function forceAppFiles(): Promise<Record<string, string>> {
  const paths = await readdir(forceApp, { recursive: true });
  const sources = paths.filter((path) => path.endsWith('-meta.xml'));
  return Object.fromEntries(
    await Promise.all(
      sources.map(async (path) => [path.replace(/-meta\.xml$/, ''), await readFile(join(forceApp, path), 'utf8')]),
    ),
  ) as Record<string, string>;
}

describe('reading from the simulated org', () => {
  it('gives back force-app to the byte, and prepares an org that has nothing', async () => {
    const org = createHarness('fresh');
    const files = await forceAppFiles();
    assert.equal(childText(await org.deploy(files), 'status'), 'Succeeded');
    assert.equal(org.state.settings.get('ContentSettings')?.['enableContentDistribution'], 'true');
    const retrieved = await org.retrieve({
      PermissionSet: ['Defender_for_Cloud_Apps_Connector'],
      Profile: ['Defender for Cloud Apps Connector'],
      Settings: ['Content', 'Security'],
    });
    for (const [path, content] of Object.entries(files))
      assert.equal(retrieved.get(`unpackaged/${path}`), content, path);
    assert.equal(retrieved.size, Object.keys(files).length + 1);
    const manifest = parseXml(retrieved.get('unpackaged/package.xml') as string);
    assert.equal(childText(manifest, 'version'), '66.0');
  });

  it('retrieves enabled permissions only, and what the org itself has no place for', async () => {
    const org = createHarness();
    const ranges = { endAddress: '203.0.113.9', startAddress: '203.0.113.1' };
    await org.deploy({
      'profiles/P.profile': file('Profile', {
        loginIpRanges: ranges,
        objectPermissions: { allowRead: true, object: 'Account' },
        userPermissions: [
          { enabled: true, name: 'ApiEnabled' },
          { enabled: false, name: 'RunReports' },
        ],
      }),
    });
    await org.deploy({
      'profiles/P.profile': file('Profile', { objectPermissions: { allowRead: true, object: 'Contact' } }),
    });
    const profile = parseXml((await org.retrieve({ Profile: ['P'] })).get('unpackaged/profiles/P.profile') as string);
    assert.deepEqual(
      profile.children.map((element) => element.name),
      ['custom', 'loginIpRanges', 'objectPermissions', 'objectPermissions', 'userLicense', 'userPermissions'],
    );
    assert.equal(childText(child(profile, 'userPermissions'), 'name'), 'ApiEnabled');
  });

  it('takes and gives names that have to be encoded', async () => {
    const org = createHarness();
    await org.deploy({ 'profiles/Admin%28no super%29 é.profile': profileFile('ApiEnabled') });
    const names = childrenNamed({ ...(await list(org, 'Profile')), name: 'result' }, 'result').map((entry) =>
      childText(entry, 'fullName'),
    );
    assert.ok(names.includes('Admin%28no super%29 %C3%A9'));
    assert.ok(names.includes('Admin') && names.includes('Standard'));
    const files = await org.retrieve({ Profile: ['Admin%28no super%29 %C3%A9'] });
    assert.ok(files.has('unpackaged/profiles/Admin%28no super%29 %C3%A9.profile'));
  });

  it('retrieves everything for *, and says what it does not find', async () => {
    const org = createHarness();
    const files = await org.retrieve({ Profile: ['*', 'Ghost'], Settings: ['*'], Nonsense: ['*'] });
    assert.ok(files.has('unpackaged/profiles/Minimum Access - Salesforce.profile'));
    assert.ok(files.has('unpackaged/settings/Event.settings'));
  });

  it('reads records by type, nil for what is not there', async () => {
    const org = createHarness('locked-sessions');
    const result = await org.call('readMetadata', { type: 'SecuritySettings', fullNames: ['Security', 'Ghost'] });
    const records = childrenNamed(result, 'records');
    assert.equal(childText(child(records[0], 'sessionSettings'), 'lockSessionsToIp'), 'true');
    assert.equal(childText(records[0], 'fullName'), 'Security');
    assert.deepEqual([records.length, records[1]?.children.length], [2, 0]);
    const profile = child(await org.call('readMetadata', { type: 'Profile', fullNames: 'Admin' }), 'records');
    assert.equal(childText(profile, 'custom'), 'false');
    assert.ok(childrenNamed(profile, 'userPermissions').length > 150);
    const unknown = await org.call('readMetadata', { type: 'Nonsense', fullNames: 'X' });
    assert.equal(childText(unknown, 'faultcode'), 'sf:INVALID_TYPE');
  });

  it('describes its types', async () => {
    const described = await createHarness().call('describeMetadata', { asOfVersion: '66.0' });
    assert.deepEqual(
      childrenNamed(described, 'metadataObjects').map((entry) => childText(entry, 'xmlName')),
      [
        'ExternalClientApplication',
        'ExtlClntAppGlobalOauthSettings',
        'ExtlClntAppOauthConfigurablePolicies',
        'ExtlClntAppOauthSettings',
        'PermissionSet',
        'Profile',
        'Settings',
      ],
    );
  });

  it('refuses whoever may not use the Metadata API, and what it does not know', async () => {
    const org = createHarness();
    const nobody = { userId: org.state.serviceUserId, permissions: new Set(['ApiEnabled']) };
    const refused = await org.call('describeMetadata', {}, nobody);
    assert.equal(childText(refused, 'faultcode'), 'sf:INSUFFICIENT_ACCESS');
    assert.match(childText(refused, 'faultstring') ?? '', /^INSUFFICIENT_ACCESS: /);
    const deployer = { userId: org.state.serviceUserId, permissions: new Set(['ModifyMetadata']) };
    assert.equal((await org.call('describeMetadata', {}, deployer)).name, 'result');
    assert.match(childText(await org.call('conquer', {}), 'faultstring') ?? '', /^No operation available for request/);
    const broken = await org.api.soap('<nonsense', org.admin);
    assert.equal(broken.status, 500);
  });

  it('shows when and by whom a component was changed', async () => {
    const org = createHarness();
    await org.deploy({ 'permissionsets/Q.permissionset': permissionSetFile('Q', 'ApiEnabled') });
    const entry = child(await list(org, 'PermissionSet'), 'result');
    assert.equal(childText(entry, 'fileName'), 'permissionsets/Q.permissionset');
    assert.equal(childText(entry, 'lastModifiedByName'), 'Ada Admin');
  });
});

/** The whole listMetadataResponse: one `<result>` a component. */
async function list(org: ReturnType<typeof createHarness>, type: string): Promise<ReturnType<typeof parseXml>> {
  const envelope =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body xmlns="http://soap.sforce.com/2006/04/metadata">' +
    `<listMetadata><queries><type>${type}</type></queries><asOfVersion>66.0</asOfVersion></listMetadata></e:Body></e:Envelope>`;
  const reply = await org.api.soap(envelope, org.admin);
  return child(parseXml(reply.xml), 'Body')?.children[0] as ReturnType<typeof parseXml>;
}
