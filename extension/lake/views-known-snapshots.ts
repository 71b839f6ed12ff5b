type Columns = Readonly<Record<string, string>>;

function columns(type: string, names: string): Columns {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** User permissions that are kept of profiles and permission sets; sFieldRef, PermissionSet. */
const PERMISSIONS = [
  ...['ApiEnabled', 'AssignPermissionSets', 'AuthorApex', 'CustomizeApplication', 'DataExport', 'ExportReport'],
  ...['ManageProfilesPermissionsets', 'ManageUsers', 'ModifyAllData', 'ModifyMetadata', 'QueryAllFiles'],
  ...['ResetPasswords', 'ViewAllData', 'ViewEventLogFiles', 'ViewSetup'],
];

/**
 * Columns of the daily snapshots. Object Reference: User, Profile, PermissionSetAssignment, OauthToken,
 * ConnectedApplication, ContentDocumentLink.
 */
export const KNOWN_SNAPSHOTS: Readonly<Record<string, Columns>> = {
  user_snapshot: {
    ...columns('VARCHAR', 'Id Username Name Email UserType ProfileId Profile_Name UserRoleId ManagerId Department'),
    ...columns('VARCHAR', 'FederationIdentifier'),
    ...columns('BOOLEAN', 'IsActive'),
    ...columns('TIMESTAMP', 'CreatedDate LastLoginDate LastPasswordChangeDate'),
    ...columns('VARCHAR', 'UserRole_Name'),
    ...columns('BIGINT', 'NumberOfFailedLogins'),
  },
  profile_snapshot: {
    ...columns('VARCHAR', 'Id Name UserType UserLicenseId Description'),
    ...columns('TIMESTAMP', 'CreatedDate LastModifiedDate'),
    ...columns('VARCHAR', 'LastModifiedById UserLicense_Name'),
    ...columns('BOOLEAN', PERMISSIONS.map((name) => `Permissions${name}`).join(' ')),
  },
  permission_set_assignment_snapshot: {
    ...columns('VARCHAR', 'Id AssigneeId PermissionSetId PermissionSetGroupId PermissionSet_Name PermissionSet_Label'),
    ...columns('VARCHAR', 'PermissionSet_ProfileId'),
    ...columns('BOOLEAN', 'PermissionSet_IsOwnedByProfile'),
    ...columns('TIMESTAMP', 'SystemModstamp ExpirationDate'),
    ...columns('BOOLEAN', 'IsActive IsRevoked'),
    ...columns('BOOLEAN', PERMISSIONS.map((name) => `PermissionSet_Permissions${name}`).join(' ')),
  },
  oauth_token_snapshot: {
    ...columns('VARCHAR', 'AppName AppMenuItemId UserId'),
    ...columns('TIMESTAMP', 'LastUsedDate'),
    ...columns('BIGINT', 'UseCount'),
    ...columns('TIMESTAMP', 'CreatedDate'),
  },
  connected_app_snapshot: {
    ...columns('VARCHAR', 'Id Name StartUrl'),
    ...columns('BOOLEAN', 'OptionsAllowAdminApprovedUsersOnly OptionsHasSessionLevelPolicy'),
    ...columns('BOOLEAN', 'OptionsRefreshTokenValidityMetric'),
    ...columns('BIGINT', 'RefreshTokenValidityPeriod'),
  },
  content_document_link: {
    ...columns('VARCHAR', 'Id ContentDocumentId LinkedEntityId ShareType Visibility'),
    ...columns('BOOLEAN', 'IsDeleted'),
    ...columns('TIMESTAMP', 'SystemModstamp'),
    ...columns('VARCHAR', 'LinkedEntity_Name'),
  },
};
