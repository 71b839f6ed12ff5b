/** What an administrator did in Setup. `{…}` in `display` stand for values; see `values.ts`. */
export interface SetupAction {
  readonly action: string;
  readonly section: string | null;
  readonly display: string;
  readonly weight: number;
  readonly by: 'administrator' | 'developer' | 'anyone' | 'system' | 'login-as';
  /** Managed package that was responsible. */
  readonly namespace?: string;
}

const users = (
  action: string,
  weight: number,
  display: string,
  by: SetupAction['by'] = 'administrator',
): SetupAction => ({
  action,
  section: 'Manage Users',
  display,
  weight,
  by,
});

export const setupActions: readonly SetupAction[] = [
  users('createduser', 5, 'Created new user {user}'),
  users('activateduser', 1, 'Activated user {user} (UserID: [{userId}])'),
  users('deactivateduser', 3, 'Deactivated user {user} (UserID: [{userId}])'),
  users('frozeuser', 2, 'Froze user account for {user}'),
  users('unfrozeuser', 1, 'Unfroze user account for {user}'),
  users('unlockeduser', 3, 'Unlocked user {username} (UserID: [{userId}])'),
  users('resetpassword', 8, 'Reset password for user {user}'),
  users('changedpassword', 6, 'Set new password for user {actor}', 'anyone'),
  users('changedprofileforuser', 3, 'Changed profile for user {user} from {profile} to {otherProfile}'),
  users('changedroleforuser', 3, 'Changed role for user {user} from {role} to {otherRole}'),
  users('changedemail', 2, 'Changed email for user {user} (UserID: [{userId}]) from {username} to {otherMail}'),
  users(
    'useremailchangesent',
    2,
    'Email change attempted for user {user} (UserID: [{userId}]) from {username} to {otherMail}',
  ),
  users('changedManager', 2, 'The manager for user {user} (UserID: [{userId}]) changed from {otherUser} to {actor}'),
  users('changedsfcontentuseroffon', 1, 'For user {user}, changed Salesforce CRM Content user from off to on'),
  users(
    'changedUserEmailVerifiedStatusVerified',
    4,
    'For user {actorUsername}, the User Verified Email status changed to verified',
    'anyone',
  ),
  users('insertTwoFactorInfo2', 5, 'Time-Based Token added for {actorUsername}', 'anyone'),
  users('deleteTwoFactorInfo2', 1, 'Time-Based Token removed for {username}'),
  users(
    'insertAuthenticatorPairing',
    4,
    'Salesforce Authenticator pairing "Salesforce Authenticator Pairing" added for {actorUsername}',
    'anyone',
  ),
  users('PermSetAssign', 14, 'Permission set {permissionSet}: assigned to user {user} (UserID: [{userId}])'),
  users('PermSetUnassign', 7, 'Permission set {permissionSet}: unassigned from user {user} (UserID: [{userId}])'),
  users('PermSetGroupAssign', 3, 'Permission set group {permissionSet}: assigned to user {user} (UserID: [{userId}])'),
  users('PermSetCreateNoLicense', 1, 'Created permission set {permissionSet}: with no license'),
  users(
    'PermSetEnableUserPerm',
    4,
    'Changed permission set {permissionSet}: {permission} permission was changed from disabled to enabled',
  ),
  users(
    'PermSetDisableUserPerm',
    2,
    'Changed permission set {permissionSet}: {permission} permission was changed from enabled to disabled',
  ),
  users(
    'PermSetFlsChanged',
    5,
    'Changed permission set {permissionSet}: field-level security for {object}: {field} was changed from No Access to Edit',
    'developer',
  ),
  users(
    'PermSetEntityPermChanged',
    3,
    'Changed permission set {permissionSet}: {object} object permissions were changed from No Access to Read, Create, Edit',
    'developer',
  ),
  users(
    'profilePageLayoutChangedStandard',
    3,
    'Changed profile {profile}: {object} page layout was changed from {object} Layout to {object} Layout 2027',
    'developer',
  ),
  users('suOrgAdminLogin', 4, 'Logged in using Login-As access for {user}'),
  users('loginIpRange', 1, 'Added Login Ip Range to {profile} from 192.0.2.16 to 192.0.2.31'),
  {
    action: 'groupMembership',
    section: 'Groups',
    display: 'Changed membership of Group {group}',
    weight: 5,
    by: 'administrator',
  },
  {
    action: 'createdgroup',
    section: 'Groups',
    display: 'Created Public Group {group}',
    weight: 1,
    by: 'administrator',
  },
  {
    action: 'updatedgroup',
    section: 'Groups',
    display: 'Updated Public Group {group}: Changed DoesIncludeBosses from 1 to 0',
    weight: 1,
    by: 'login-as',
  },
  {
    action: 'changedApexClass',
    section: 'Apex Class',
    display: 'Changed {apexClass} Apex Class code',
    weight: 9,
    by: 'developer',
  },
  {
    action: 'createdApexClass',
    section: 'Apex Class',
    display: 'Created {apexClass} Apex Class code',
    weight: 3,
    by: 'developer',
  },
  {
    action: 'changedApexTrigger',
    section: 'Apex Trigger',
    display: 'Changed {object} Trigger code: {object}Trigger ',
    weight: 2,
    by: 'developer',
  },
  {
    action: 'createdCF',
    section: 'Customize Opportunities',
    display: 'Created custom field: {field} (Picklist)',
    weight: 2,
    by: 'developer',
  },
  {
    action: 'createdCFCustom',
    section: 'Custom Objects',
    display: 'Created custom field {field} (Picklist) on Rental Contract',
    weight: 2,
    by: 'developer',
  },
  {
    action: 'installedpackagingapp',
    section: 'Custom Apps',
    display: 'Installed AppExchange package: Ridge Route Planner',
    weight: 0.6,
    by: 'administrator',
    namespace: 'ridge',
  },
  {
    action: 'PermissionSetGroupCalculationComplete',
    section: 'Permission Set Group',
    display: 'Permission set group calculation completed : {permissionSet}',
    weight: 4,
    by: 'system',
  },
  {
    action: 'PermissionSelfHealing',
    section: null,
    display:
      'Changed Profile {profile}: Enabled {object}<update> permission because Convert Leads has already been enabled.',
    weight: 1,
    by: 'system',
  },
  {
    action: 'loginasgrantedtosfdc',
    section: null,
    display: '{actorUsername} has granted salesforce.com login access through 12/31/2026',
    weight: 1,
    by: 'anyone',
  },
  { action: 'createScratchOrg', section: null, display: 'Created scratch org', weight: 2, by: 'developer' },
];
