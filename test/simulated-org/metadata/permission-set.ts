import type { PermissionSetRecord } from '../model.ts';
import { ComponentError, inOrder, parseMetadataFile, type MetadataContent } from './metadata-file.ts';
import { permissionSetType } from './metadata-types.ts';
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
import { enabledPermissions } from './profile.ts';
import type { MetadataStore } from './store.ts';
import { assertUserLicense } from './user-licenses.ts';

const ownElements = ['fullName', 'description', 'label', 'license', 'userPermissions'] as const;

/** Permission sets that people made, not those that mirror a profile. */
export function ownPermissionSets(store: MetadataStore): PermissionSetRecord[] {
  return [...store.state.permissionSets.values()].filter((set) => set.profileId === null);
}

export function findPermissionSet(store: MetadataStore, fullName: string): PermissionSetRecord | undefined {
  return ownPermissionSets(store).find((set) => set.name === fullName);
}

/**
 * What deploying a permission set file would do: create it, or lay the file over the one that is there.
 *
 * @throws ComponentError in Salesforce's words
 */
export function planPermissionSet(store: MetadataStore, fullName: string, source: string): Plan {
  const content = parseMetadataFile(source, permissionSetType);
  const existing = findPermissionSet(store, fullName);
  return existing === undefined ? planCreate(store, fullName, content) : planUpdate(store, existing, content);
}

function planCreate(store: MetadataStore, fullName: string, content: MetadataContent): Plan {
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(fullName)) {
    throw new ComponentError(
      'The API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, ' +
        'not include spaces, not end with an underscore, and not contain two consecutive underscores.',
    );
  }
  if (content['label'] === undefined) throw new ComponentError('Required field is missing: label');
  const license = content['license'] === undefined ? null : String(content['license']);
  if (license !== null) assertUserLicense(license);
  const permissions = overlayPermissions(store, new Set(), content, license);
  const description = String(content['description'] ?? '');
  checkLength(description, 255);
  const extras = otherElements(content, ownElements);
  const id = store.nextId('0PS');
  const record: PermissionSetRecord = {
    id,
    name: fullName,
    label: String(content['label']),
    description,
    license,
    permissions,
    profileId: null,
  };
  return {
    id,
    created: true,
    changed: true,
    changes: [
      {
        action: license === null ? 'PermSetCreateNoLicense' : 'PermSetCreate',
        section: 'Manage Users',
        display: `Created permission set ${record.label}: ${license === null ? 'with no license' : `with User License ${license}`}`,
      },
      ...describeChanges(record.label, new Set(), permissions),
    ],
    commit() {
      store.state.permissionSets.set(id, record);
      store.extras.set(id, extras);
    },
  };
}

function planUpdate(store: MetadataStore, set: PermissionSetRecord, content: MetadataContent): Plan {
  const permissions = overlayPermissions(store, set.permissions, content, set.license);
  const label = String(content['label'] ?? set.label);
  const description = String(content['description'] ?? set.description);
  checkLength(description, 255);
  const before = store.extras.get(set.id) ?? {};
  const extras = overlay(before, otherElements(content, ownElements), permissionSetType);
  const changes = describeChanges(label, set.permissions, permissions);
  const same = label === set.label && description === set.description && sameContent(before, extras);
  return {
    id: set.id,
    created: false,
    changed: changes.length > 0 || !same,
    changes,
    commit() {
      set.label = label;
      set.description = description;
      replaceAll(set.permissions, permissions);
      store.extras.set(set.id, extras);
    },
  };
}

function describeChanges(label: string, before: ReadonlySet<string>, after: ReadonlySet<string>): Plan['changes'] {
  return permissionChanges(before, after).map(({ name, enabled }) => ({
    action: enabled ? 'PermSetEnableUserPerm' : 'PermSetDisableUserPerm',
    section: 'Manage Users',
    display: `Changed permission set ${label}: ${labelOf(name)} permission was changed from ${
      enabled ? 'disabled to enabled' : 'enabled to disabled'
    }`,
  }));
}

/** A permission set as retrieve and readMetadata give it. */
export function permissionSetContent(store: MetadataStore, set: PermissionSetRecord): MetadataContent {
  return inOrder(
    {
      hasActivationRequired: 'false',
      ...store.extras.get(set.id),
      ...(set.description === '' ? {} : { description: set.description }),
      label: set.label,
      ...(set.license === null ? {} : { license: set.license }),
      userPermissions: enabledPermissions(set.permissions),
    },
    permissionSetType,
  );
}
