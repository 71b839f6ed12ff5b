import { makeId, numberFrom } from './ids.ts';
import { permissionsInOrg, requiredBy, standardProfilePermissions } from './metadata/permissions.ts';
import type { OrgState, PermissionSetRecord, ProfileRecord, Row, Scenario } from './model.ts';

export const CONNECTOR_PROFILE = 'Defender for Cloud Apps Connector';

const connectorPermissions = [
  'ApiEnabled',
  'ContentAdministrator',
  'ManageUsers',
  'ModifyMetadata',
  'QueryAllFiles',
  'ViewAllData',
] as const;

export interface StateInput {
  readonly orgId: string;
  readonly scenario: Scenario;
  readonly now: () => Date;
  /** User rows with `ProfileName` in place of `ProfileId`. */
  readonly users: readonly Row[];
  readonly adminUserId: string;
  readonly serviceUserId: string;
  /** Makes usernames differ between orgs, as a sandbox's do from its production org's: usernames are unique everywhere. */
  readonly usernameSuffix?: string;
}

/** The org as the scenario has it before anybody deploys or changes anything. */
export function createOrgState(input: StateInput): OrgState {
  const { orgId, scenario, now } = input;
  const profiles = new Map<string, ProfileRecord>();
  const permissionSets = new Map<string, PermissionSetRecord>();
  for (const profile of initialProfiles(scenario)) {
    profiles.set(profile.id, profile);
    const mirror = mirrorOf(profile);
    permissionSets.set(mirror.id, mirror);
  }
  return {
    orgId,
    scenario,
    now,
    profiles,
    permissionSets,
    users: usersWithProfiles(input, [...profiles.values()]),
    assignments: new Map(),
    installedApps: [...(scenario.installedApps ?? ['Salesforce CLI'])],
    userLogins: initialUserLogins(input),
    settings: initialSettings(scenario),
    adminUserId: input.adminUserId,
    serviceUserId: input.serviceUserId,
    knownPermissions: permissionsInOrg(scenario),
  };
}

/** The permission set that Salesforce keeps for a profile (`IsOwnedByProfile`); it shares the profile's permissions. */
export function mirrorOf(profile: ProfileRecord): PermissionSetRecord {
  return {
    id: makeId('0PS', numberFrom(profile.id)),
    name: `X${profile.id}`,
    label: `X${profile.id}`,
    description: '',
    license: profile.userLicense,
    permissions: profile.permissions,
    profileId: profile.id,
  };
}

function initialProfiles(scenario: Scenario): ProfileRecord[] {
  const standard = (['System Administrator', 'Standard User', 'Minimum Access - Salesforce'] as const).map(
    (name): ProfileRecord => ({
      id: makeId('00e', numberFrom(name)),
      name,
      custom: false,
      description: '',
      userLicense: 'Salesforce',
      permissions: standardProfilePermissions(name, scenario),
    }),
  );
  return scenario.prepared ? [...standard, connectorProfile(scenario)] : standard;
}

function connectorProfile(scenario: Scenario): ProfileRecord {
  const exists = permissionsInOrg(scenario);
  const permissions = new Set(requiredBy(connectorPermissions).filter((name) => exists.has(name)));
  for (const missing of scenario.missingPermissions) permissions.delete(missing);
  return {
    id: makeId('00e', numberFrom(CONNECTOR_PROFILE)),
    name: CONNECTOR_PROFILE,
    custom: true,
    description: 'The service account that collects security events.',
    userLicense: 'Salesforce',
    permissions,
  };
}

