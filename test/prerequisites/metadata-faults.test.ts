import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { METADATA_FILES, metadataFaults, type MetadataFault } from '../../extension/prerequisites/metadata-faults.ts';

const folder = path.join(import.meta.dirname, '../../force-app/main/default');
const PROFILE = 'Defender for Cloud Apps Connector.profile-meta.xml';
const SET = 'Defender_for_Cloud_Apps_Connector.permissionset-meta.xml';
const FILES: Readonly<Record<string, string>> = {
  [PROFILE]: `profiles/${PROFILE}`,
  [SET]: `permissionsets/${SET}`,
  'Content.settings-meta.xml': 'settings/Content.settings-meta.xml',
  'Security.settings-meta.xml': 'settings/Security.settings-meta.xml',
};
const textOf = (name: string): string => readFileSync(path.join(folder, FILES[name] ?? ''), 'utf8');

const mended = (text: string, { fix }: MetadataFault): string =>
  text.slice(0, fix.start) + fix.text + text.slice(fix.end);

/** What a damage does to a file, and which prerequisite it breaks. */
const DAMAGES: readonly [name: string, damage: (text: string) => string, prerequisite: string, kind: string][] = [
  [PROFILE, without('ManageUsers'), 'permission-manage-users', 'permission-missing'],
  [PROFILE, without('ApiEnabled'), 'permission-api-enabled', 'permission-missing'],
  [PROFILE, without('ViewAllData'), 'permission-view-all-data', 'permission-missing'],
  [PROFILE, off('QueryAllFiles'), 'permission-query-all-files', 'permission-off'],
  [PROFILE, off('ManageRoles'), 'connector-profile', 'permission-off'],
  [SET, off('ModifyMetadata'), 'permission-modify-metadata', 'permission-off'],
  ['Content.settings-meta.xml', swap('true', 'false'), 'content-deliveries', 'deliveries-off'],
  ['Security.settings-meta.xml', swap('false', 'true'), 'session-ip-lock', 'sessions-locked'],
];

function without(permission: string) {
  return (text: string): string =>
    text.replace(
      new RegExp(
        ` *<userPermissions>\\s*<enabled>true</enabled>\\s*<name>${permission}</name>\\s*</userPermissions>\\n`,
      ),
      '',
    );
}

function off(permission: string) {
  return (text: string): string =>
    text.replace(new RegExp(`<enabled>true</enabled>(\\s*<name>${permission}</name>)`), '<enabled>false</enabled>$1');
}

function swap(from: string, to: string) {
  return (text: string): string => text.replace(`>${from}<`, `>${to}<`);
}

describe('faults in metadata files', () => {
  it('looks at the files of force-app, and finds none there', () => {
    assert.deepEqual([...METADATA_FILES].sort(), Object.keys(FILES).sort());
    for (const name of METADATA_FILES) assert.deepEqual(metadataFaults(name, textOf(name)), [], name);
  });

  for (const [name, damage, prerequisite, kind] of DAMAGES)
    it(`${kind} in ${name}: ${prerequisite}, and its fix gives back the file of force-app`, () => {
      const whole = textOf(name);
      const damaged = damage(whole);
      assert.notEqual(damaged, whole);
      const [fault, ...more] = metadataFaults(name, damaged);
      assert.ok(fault);
      assert.deepEqual(more, []);
      assert.equal(fault.prerequisite, prerequisite);
      assert.equal(fault.kind, kind);
      assert.ok(fault.end > fault.start);
      assert.equal(mended(damaged, fault), whole);
    });

  it('does not mind what a comment says, nor a setting that the file leaves out', () => {
    const comment = '<SecuritySettings><!-- <lockSessionsToIp>true</lockSessionsToIp> --></SecuritySettings>';
    assert.deepEqual(metadataFaults('Security.settings-meta.xml', comment), []);
    assert.deepEqual(metadataFaults('Content.settings-meta.xml', '<ContentSettings/>'), []);
  });

  it('leaves other files and half-written ones alone', () => {
    assert.deepEqual(metadataFaults('Admin.profile-meta.xml', off('ApiEnabled')(textOf(PROFILE))), []);
    assert.deepEqual(metadataFaults(PROFILE, '<Profile><userPermissions><enabled>'), []);
  });

  it('puts a permission into a profile that has none', () => {
    let text = '<Profile xmlns="x">\n</Profile>\n';
    for (let faults = metadataFaults(PROFILE, text); faults[0]; faults = metadataFaults(PROFILE, text))
      text = mended(text, faults[0]);
    assert.equal(text.match(/<userPermissions>/g)?.length, 6);
    assert.match(text, /^<Profile xmlns="x">\n {4}<userPermissions>[^]*<\/userPermissions>\n<\/Profile>\n$/);
  });
});
