/** API names of the user permissions that say what an account could do; sFieldRef, PermissionSet, as `Permissions<name>`. */
export const PERMISSIONS_THAT_MATTER: readonly string[] = [
  'ApiEnabled',
  'AssignPermissionSets',
  'AuthorApex',
  'CustomizeApplication',
  'DataExport',
  'ExportReport',
  'ManageProfilesPermissionsets',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'QueryAllFiles',
  'ResetPasswords',
  'ViewAllData',
  'ViewEventLogFiles',
  'ViewSetup',
];
