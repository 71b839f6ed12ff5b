import assert from 'node:assert/strict';
import jsforce from 'jsforce';
import { after, before, describe, it } from 'mocha';
import { startSimulatedOrg, type SimulatedOrg } from '../simulated-org/server.ts';
import { profileFile, zipOf } from '../simulated-org/metadata/harness.ts';

describe('jsforce and the Metadata API of the simulated org', function () {
  this.timeout(60_000);
  let org: SimulatedOrg;
  let admin: jsforce.Connection;
  before(async () => {
    org = await startSimulatedOrg({ scenario: 'locked-sessions', scale: 0.1 });
    admin = new jsforce.Connection({
      instanceUrl: org.instanceUrl,
      accessToken: org.admin.accessToken,
      version: '66.0',
    });
    admin.metadata.pollInterval = 50;
  });
  after(() => org.close());

  it('reads settings with the types that it knows', async () => {
    const security = await admin.metadata.read('SecuritySettings', 'Security');
    assert.equal(security.sessionSettings?.lockSessionsToIp, true);
    const content = await admin.metadata.read('ContentSettings' as 'SecuritySettings', 'Content');
    assert.equal((content as { enableContentDistribution?: unknown }).enableContentDistribution, true);
  });

  it('reads several profiles at once, those that there are', async () => {
    const [connector, ghost] = await admin.metadata.read('Profile', ['Defender for Cloud Apps Connector', 'Ghost']);
    assert.equal(connector?.userPermissions.length, 25);
    assert.deepEqual(connector?.userPermissions[0], { enabled: true, name: 'ApiEnabled' });
    assert.equal(connector?.userLicense, 'Salesforce');
    assert.equal(ghost?.fullName, undefined);
  });

  it('lists and describes', async () => {
    const profiles = await admin.metadata.list([{ type: 'Profile' }]);
    const connector = profiles.find(({ fullName }) => fullName === 'Defender for Cloud Apps Connector');
    assert.equal(connector?.fileName, 'profiles/Defender for Cloud Apps Connector.profile');
    assert.ok(profiles.some(({ fullName }) => fullName === 'Admin'));
    const { metadataObjects, partialSaveAllowed } = await admin.metadata.describe();
    assert.equal(partialSaveAllowed, true);
    assert.deepEqual(metadataObjects.map(({ xmlName }) => xmlName).sort(), [
      'ExternalClientApplication',
      'ExtlClntAppGlobalOauthSettings',
      'ExtlClntAppOauthConfigurablePolicies',
      'ExtlClntAppOauthSettings',
      'PermissionSet',
      'Profile',
      'Settings',
    ]);
  });

  it('deploys, and follows the deployment to its end', async () => {
    const zip = await zipOf({ 'profiles/From jsforce.profile': profileFile('ApiEnabled') });
    const result = await admin.metadata.deploy(zip, { singlePackage: true, rollbackOnError: true }).complete(true);
    assert.deepEqual([result.status, result.success, result.numberComponentsDeployed], ['Succeeded', true, 1]);
    const trail = await admin.query<{ Display: string }>(
      "SELECT Display FROM SetupAuditTrail WHERE Action = 'profileClonedStandard' ORDER BY CreatedDate DESC LIMIT 1",
    );
    assert.match(trail.records[0]?.Display ?? '', /^Created profile From jsforce: /);
  });

  it('is told by code that a user may not use it', async () => {
    const zip = await zipOf({ 'profiles/Bare.profile': profileFile('ApiEnabled') });
    await admin.metadata.deploy(zip, { singlePackage: true, rollbackOnError: true }).complete();
    const profile = await admin.query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Bare'");
    await admin.sobject('User').update({ Id: org.service.userId, ProfileId: profile.records[0]?.Id ?? '' });
    const service = new jsforce.Connection({
      instanceUrl: org.instanceUrl,
      accessToken: org.accessToken,
      version: '66.0',
    });
    await assert.rejects(service.metadata.describe(), { errorCode: 'sf:INSUFFICIENT_ACCESS' });
  });
});
