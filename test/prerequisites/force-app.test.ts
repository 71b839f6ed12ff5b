import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, it } from 'mocha';
import {
  CONNECTOR_CLOSURE,
  CONNECTOR_PERMISSIONS,
  CONNECTOR_PROFILE,
  CONNECTOR_SET,
} from '../../extension/prerequisites/connector.ts';
import {
  connectorProfileFile,
  connectorSetFile,
  contentSettingsFile,
  leastPrivilegeFile,
  securitySettingsFile,
} from '../../extension/prerequisites/prepare-xml.ts';
import type { Component } from '../../extension/org/deploy-package.ts';

interface ProfileXml {
  readonly Profile: { readonly userPermissions: readonly { readonly enabled: boolean; readonly name: string }[] };
}

describe('force-app', () => {
  it('holds the connector profile with the permissions that Verify looks for', async () => {
    const file = path.join(
      import.meta.dirname,
      `../../force-app/main/default/profiles/${CONNECTOR_PROFILE}.profile-meta.xml`,
    );
    const { Profile } = new XMLParser().parse(await readFile(file, 'utf8')) as ProfileXml;
    const enabled = Profile.userPermissions.filter((permission) => permission.enabled).map(({ name }) => name);
    assert.deepEqual(enabled.sort(), [...CONNECTOR_CLOSURE].sort());
    assert.ok(CONNECTOR_PERMISSIONS.every(({ name }) => enabled.includes(name)));
  });

  it('is joined by the least-privilege permission set, which its page shows to the byte', async () => {
    const page = await readFile(path.join(import.meta.dirname, '../../docs/least-privilege.md'), 'utf8');
    assert.ok(page.includes(`\`\`\`xml\n${leastPrivilegeFile().xml}\`\`\``));
  });

  it('is to the byte what prepare deploys to an org that demands no more', async () => {
    const files: readonly [path: string, component: Component][] = [
      [`profiles/${CONNECTOR_PROFILE}.profile`, connectorProfileFile(CONNECTOR_CLOSURE)],
      [`permissionsets/${CONNECTOR_SET}.permissionset`, connectorSetFile(CONNECTOR_CLOSURE)],
      ['settings/Content.settings', contentSettingsFile()],
      ['settings/Security.settings', securitySettingsFile()],
    ];
    for (const [name, { xml }] of files) {
      const file = path.join(import.meta.dirname, `../../force-app/main/default/${name}-meta.xml`);
      assert.equal(xml, await readFile(file, 'utf8'), name);
    }
  });
});
