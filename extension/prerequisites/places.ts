import { t } from '@vscode/l10n';

/** A page of Setup: how a person gets there in the reader's language, and where it lies below `/lightning/setup/`. */
export interface Place {
  readonly path: string;
  readonly page: string;
}

export const PLACES = {
  profiles: {
    get path() {
      return t('Users › Profiles');
    },
    page: 'EnhancedProfiles/home',
  },
  users: {
    get path() {
      return t('Users › Users');
    },
    page: 'ManageUsers/home',
  },
  permissionSets: {
    get path() {
      return t('Users › Permission Sets');
    },
    page: 'PermSets/home',
  },
  sessionSettings: {
    get path() {
      return t('Security › Session Settings');
    },
    page: 'SecuritySession/home',
  },
  passwordPolicies: {
    get path() {
      return t('Security › Password Policies');
    },
    page: 'SecurityPolicies/home',
  },
  apiAccessControl: {
    get path() {
      return t('Security › API Access Control');
    },
    page: 'ApiAccessControl/home',
  },
  eventMonitoring: {
    get path() {
      return t('Security › Event Monitoring Settings');
    },
    page: 'EventMonitoringSetup/home',
  },
  companyInformation: {
    get path() {
      return t('Company Settings › Company Information');
    },
    page: 'CompanyProfileInfo/home',
  },
  contentDeliveries: {
    get path() {
      return t('Salesforce Files › Content Deliveries and Public Links');
    },
    page: 'ContentDistribution/home',
  },
  connectedApps: {
    get path() {
      return t('Apps › Connected Apps › Connected Apps OAuth Usage');
    },
    page: 'ConnectedAppsUsage/home',
  },
  loginHistory: {
    get path() {
      return t('Identity › Login History');
    },
    page: 'OrgLoginHistory/home',
  },
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
