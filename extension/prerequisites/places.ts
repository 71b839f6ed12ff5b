/** A page of Setup: how a person gets there, and where it lies below `/lightning/setup/`. */
export interface Place {
  readonly path: string;
  readonly page: string;
}

export const PLACES = {
  profiles: { path: 'Users › Profiles', page: 'EnhancedProfiles/home' },
  users: { path: 'Users › Users', page: 'ManageUsers/home' },
  permissionSets: { path: 'Users › Permission Sets', page: 'PermSets/home' },
  sessionSettings: { path: 'Security › Session Settings', page: 'SecuritySession/home' },
  passwordPolicies: { path: 'Security › Password Policies', page: 'SecurityPolicies/home' },
  apiAccessControl: { path: 'Security › API Access Control', page: 'ApiAccessControl/home' },
  eventMonitoring: { path: 'Security › Event Monitoring Settings', page: 'EventMonitoringSetup/home' },
  companyInformation: { path: 'Company Settings › Company Information', page: 'CompanyProfileInfo/home' },
  contentDeliveries: {
    path: 'Salesforce Files › Content Deliveries and Public Links',
    page: 'ContentDistribution/home',
  },
  connectedApps: { path: 'Apps › Connected Apps › Connected Apps OAuth Usage', page: 'ConnectedAppsUsage/home' },
  loginHistory: { path: 'Identity › Login History', page: 'OrgLoginHistory/home' },
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
