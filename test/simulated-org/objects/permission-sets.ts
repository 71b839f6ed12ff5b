import { makeId, numberFrom } from '../ids.ts';
import type { OrgState, PermissionSetRecord, Row } from '../model.ts';
import { mirrorOf } from '../state.ts';
import { auditFields, defineObject, field, idField, isDeletedField } from './catalog.ts';
import { permissionFields, permissionValues } from './permission-fields.ts';
import { holds, type Viewer } from './viewer.ts';

const profile = defineObject({
  name: 'Profile',
  keyPrefix: '00e',
  fields: (viewer) => [
    idField(),
    field('Name', 'string', 'FGS'),
    ...permissionFields(viewer, 'F'),
    field('UserLicenseId', 'reference', 'FGS', { to: 'UserLicense' }),
    field('UserType', 'picklist', 'FGNS'),
    field('Description', 'string', 'FGNS'),
    ...auditFields(),
  ],
  rows: profileRows,
});

const permissionSet = defineObject({
  name: 'PermissionSet',
  keyPrefix: '0PS',
  fields: (viewer) => [
    idField(),
    field('Name', 'string', 'FGS', { length: 80 }),
    field('Label', 'string', 'FGS', { length: 80 }),
    field('LicenseId', 'reference', 'FGNS', { to: 'UserLicense' }),
    field('ProfileId', 'reference', 'FGNS', { to: 'Profile' }),
    field('IsOwnedByProfile', 'boolean', 'FGS'),
    field('IsCustom', 'boolean', 'FGS'),
    field('Type', 'picklist', 'FGNS', { picklist: ['Regular', 'Profile', 'Group', 'Session', 'Standard'] }),
    ...permissionFields(viewer, 'F'),
    field('Description', 'string', 'FGNS'),
    field('NamespacePrefix', 'string', 'FGNS', { length: 15 }),
    field('HasActivationRequired', 'boolean', 'FGS'),
    field('PermissionSetGroupId', 'reference', 'FGNS', { to: 'PermissionSetGroup' }),
    ...auditFields(),
  ],
  rows: (viewer) => permissionSetsOf(viewer.org.state).map((record) => permissionSetRow(viewer, record)),
});

/** Object Reference, PermissionSetAssignment: takes one of three permissions since Summer '20. */
const permissionSetAssignment = defineObject({
  name: 'PermissionSetAssignment',
  keyPrefix: '0Pa',
  visible: (viewer) => ['ViewSetup', 'AssignPermissionSets', 'ManageUsers'].some((name) => holds(viewer, name)),
  createable: true,
  deletable: true,
  fields: [
    idField(),
    field('PermissionSetId', 'reference', 'CFGNS', { to: 'PermissionSet' }),
    field('PermissionSetGroupId', 'reference', 'CFGNS', { to: 'PermissionSetGroup' }),
    field('AssigneeId', 'reference', 'CFGNS', { to: 'User' }),
    field('ExpirationDate', 'datetime', 'CFNS'),
    field('IsActive', 'boolean', 'FGS'),
    // There where user access policies are on, as in every simulated org.
    field('IsRevoked', 'boolean', 'FGS'),
    field('SystemModstamp', 'datetime', 'FS'),
    isDeletedField(),
  ],
  rows: (viewer) => [...viewer.org.state.assignments.values(), ...profileAssignments(viewer)],
});

export const permissionObjects = [profile, permissionSet, permissionSetAssignment];

/** Id of the UserLicense with that name; null where the org has none. */
function licenseId(viewer: Viewer, name: string | null): unknown {
  return viewer.org.userLicenses.find((license) => license['Name'] === name)?.['Id'] ?? null;
}

function stamps(viewer: Viewer): Row {
  const created = viewer.org.organization['CreatedDate'];
  const by = viewer.org.state.adminUserId;
  return {
    CreatedDate: created,
    CreatedById: by,
    LastModifiedDate: created,
    LastModifiedById: by,
    SystemModstamp: created,
  };
}

function profileRows(viewer: Viewer): Row[] {
  const { profiles, knownPermissions } = viewer.org.state;
  return [...profiles.values()].map((record) => ({
    Id: record.id,
    Name: record.name,
    ...permissionValues(knownPermissions, record.permissions),
    UserLicenseId: licenseId(viewer, record.userLicense),
    UserType: 'Standard',
    Description: record.description === '' ? null : record.description,
    ...stamps(viewer),
  }));
}

/** Permission sets and, for every profile, the one that mirrors it. */
function permissionSetsOf(state: OrgState): PermissionSetRecord[] {
  const records = [...state.permissionSets.values()].filter(
    ({ profileId }) => profileId === null || state.profiles.has(profileId),
  );
  const mirrored = new Set(records.map(({ profileId }) => profileId));
  const missing = [...state.profiles.values()].filter(({ id }) => !mirrored.has(id));
  return [...records, ...missing.map(mirrorOf)];
}

function permissionSetRow(viewer: Viewer, record: PermissionSetRecord): Row {
  const { profiles, knownPermissions } = viewer.org.state;
  const owner = record.profileId === null ? undefined : profiles.get(record.profileId);
  return {
    Id: record.id,
    Name: record.name,
    Label: record.label,
    LicenseId: licenseId(viewer, owner?.userLicense ?? record.license),
    ProfileId: record.profileId,
    IsOwnedByProfile: record.profileId !== null,
    IsCustom: owner?.custom ?? true,
    Type: record.profileId === null ? 'Regular' : 'Profile',
    ...permissionValues(knownPermissions, owner?.permissions ?? record.permissions),
    Description: record.description === '' ? null : record.description,
    NamespacePrefix: null,
    HasActivationRequired: false,
    PermissionSetGroupId: null,
    ...stamps(viewer),
  };
}

/** Every user is assigned the permission set that mirrors their profile. */
function profileAssignments(viewer: Viewer): Row[] {
  const { state } = viewer.org;
  const mirrors = new Map(permissionSetsOf(state).map((record) => [record.profileId, record.id]));
  return [...state.users.values()].map((user) => ({
    Id: makeId('0Pa', numberFrom(`${String(user['Id'])}/${String(user['ProfileId'])}`)),
    PermissionSetId: mirrors.get(String(user['ProfileId'])) ?? null,
    PermissionSetGroupId: null,
    AssigneeId: user['Id'],
    ExpirationDate: null,
    IsActive: true,
    IsRevoked: false,
    SystemModstamp: user['SystemModstamp'] ?? null,
    IsDeleted: false,
  }));
}
