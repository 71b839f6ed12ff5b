/** The dedicated profile of force-app, for the service account. */
export const CONNECTOR_PROFILE = 'Defender for Cloud Apps Connector';

/** API name of the permission set of force-app that holds the same. */
export const CONNECTOR_SET = 'Defender_for_Cloud_Apps_Connector';

export interface ConnectorPermission {
  readonly id: string;
  /** Setup label. */
  readonly label: string;
  /** Metadata API name; the sObject field is `Permissions` + name. */
  readonly name: string;
  /** What Orgwatch needs it for, after "Without it, ". */
  readonly without: string;
}

/** The six permissions that the connector asks for. */
export const CONNECTOR_PERMISSIONS: readonly ConnectorPermission[] = [
  {
    id: 'permission-api-enabled',
    label: 'API Enabled',
    name: 'ApiEnabled',
    without: 'no request of Orgwatch is answered',
  },
  {
    id: 'permission-view-all-data',
    label: 'View All Data',
    name: 'ViewAllData',
    without: 'events and records of other users stay out of sight',
  },
  {
    id: 'permission-manage-crm-content',
    label: 'Manage Salesforce CRM Content',
    name: 'ContentAdministrator',
    without: 'content in libraries of other users stays out of sight',
  },
  {
    id: 'permission-manage-users',
    label: 'Manage Users',
    name: 'ManageUsers',
    without: 'sign-ins of other users, and where they came from, stay out of sight',
  },
  {
    id: 'permission-query-all-files',
    label: 'Query All Files',
    name: 'QueryAllFiles',
    without: 'only files shared with the account can be inspected',
  },
  {
    id: 'permission-modify-metadata',
    label: 'Modify Metadata Through Metadata API Functions',
    name: 'ModifyMetadata',
    without: 'the security and content settings of the org cannot be read',
  },
];

/** The six and all that they drag in: what force-app/main/default/profiles holds. */
export const CONNECTOR_CLOSURE: readonly string[] = [
  'ApiEnabled',
  'AssignPermissionSets',
  'ContentAdministrator',
  'DelegatedTwoFactor',
  'ManageContentPermissions',
  'ManageContentProperties',
  'ManageContentTypes',
  'ManageInternalUsers',
  'ManageIpAddresses',
  'ManageLoginAccessPolicies',
  'ManagePasswordPolicies',
  'ManageProfilesPermissionsets',
  'ManageRoles',
  'ManageSharing',
  'ManageUsers',
  'ModifyMetadata',
  'QueryAllFiles',
  'ResetPasswords',
  'ViewAllData',
  'ViewAllUsers',
  'ViewEventLogFiles',
  'ViewPublicDashboards',
  'ViewPublicReports',
  'ViewRoles',
  'ViewSetup',
];
