import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  findPermission,
  firstUnmetRequirement,
  permissionCatalog,
  permissionsInOrg,
  requiredBy,
  standardProfilePermissions,
} from './permissions.ts';

const seeds = ['ApiEnabled', 'ViewAllData', 'ContentAdministrator', 'ManageUsers', 'QueryAllFiles', 'ModifyMetadata'];

describe('user permissions of the simulated org', () => {
  it('knows at least 150, each once, with a label', () => {
    assert.ok(permissionCatalog.length >= 150);
    assert.equal(new Set(permissionCatalog.map(({ apiName }) => apiName)).size, permissionCatalog.length);
    assert.ok(permissionCatalog.every(({ label }) => label !== ''));
  });

  it('closes the six permissions of the connector to the documented 25', () => {
    assert.equal(
      requiredBy(seeds).join(' '),
      [
        'ApiEnabled AssignPermissionSets ContentAdministrator DelegatedTwoFactor ManageContentPermissions',
        'ManageContentProperties ManageContentTypes ManageInternalUsers ManageIpAddresses ManageLoginAccessPolicies',
        'ManagePasswordPolicies ManageProfilesPermissionsets ManageRoles ManageSharing ManageUsers ModifyMetadata',
        'QueryAllFiles ResetPasswords ViewAllData ViewAllUsers ViewEventLogFiles ViewPublicDashboards',
        'ViewPublicReports ViewRoles ViewSetup',
      ].join(' '),
    );
  });

  it('has the permissions of Shield only where the org has Shield', () => {
    const names = ['ViewDataLeakageEvents', 'ViewPlatformEvents', 'ViewAnomalyEvents'];
    const shield = permissionsInOrg({ eventMonitoring: 'shield' });
    const free = permissionsInOrg({ eventMonitoring: 'free' });
    assert.deepEqual(
      names.map((name) => [shield.has(name), free.has(name)]),
      names.map(() => [true, false]),
    );
  });

  it('gives standard profiles whole sets, and System Administrator no Query All Files', () => {
    for (const eventMonitoring of ['shield', 'free'] as const) {
      for (const profile of ['System Administrator', 'Standard User', 'Minimum Access - Salesforce'] as const) {
        assert.equal(
          firstUnmetRequirement(standardProfilePermissions(profile, { eventMonitoring })),
          undefined,
          profile,
        );
      }
      const administrator = standardProfilePermissions('System Administrator', { eventMonitoring });
      assert.ok(administrator.has('ModifyMetadata') && administrator.has('ViewAllData'));
      assert.ok(!administrator.has('QueryAllFiles'));
    }
  });

  it('requires only permissions that exist', () => {
    for (const { requires } of permissionCatalog) {
      for (const name of requires) assert.ok(findPermission(name), name);
    }
  });

  it('is closed after requiredBy, and taking a requirement away shows', () => {
    const anyNames = fc.subarray(permissionCatalog.map(({ apiName }) => apiName));
    fc.assert(
      fc.property(anyNames, (names) => {
        const closure = new Set(requiredBy(names));
        assert.equal(firstUnmetRequirement(closure), undefined);
        for (const name of names) {
          const required = findPermission(name)?.requires[0];
          if (required === undefined) continue;
          const without = new Set(closure);
          without.delete(required);
          assert.ok(firstUnmetRequirement(without)?.missing.includes(required));
        }
      }),
    );
  });
});