function usersWithProfiles(input: StateInput, profiles: readonly ProfileRecord[]): Map<string, Row> {
  const idOf = new Map(profiles.map((profile) => [profile.name, profile.id]));
  const fallback = idOf.get('Standard User');
  const { scenario } = input;
  const serviceProfile = scenario.serviceProfile ?? (scenario.prepared ? CONNECTOR_PROFILE : 'Standard User');
  return new Map(
    input.users.map((user) => {
      const { ProfileName: profileName, ...row } = user;
      const id = String(row['Id']);
      let name = String(profileName);
      if (id === input.adminUserId) name = 'System Administrator';
      if (id === input.serviceUserId) name = serviceProfile;
      const username = `${String(row['Username'])}${input.usernameSuffix ?? ''}`;
      const own = id === input.serviceUserId ? serviceFields(scenario) : {};
      return [id, { ...row, ...own, Username: username, ProfileId: idOf.get(name) ?? fallback }];
    }),
  );
}

function serviceFields({ crmContentUser, passwordExpires }: Scenario): Row {
  return {
    ...(crmContentUser === undefined ? {} : { UserPermissionsSFContentUser: crmContentUser }),
    ...(passwordExpires === undefined ? {} : { PasswordExpirationDate: passwordExpires }),
  };
}

function initialUserLogins({ scenario, serviceUserId }: StateInput): Map<string, Row> {
  if (scenario.frozen !== true) return new Map();
  const row: Row = { ...newUserLogin(serviceUserId), IsFrozen: true };
  return new Map([[String(row['Id']), row]]);
}

/** What decides whether a user may log in, as it is for a new user. */
export function newUserLogin(userId: string): Row {
  return { Id: makeId('0Yw', numberFrom(userId)), UserId: userId, IsFrozen: false, IsPasswordLocked: false };
}

function initialSettings(scenario: Scenario): Map<string, Record<string, unknown>> {
  const shield = scenario.eventMonitoring === 'shield';
  return new Map<string, Record<string, unknown>>([
    [
      'ContentSettings',
      {
        enableChatterFileLink: 'true',
        enableContent: 'true',
        enableContentAutoAssign: 'false',
        enableContentDistForPortalUsers: 'false',
        enableContentDistPwOption: 'Optional',
        enableContentDistribution: String(scenario.contentDeliveries),
        enableContentSupportMultiLanguage: 'false',
        enableContentWorkspaceAccess: 'true',
        enableDeleteFileInContentPacks: 'false',
        enableFileShareSetByRecord: 'false',
        enableLibraryManagedFiles: 'true',
      },
    ],
    [
      'SecuritySettings',
      {
        canUsersGrantLoginAccess: 'true',
        enableAdminLoginAsAnyUser: 'false',
        enableAuditFieldsInactiveOwner: 'false',
        enableRequireHttpsConnection: 'true',
        networkAccess: {},
        passwordPolicies: {
          complexity: 'UpperLowerCaseNumeric',
          expiration: 'NinetyDays',
          lockoutInterval: 'FifteenMinutes',
          maxLoginAttempts: 'TenAttempts',
          minimumPasswordLength: '8',
        },
        sessionSettings: {
          disableTimeoutWarning: 'false',
          enforceIpRangesEveryRequest: 'false',
          forceLogoutOnSessionTimeout: 'true',
          forceRelogin: 'true',
          lockSessionsToDomain: 'true',
          lockSessionsToIp: String(scenario.lockSessionsToIp),
          sessionTimeout: 'TwoHours',
          terminateUserSessionsWhenAdminResetsPassword: 'false',
        },
      },
    ],
    [
      'EventSettings',
      {
        enableDeleteMonitoringData: 'false',
        enableEventLogGeneration: String(scenario.eventLogGeneration ?? shield),
        enableLightningLoggerEvents: 'false',
        enableStreamingApi: 'true',
        enableTransactionSecurityPolicies: 'false',
        ...(shield ? { eventLogRetentionDuration: '30' } : {}),
      },
    ],
    // Salesforce shows the element only where Customer Support has enabled API Access Control.
    [
      'ConnectedAppSettings',
      scenario.adminApprovedAppsOnly === undefined
        ? {}
        : { enableAdminApprovedAppsOnly: String(scenario.adminApprovedAppsOnly) },
    ],
  ]);
}
