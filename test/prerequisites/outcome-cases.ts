import type { Answer, Answers, SignIn } from '../../extension/prerequisites/answers.ts';
import {
  CONNECTOR_CLOSURE,
  CONNECTOR_PERMISSIONS,
  CONNECTOR_PROFILE,
} from '../../extension/prerequisites/connector.ts';
import type { Outcome } from '../../extension/prerequisites/report.ts';
import { LEAST_PRIVILEGE } from '../../extension/prerequisites/least-privilege.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { ALL_RIGHT, NOW, profileGrant, refused, setGrant, valued } from './answers.ts';

const user = valued(ALL_RIGHT.user);
const organization = valued(ALL_RIGHT.organization);
const profile = valued(ALL_RIGHT.connectorProfile);
const security = valued(ALL_RIGHT.securitySettings);
export const noAccess = refused('PERMISSION_MISSING', 'INSUFFICIENT_ACCESS: insufficient access rights');
const apiOff = refused('API_DISABLED', 'API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization.');
const none = { value: new Map([...valued(ALL_RIGHT.permissions).keys()].map((name) => [name, name === 'ApiEnabled'])) };
const withPermission = (name: string, held: boolean): Answers['permissions'] => ({
  value: new Map([...valued(ALL_RIGHT.permissions), [name, held]]),
});
const lacking = (name: string): Pick<Answers, 'permissions' | 'connectorProfile'> => ({
  permissions: withPermission(name, false),
  connectorProfile: {
    value: {
      id: '00e000000000001AAA',
      permissions: new Set(CONNECTOR_CLOSURE.filter((each) => each !== name)),
      known: new Set(CONNECTOR_CLOSURE),
    },
  },
});
const on = (name: string): Pick<Answers, 'grants' | 'user'> => ({
  grants: { value: [profileGrant(name)] },
  user: { value: { ...user, profileId: '00e000000000009AAA' } },
});
const freeTypes = {
  value: ['Login', 'Logout', 'ApiTotalUsage'].map((type) => ({ type, files: 1, oldest: NOW - 1e8, newest: NOW - 1e7 })),
};
const used = (share: number): Pick<Answers, 'usage'> => ({
  usage: { ...ALL_RIGHT.usage, remaining: Math.round(125_000 * (1 - share)) },
});
const signIn = (daysAgo: number, more: Partial<SignIn> = {}): SignIn => ({
  time: NOW - daysAgo * DAY,
  type: 'Application',
  address: '192.0.2.7',
  application: 'Browser',
  status: 'Success',
  ...more,
});
const source = (name: string, answer: Answer<never>): Pick<Answers, 'sources'> => ({
  sources: new Map([...ALL_RIGHT.sources, [name, answer]]),
});

