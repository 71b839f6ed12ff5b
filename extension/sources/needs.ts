import { t } from '@vscode/l10n';

export interface NamedPermission {
  /** API name, without `Permissions`. */
  readonly name: string;
  /** As Setup shows it, in the reader's language. */
  readonly label: string;
}

/** What a source takes of its user: one of these permissions. */
export interface Need {
  readonly anyOf: readonly NamedPermission[];
  /** What stays out of sight without it. */
  readonly costs: () => string;
  /** The connector does without it on purpose: told where it is lacking, but what is seen without it is all that is wanted. */
  readonly isOptional?: true;
}

const named = (name: string, label: () => string): NamedPermission => ({
  name,
  get label() {
    return label();
  },
});

export const MANAGE_USERS = named('ManageUsers', () => t('Manage Users'));
export const MONITOR_LOGIN_HISTORY = named('MonitorLoginHistory', () => t('Monitor Login History'));
export const VIEW_SETUP = named('ViewSetup', () => t('View Setup and Configuration'));
export const VIEW_EVENT_LOG_FILES = named('ViewEventLogFiles', () => t('View Event Log Files'));
export const VIEW_ALL_DATA = named('ViewAllData', () => t('View All Data'));
export const QUERY_ALL_FILES = named('QueryAllFiles', () => t('Query All Files'));
export const ASSIGN_PERMISSION_SETS = named('AssignPermissionSets', () => t('Assign Permission Sets'));
export const CUSTOMIZE_APPLICATION = named('CustomizeApplication', () => t('Customize Application'));
export const VIEW_ALL_USERS = named('ViewAllUsers', () => t('View All Users'));
export const API_ENABLED = named('ApiEnabled', () => t('API Enabled'));
