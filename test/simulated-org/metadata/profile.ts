import type { ProfileRecord } from '../model.ts';
import { mirrorOf } from '../state.ts';
import { decodeFullName, profileFullName } from './full-name.ts';
import { ComponentError, inOrder, parseMetadataFile, type MetadataContent } from './metadata-file.ts';
import { profileType } from './metadata-types.ts';
import { standardProfilePermissions, type StandardProfile } from './permissions.ts';
import {
  checkLength,
  labelOf,
  otherElements,
  overlay,
  overlayPermissions,
  permissionChanges,
  replaceAll,
  sameContent,
  type Plan,
} from './plan.ts';
import type { MetadataStore } from './store.ts';
import { assertUserLicense } from './user-licenses.ts';

const ownElements = ['fullName', 'custom', 'description', 'userLicense', 'userPermissions'] as const;

/** The profile of that full name (`Admin`, or a name as people see it, encoded or not). */
export function findProfile(store: MetadataStore, fullName: string): ProfileRecord | undefined {
  const profiles = [...store.state.profiles.values()];
  return (
    profiles.find((profile) => profileFullName(profile) === fullName) ??
    profiles.find((profile) => profile.name === decodeFullName(fullName))
  );
}

/**
 * What deploying a profile file would do. It overlays: permissions are only taken away where the file says
 * `enabled` false. A new profile that mentions no permission and no setting gets those of Minimum Access - Salesforce
 * (API 60 and later) or Standard User (before).
 *
 * @throws ComponentError in Salesforce's words
 */
export function planProfile(store: MetadataStore, fullName: string, source: string, apiVersion: number): Plan {
  const content = parseMetadataFile(source, profileType);
  const existing = findProfile(store, fullName);
  return existing === undefined
    ? planCreate(store, fullName, content, apiVersion)
    : planUpdate(store, existing, content);
}

function planCreate(store: MetadataStore, fullName: string, content: MetadataContent, apiVersion: number): Plan {
  const userLicense = String(content['userLicense'] ?? 'Salesforce');
  assertUserLicense(userLicense);
  const extras = otherElements(content, ownElements);
  const unspecified = content['userPermissions'] === undefined && Object.keys(extras).length === 0;
  const template: StandardProfile = apiVersion >= 60 ? 'Minimum Access - Salesforce' : 'Standard User';
  const base = unspecified ? standardProfilePermissions(template, store.state.scenario) : new Set<string>();
  const permissions = overlayPermissions(store, base, content, userLicense);
  const description = String(content['description'] ?? '');
  checkLength(description, 255);
  const name = decodeFullName(fullName);
  const id = store.nextId('00e');
  const record: ProfileRecord = { id, name, custom: true, description, userLicense, permissions };
  return {
    id,
    created: true,
    changed: true,
    changes: [
      {
        action: 'profileClonedStandard',
        section: 'Manage Users',
        display: `Created profile ${name}: Cloned from profile ${template}`,
      },
      ...describeChanges(record, base, permissions),
    ],
    commit() {
      store.state.profiles.set(id, record);
      const mirror = mirrorOf(record);
      store.state.permissionSets.set(mirror.id, mirror);
      store.extras.set(id, extras);
    },
  };
}

function planUpdate(store: MetadataStore, profile: ProfileRecord, content: MetadataContent): Plan {
  const license = content['userLicense'];
  if (license !== undefined && license !== profile.userLicense) {
    throw new ComponentError(
      `Cannot change the user license of a profile from ${profile.userLicense} to ${String(license)}`,
    );
  }
  const permissions = overlayPermissions(store, profile.permissions, content, profile.userLicense);
  const description = String(content['description'] ?? profile.description);
  checkLength(description, 255);
  const before = store.extras.get(profile.id) ?? {};
  const extras = overlay(before, otherElements(content, ownElements), profileType);
  const changes = describeChanges(profile, profile.permissions, permissions);
  return {
    id: profile.id,
    created: false,
    changed: changes.length > 0 || description !== profile.description || !sameContent(before, extras),
    changes,
    commit() {
      profile.description = description;
      replaceAll(profile.permissions, permissions);
      store.extras.set(profile.id, extras);
    },
  };
}

function describeChanges(
  profile: ProfileRecord,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Plan['changes'] {
  return permissionChanges(before, after).map(({ name, enabled }) => ({
    action: profile.custom ? 'profilePermChangedCustom' : 'profilePermChangedStandard',
    section: 'Manage Users',
    display: `Changed profile ${profile.name}: general user permission ${labelOf(name)} was changed from ${
      enabled ? 'disabled to enabled' : 'enabled to disabled'
    }`,
  }));
}

/** A profile as retrieve and readMetadata give it: enabled permissions only, elements in WSDL order. */
export function profileContent(store: MetadataStore, profile: ProfileRecord): MetadataContent {
  return inOrder(
    {
      ...store.extras.get(profile.id),
      custom: String(profile.custom),
      ...(profile.description === '' ? {} : { description: profile.description }),
      userLicense: profile.userLicense,
      userPermissions: enabledPermissions(profile.permissions),
    },
    profileType,
  );
}

/** `userPermissions` entries of a set of permissions, by name. */
export function enabledPermissions(permissions: ReadonlySet<string>): readonly MetadataContent[] {
  return [...permissions].sort().map((name) => ({ enabled: 'true', name }));
}
