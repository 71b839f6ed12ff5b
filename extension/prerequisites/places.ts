import { t } from '@vscode/l10n';

/** A page of Setup: how a person gets there in the reader's language, and where it lies below `/lightning/setup/`. */
export interface Place {
  readonly path: string;
  readonly page: string;
}

const place = (path: () => string, page: string): Place => ({
  get path() {
    return path();
  },
  page,
});

export const PLACES = {
  profiles: place(() => t('Users › Profiles'), 'EnhancedProfiles/home'),
  users: place(() => t('Users › Users'), 'ManageUsers/home'),
  permissionSets: place(() => t('Users › Permission Sets'), 'PermSets/home'),
  sessionSettings: place(() => t('Security › Session Settings'), 'SecuritySession/home'),
  passwordPolicies: place(() => t('Security › Password Policies'), 'SecurityPolicies/home'),
  apiAccessControl: place(() => t('Security › API Access Control'), 'ApiAccessControl/home'),
  eventMonitoring: place(() => t('Security › Event Monitoring Settings'), 'EventMonitoringSetup/home'),
  companyInformation: place(() => t('Company Settings › Company Information'), 'CompanyProfileInfo/home'),
  contentDeliveries: place(
    () => t('Salesforce Files › Content Deliveries and Public Links'),
    'ContentDistribution/home',
  ),
  connectedApps: place(() => t('Apps › Connected Apps › Connected Apps OAuth Usage'), 'ConnectedAppsUsage/home'),
  loginHistory: place(() => t('Identity › Login History'), 'OrgLoginHistory/home'),
} as const satisfies Record<string, Place>;

/** The page of one user. */
export function userPage(userId: string | undefined): Place {
  if (userId === undefined) return PLACES.users;
  return { ...PLACES.users, page: `ManageUsers/page?address=${encodeURIComponent(`/${userId}?noredirect=1`)}` };
}

/** Address of a page of Setup in this org. */
export function addressOf(instanceUrl: string, { page }: Place): string {
  return `${instanceUrl}/lightning/setup/${page}`;
}