/** What differs from an org in which all is right, and the outcomes that are no `pass` then. */
/** What an org answers, apart from what is right, and what each prerequisite then is, those that pass left out. */
export const CASES: readonly [name: string, answers: Partial<Answers>, outcomes: Readonly<Record<string, Outcome>>][] =
  [
    ['nothing', {}, {}],
    [
      'the session belongs to another org',
      { userInfo: { value: { userId: '005', orgId: '00D000000000002', username: 'x' } } },
      { session: 'fail' },
    ],
    [
      'the session has expired',
      {
        userInfo: refused('SESSION_EXPIRED', 'INVALID_SESSION_ID'),
        organization: refused('SESSION_EXPIRED', 'INVALID_SESSION_ID'),
      },
      { session: 'fail', 'rest-api': 'unknown', language: 'unknown' },
    ],
    ['the session cannot be renewed', { org: { ...ALL_RIGHT.org, renewal: 'none' } }, { session: 'warning' }],
    ['userinfo alone is refused', { userInfo: noAccess }, {}],
    [
      'the REST API is off',
      { organization: apiOff, user: apiOff },
      { 'rest-api': 'fail', 'service-account': 'unknown', 'crm-content-user': 'unknown', language: 'unknown' },
    ],
    [
      'Professional Edition with the API',
      { organization: { value: { ...organization, type: 'Professional Edition' } } },
      {},
    ],
    [
      'an edition without the API',
      { organization: { value: { ...organization, type: 'Team Edition' } } },
      { 'rest-api': 'warning' },
    ],
    [
      'the profile is not there, and the user is on another',
      { connectorProfile: { value: undefined }, ...on('Standard User'), permissions: none },
      {
        'connector-profile': 'fail',
        ...allPermissions('fail'),
        'permission-api-enabled': 'pass',
        'service-account': 'fail',
        sources: 'fail',
      },
    ],
    [
      'the permissions come from elsewhere',
      { connectorProfile: { value: undefined }, ...on('System Administrator') },
      { 'connector-profile': 'warning', 'service-account': 'warning' },
    ],
    [
      'the permission set is assigned instead',
      {
        connectorProfile: { value: undefined },
        ...on('Minimum Access'),
        grants: { value: [profileGrant('Minimum Access'), setGrant(CONNECTOR_PROFILE)] },
      },
      {},
    ],
    [
      'the least-privilege permission set is assigned instead',
      {
        connectorProfile: { value: undefined },
        ...on('Minimum Access'),
        grants: {
          value: [
            profileGrant('Minimum Access'),
            setGrant(LEAST_PRIVILEGE.label, LEAST_PRIVILEGE.apiName, LEAST_PRIVILEGE.permissions),
          ],
        },
        permissions: {
          value: new Map([...none.value, ...LEAST_PRIVILEGE.permissions.map((name) => [name, true] as const)]),
        },
        contentSettings: noAccess,
        securitySettings: noAccess,
      },
      {
        ...allPermissions('warning'),
        'permission-api-enabled': 'pass',
        'session-ip-lock': 'unknown',
        sources: 'warning',
      },
    ],
    [
      'the profile is deployed, but not assigned',
      { ...on('Standard User'), permissions: none },
      {
        'connector-profile': 'fail',
        ...allPermissions('fail'),
        'permission-api-enabled': 'pass',
        'service-account': 'fail',
        sources: 'fail',
      },
    ],
    [
      'the profile lacks a permission',
      lacking('QueryAllFiles'),
      { 'connector-profile': 'fail', 'permission-query-all-files': 'fail', sources: 'fail' },
    ],
    [
      'the profile lacks a permission that no source needs',
      lacking('ContentAdministrator'),
      { 'connector-profile': 'fail', 'permission-manage-crm-content': 'fail' },
    ],
    ['the profile cannot be read', { connectorProfile: noAccess }, { 'connector-profile': 'unknown' }],
    [
      'the org does not know a permission of force-app',
      {
        connectorProfile: {
          value: {
            id: profile?.id ?? '',
            permissions: new Set(CONNECTOR_CLOSURE.slice(0, -1)),
            known: new Set(CONNECTOR_CLOSURE.slice(0, -1)),
          },
        },
      },
      {},
    ],
    ['permissions cannot be read', { permissions: noAccess }, allPermissions('unknown')],
    [
      'the org does not know a permission',
      {
        permissions: {
          value: new Map([...valued(ALL_RIGHT.permissions)].filter(([name]) => name !== 'QueryAllFiles')),
        },
      },
      { 'permission-query-all-files': 'unknown' },
    ],
    ['where permissions come from cannot be read', { grants: noAccess }, {}],
    [
      'the account is frozen',
      { userLogin: { value: { frozen: true, passwordLocked: false } } },
      { 'service-account': 'fail' },
    ],
    [
      'its password is locked',
      { userLogin: { value: { frozen: false, passwordLocked: true } } },
      { 'service-account': 'warning' },
    ],
    ['whether it is frozen cannot be read', { userLogin: noAccess }, {}],
    ['the account is not active', { user: { value: { ...user, active: false } } }, { 'service-account': 'fail' }],
    [
      'the profile has login hours',
      { loginRestrictions: { value: { hours: ['monday 8–18 h'], ranges: [] } } },
      { 'service-account': 'warning' },
    ],
    ['the profile has IP ranges', { loginRestrictions: { value: { hours: [], ranges: ['192.0.2.1–192.0.2.9'] } } }, {}],
    [
      'its password expires soon',
      { user: { value: { ...user, passwordExpires: NOW + DAY } } },
      { 'service-account': 'warning' },
    ],
    [
      '… and it logs in with a key',
      { user: { value: { ...user, passwordExpires: NOW + DAY } }, org: { ...ALL_RIGHT.org, renewal: 'jwt' } },
      {},
    ],
    [
      'logins to the API take a second factor',
      { permissions: withPermission('TwoFactorApi', true) },
      { 'service-account': 'warning' },
    ],
    ['somebody opened Salesforce with it once', { signIns: { value: [signIn(2)] } }, {}],
    [
      'somebody uses Salesforce with it',
      { signIns: { value: [signIn(1), signIn(2), signIn(3)] } },
      { 'service-account': 'warning' },
    ],
    [
      'its last sign-in was refused',
      { signIns: { value: [signIn(0, { status: 'Restricted IP' }), signIn(1)] } },
      { 'service-account': 'warning' },
    ],
    [
      'API Access Control is on, and sf is not installed',
      { apiAccessControl: { value: true }, installedApps: { value: [] } },
      { 'app-access': 'warning' },
    ],
    ['API Access Control is on, and sf is installed', { apiAccessControl: { value: true } }, {}],
    [
      '… and the user may use any client',
      {
        apiAccessControl: { value: true },
        installedApps: { value: [] },
        permissions: {
          value: new Map([...valued(withPermission('UseAnyApiClient', true)), ['CanApproveUninstalledApps', true]]),
        },
      },
      {},
    ],
    ['sf is not installed', { installedApps: { value: [] } }, { 'app-access': 'warning' }],
    [
      '… and the login goes through an app of the org',
      { installedApps: { value: [] }, org: { ...ALL_RIGHT.org, clientId: '3MVG9' } },
      {},
    ],
    [
      '… and the user may approve what is not installed',
      { installedApps: { value: [] }, permissions: withPermission('CanApproveUninstalledApps', true) },
      {},
    ],
    ['connected apps cannot be read', { installedApps: noAccess }, { 'app-access': 'unknown' }],
    [
      'event log files cannot be read',
      { eventTypes: refused('NOT_SUPPORTED_BY_ORG', "INVALID_TYPE: sObject type 'EventLogFile' is not supported") },
      { 'event-monitoring': 'unknown' },
    ],
    ['no event log file', { eventTypes: { value: [] } }, { 'event-monitoring': 'warning' }],
    [
      'no event log file, and generation is off',
      { eventTypes: { value: [] }, eventSettings: { value: { generation: false, retentionDays: undefined } } },
      { 'event-monitoring': 'fail' },
    ],
    [
      'generation was switched off',
      { eventSettings: { value: { generation: false, retentionDays: undefined } } },
      { 'event-monitoring': 'warning' },
    ],
    [
      'free event types only',
      { eventTypes: freeTypes, hourlyTypes: refused('QUERY_REJECTED', 'INVALID_FIELD: No such column') },
      { 'event-monitoring': 'warning' },
    ],
    ['no hourly files', { hourlyTypes: refused('QUERY_REJECTED', 'INVALID_FIELD: No such column') }, {}],
    [
      'the account is no CRM Content user',
      { user: { value: { ...user, crmContentUser: false } } },
      { 'crm-content-user': 'fail' },
    ],
    [
      '… in an org without CRM Content',
      {
        user: { value: { ...user, crmContentUser: false } },
        contentSettings: { value: { crmContent: false, deliveries: true } },
      },
      {},
    ],
    [
      '… in an org that does not say',
      { user: { value: { ...user, crmContentUser: false } }, contentSettings: noAccess },
      { 'crm-content-user': 'unknown' },
    ],
    [
      'sessions are locked to an address',
      { securitySettings: { value: { ...security, lockSessionsToIp: true } } },
      { 'session-ip-lock': 'fail' },
    ],
    ['security settings cannot be read', { securitySettings: noAccess }, { 'session-ip-lock': 'unknown' }],
    [
      'security settings do not say',
      { securitySettings: { value: { ...security, lockSessionsToIp: undefined } } },
      { 'session-ip-lock': 'unknown' },
    ],
    [
      'content deliveries are off',
      {
        contentSettings: { value: { crmContent: true, deliveries: false } },
        contentDistributions: refused('NOT_SUPPORTED_BY_ORG', 'INVALID_TYPE'),
      },
      { 'content-deliveries': 'fail' },
    ],
    [
      'content deliveries are on, but not for this user',
      { contentDistributions: refused('NOT_SUPPORTED_BY_ORG', 'INVALID_TYPE') },
      { 'content-deliveries': 'warning' },
    ],
    [
      'content deliveries are on, and none is seen',
      { contentDistributions: { value: { records: 0, newest: undefined } } },
      { 'content-deliveries': 'warning' },
    ],
    [
      '… by a user who may create them',
      {
        contentDistributions: { value: { records: 0, newest: undefined } },
        permissions: withPermission('DistributeFromPersWksp', true),
      },
      {},
    ],
    ['content settings cannot be read, but deliveries can', { contentSettings: noAccess }, {}],
    [
      'neither can be read',
      { contentSettings: noAccess, contentDistributions: noAccess },
      { 'content-deliveries': 'unknown' },
    ],
    ['the user reads another language', { user: { value: { ...user, language: 'ja' } } }, { language: 'warning' }],
    ['calls are nearly used up', used(0.88), { 'api-allocation': 'warning' }],
    ['only the reserve is left', used(0.9), { 'api-allocation': 'fail' }],
    [
      'the cadences take more than there is',
      { usage: { ...ALL_RIGHT.usage, max: 1_000, remaining: 300, reserve: 100 } },
      { 'api-allocation': 'warning' },
    ],
    [
      'nobody told the allocation',
      { usage: { ...ALL_RIGHT.usage, max: undefined, remaining: undefined } },
      { 'api-allocation': 'unknown' },
    ],
    [
      'a source does not answer',
      source('event_log', refused('NOT_SUPPORTED_BY_ORG', 'INVALID_TYPE: not supported')),
      { sources: 'warning' },
    ],
    [
      'an administrator asks for another account',
      { account: { ...ALL_RIGHT.account, own: false }, contentDistributions: { value: { records: 3, newest: NOW } } },
      { 'content-deliveries': 'unknown', sources: 'unknown' },
    ],
  ];

function allPermissions(outcome: Outcome): Record<string, Outcome> {
  return Object.fromEntries(CONNECTOR_PERMISSIONS.map(({ id }) => [id, outcome]));
}
