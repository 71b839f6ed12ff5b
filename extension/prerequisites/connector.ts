import { t } from '@vscode/l10n';
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
  readonly title: () => string;
  /** What Orgwatch needs it for. */
  readonly without: () => string;
}

/** The six permissions that the connector asks for. */
export const CONNECTOR_PERMISSIONS: readonly ConnectorPermission[] = [
  {
    id: 'permission-api-enabled',
    label: 'API Enabled',
    name: 'ApiEnabled',
    title: () => t('Permission: API Enabled'),
    without: () => t('Without it, no request of Orgwatch is answered.'),
  },
  {
    id: 'permission-view-all-data',
    label: 'View All Data',
    name: 'ViewAllData',
    title: () => t('Permission: View All Data'),
    without: () => t('Without it, events and records of other users stay out of sight.'),
  },
  {
    id: 'permission-manage-crm-content',
    label: 'Manage Salesforce CRM Content',
    name: 'ContentAdministrator',
    title: () => t('Permission: Manage Salesforce CRM Content'),
    without: () => t('Without it, content in libraries of other users stays out of sight.'),
  },
  {
    id: 'permission-manage-users',
    label: 'Manage Users',
    name: 'ManageUsers',
    title: () => t('Permission: Manage Users'),
    without: () => t('Without it, sign-ins of other users, and where they came from, stay out of sight.'),
  },
  {
    id: 'permission-query-all-files',
    label: 'Query All Files',
    name: 'QueryAllFiles',
    title: () => t('Permission: Query All Files'),
    without: () => t('Without it, only files shared with the account can be inspected.'),
  },
  {
    id: 'permission-modify-metadata',
    label: 'Modify Metadata Through Metadata API Functions',
    name: 'ModifyMetadata',
    title: () => t('Permission: Modify Metadata Through Metadata API Functions'),
    without: () => t('Without it, the security and content settings of the org cannot be read.'),
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
