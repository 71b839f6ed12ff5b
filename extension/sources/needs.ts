export interface NamedPermission {
  /** API name, without `Permissions`. */
  readonly name: string;
  /** As Setup shows it. */
  readonly label: string;
}

/** What a source takes of its user: one of these permissions. */
export interface Need {
  readonly anyOf: readonly NamedPermission[];
  /** What stays out of sight without it. */
  readonly costs: () => string;
}

const named = (name: string, label: string): NamedPermission => ({ name, label });

export const MANAGE_USERS = named('ManageUsers', 'Manage Users');
export const MONITOR_LOGIN_HISTORY = named('MonitorLoginHistory', 'Monitor Login History');
export const VIEW_SETUP = named('ViewSetup', 'View Setup and Configuration');
export const VIEW_EVENT_LOG_FILES = named('ViewEventLogFiles', 'View Event Log Files');
export const VIEW_ALL_DATA = named('ViewAllData', 'View All Data');
export const QUERY_ALL_FILES = named('QueryAllFiles', 'Query All Files');
export const ASSIGN_PERMISSION_SETS = named('AssignPermissionSets', 'Assign Permission Sets');
export const CUSTOMIZE_APPLICATION = named('CustomizeApplication', 'Customize Application');
export const VIEW_ALL_USERS = named('ViewAllUsers', 'View All Users');
