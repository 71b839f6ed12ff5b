import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, it } from 'mocha';
import {
  CONNECTOR_CLOSURE,
  CONNECTOR_PERMISSIONS,
  CONNECTOR_PROFILE,
} from '../../extension/prerequisites/connector.ts';

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
});
