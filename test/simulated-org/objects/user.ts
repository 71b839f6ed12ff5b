import type { Row } from '../model.ts';
import { auditFields, defineObject, field, idField, type FieldDefinition } from './catalog.ts';
import { permissionFields } from './permission-fields.ts';
import { newUserLogin } from '../state.ts';
import { holds, type Viewer } from './viewer.ts';

const userSwitches = [
  'UserPermissionsMarketingUser',
  'UserPermissionsOfflineUser',
  'UserPermissionsCallCenterAutoLogin',
  'UserPermissionsSFContentUser',
  'UserPermissionsKnowledgeUser',
  'UserPermissionsInteractionUser',
  'UserPermissionsSupportUser',
  'UserPermissionsJigsawProspectingUser',
  'UserPermissionsSiteforceContributorUser',
  'UserPermissionsSiteforcePublisherUser',
  'UserPermissionsWorkDotComUserFeature',
  'UserPreferencesLightningExperiencePreferred',
] as const;

const userFields: readonly FieldDefinition[] = [
  idField(),
  field('Username', 'string', 'CFGSU', { length: 80 }),
  field('LastName', 'string', 'CFGSU', { length: 80 }),
  field('FirstName', 'string', 'CFGNSU', { length: 40 }),
  field('MiddleName', 'string', 'CFGNSU', { length: 40 }),
  field('Suffix', 'string', 'CFGNSU', { length: 40 }),
  field('Name', 'string', 'FGS', { label: 'Full Name', length: 121 }),
  field('CompanyName', 'string', 'CFGNSU', { length: 80 }),
  field('Division', 'string', 'CFGNSU', { length: 80 }),
  field('Department', 'string', 'CFGNSU', { length: 80 }),
  field('Title', 'string', 'CFGNSU', { length: 80 }),
  field('Street', 'textarea', 'CFGNSU', { length: 255 }),
  field('City', 'string', 'CFGNSU', { length: 40 }),
  field('State', 'string', 'CFGNSU', { length: 80 }),
  field('PostalCode', 'string', 'CFGNSU', { length: 20 }),
  field('Country', 'string', 'CFGNSU', { length: 80 }),
  field('Email', 'email', 'CFGSU', { length: 128 }),
  field('SenderEmail', 'email', 'CFGNSU'),
  field('SenderName', 'string', 'CFGNSU', { length: 80 }),
  field('Phone', 'phone', 'CFGNSU'),
  field('MobilePhone', 'phone', 'CFGNSU'),
  field('Alias', 'string', 'CFGSU', { length: 8 }),
  field('CommunityNickname', 'string', 'CFGSU', { label: 'Nickname', length: 40 }),
  field('IsActive', 'boolean', 'CFGSU', { label: 'Active' }),
  field('TimeZoneSidKey', 'picklist', 'CFGSU', { label: 'Time Zone' }),
  field('UserRoleId', 'reference', 'CFGNSU', { to: 'UserRole', relationship: 'UserRole' }),
  field('LocaleSidKey', 'picklist', 'CFGSU', { label: 'Locale' }),
  field('EmailEncodingKey', 'picklist', 'CFGSU', { label: 'Email Encoding' }),
  field('ProfileId', 'reference', 'CFGNSU', { to: 'Profile' }),
  field('UserType', 'picklist', 'FGNS', { picklist: ['Standard', 'AutomatedProcess', 'CsnOnly'] }),
  field('LanguageLocaleKey', 'picklist', 'CFGSU', { label: 'Language', picklist: ['en_US', 'de', 'ja', 'fr', 'es'] }),
  field('EmployeeNumber', 'string', 'CFGNSU', { length: 20 }),
  field('FederationIdentifier', 'string', 'CFGNSU', { length: 512 }),
  field('ManagerId', 'reference', 'CFGNSU', { to: 'User', relationship: 'Manager' }),
  field('DelegatedApproverId', 'reference', 'CFGNSU', { to: ['User', 'Group'], relationship: 'DelegatedApprover' }),
  field('ContactId', 'reference', 'CFGNS', { to: 'Contact' }),
  field('AccountId', 'reference', 'FGNS', { to: 'Account' }),
  field('IndividualId', 'reference', 'CFGNSU', { to: 'Individual' }),
  field('ReceivesInfoEmails', 'boolean', 'CFGSU'),
  field('ReceivesAdminInfoEmails', 'boolean', 'CFGSU'),
  field('ForecastEnabled', 'boolean', 'CFGSU'),
  field('HasUserVerifiedEmail', 'boolean', 'FGS'),
  field('HasUserVerifiedPhone', 'boolean', 'FGS'),
  field('NumberOfFailedLogins', 'int', 'FGNS'),
  field('PasswordExpirationDate', 'datetime', 'FNS', { since: 63 }),
  field('SuAccessExpirationDate', 'date', 'FGNS'),
  field('OfflineTrialExpirationDate', 'datetime', 'FNS'),
  field('LastViewedDate', 'datetime', 'FNS'),
  field('LastReferencedDate', 'datetime', 'FNS'),
  field('LastLoginDate', 'datetime', 'FNS'),
  field('LastPasswordChangeDate', 'datetime', 'FNS'),
  ...auditFields(),
  ...userSwitches.map((name) => field(name, 'boolean', 'CFU')),
];

const user = defineObject({
  name: 'User',
  keyPrefix: '005',
  fields: userFields,
  createable: true,
  updateable: true,
  rows: (viewer) => [...viewer.org.state.users.values()],
});

/** Roles are there to be asked for; the people of this org have none. */
const userRole = defineObject({
  name: 'UserRole',
  labelPlural: 'Roles',
  keyPrefix: '00E',
  fields: [
    idField(),
    field('Name', 'string', 'CFGSU', { length: 80 }),
    field('DeveloperName', 'string', 'CFGSU', { length: 80 }),
    field('ParentRoleId', 'reference', 'CFGNSU', { to: 'UserRole' }),
    field('RollupDescription', 'string', 'CFGNSU', { length: 80 }),
    field('LastModifiedDate', 'datetime', 'FS'),
    field('LastModifiedById', 'reference', 'FGS', { to: 'User' }),
    field('SystemModstamp', 'datetime', 'FS'),
  ],
  rows: () => [],
});

/** Object Reference, UserLogin: takes Manage Users. */
const userLogin = defineObject({
  name: 'UserLogin',
  keyPrefix: '0Yw',
  updateable: true,
  visible: (viewer) => holds(viewer, 'ManageUsers'),
  fields: [
    idField(),
    field('UserId', 'reference', 'FGNS', { to: 'User' }),
    field('IsFrozen', 'boolean', 'FGSU'),
    field('IsPasswordLocked', 'boolean', 'FGSU'),
    field('LastModifiedDate', 'datetime', 'FS'),
    field('LastModifiedById', 'reference', 'FGS', { to: 'User' }),
  ],
  rows: (viewer) => {
    const { users, userLogins } = viewer.org.state;
    return [...users.keys()].map((userId) => {
      const row = newUserLogin(userId);
      return userLogins.get(String(row['Id'])) ?? row;
    });
  },
});

/** One row: what the running user may do. Needs no permission at all (Object Reference, UserPermissionAccess). */
const userPermissionAccess = defineObject({
  name: 'UserPermissionAccess',
  labelPlural: 'User Permission Access',
  fields: (viewer) => [idField(), field('LastCacheUpdate', 'datetime', 'FNS'), ...permissionFields(viewer, '')],
  rows: (viewer) => [accessRow(viewer)],
});

function accessRow(viewer: Viewer): Row {
  const { permissions, userId } = viewer.caller;
  const row: Row = { Id: userId, LastCacheUpdate: null };
  for (const name of viewer.org.state.knownPermissions) row[`Permissions${name}`] = permissions.has(name);
  return row;
}

export const userObjects = [user, userRole, userLogin, userPermissionAccess];
