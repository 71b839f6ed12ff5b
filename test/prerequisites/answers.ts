import type { Answer, Answers, Grant, SourceAnswer } from '../../extension/prerequisites/answers.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PROFILE } from '../../extension/prerequisites/connector.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import type { ErrorCode } from '../../extension/shared/errors.ts';

export const NOW = Date.parse('2026-11-24T05:30:00Z');

const org = {
  orgId: '00D000000000001EAA',
  username: 'connector@example.com',
  userId: '005000000000001AAA',
  instanceUrl: 'https://example.my.salesforce.com',
  requestedAs: 'connector',
  renewal: 'refresh-token',
  clientId: 'PlatformCLI',
} as const;

const PROFILE_ID = '00e000000000001AAA';

/** What an org answers in which everything is right. */
export const ALL_RIGHT: Answers = {
  org,
  account: { username: org.username, userId: org.userId, own: true },
  apiVersion: '66.0',
  askedAt: NOW,
  usage: { max: 125_000, remaining: 117_500, own: 7, reserve: 12_500, session: 7 },
  userInfo: { value: { userId: org.userId, orgId: org.orgId, username: org.username } },
  organization: { value: { name: 'Example', type: 'Enterprise Edition', isSandbox: false, language: 'en_US' } },
  user: {
    value: {
      id: org.userId,
      username: org.username,
      name: 'Connector',
      active: true,
      profileId: PROFILE_ID,
      crmContentUser: true,
      language: 'en_US',
      passwordExpires: undefined,
    },
  },
  userLogin: { value: { frozen: false, passwordLocked: false } },
  signIns: {
    value: [
      { time: NOW - DAY, type: 'Remote Access 2.0', address: '192.0.2.7', application: 'Orgwatch', status: 'Success' },
    ],
  },
  permissions: {
    value: new Map([
      ...CONNECTOR_CLOSURE.map((name) => [name, true] as const),
      ...['CanApproveUninstalledApps', 'CustomizeApplication', 'DistributeFromPersWksp', 'TwoFactorApi'].map(
        (name) => [name, false] as const,
      ),
    ]),
  },
  grants: { value: [profileGrant(CONNECTOR_PROFILE)] },
  connectorProfile: {
    value: { id: PROFILE_ID, permissions: new Set(CONNECTOR_CLOSURE), known: new Set(CONNECTOR_CLOSURE) },
  },
  loginRestrictions: { value: { hours: [], ranges: [] } },
  installedApps: { value: ['Salesforce CLI'] },
  eventTypes: {
    value: [
      { type: 'Login', files: 30, oldest: NOW - 30 * DAY, newest: NOW - DAY },
      { type: 'Report', files: 700, oldest: NOW - 29 * DAY, newest: NOW - DAY / 4 },
    ],
  },
  hourlyTypes: {
    value: [
      { type: 'Login', files: 700, oldest: NOW - 30 * DAY, newest: NOW - DAY / 4 },
      { type: 'Report', files: 700, oldest: NOW - 29 * DAY, newest: NOW - DAY / 4 },
    ],
  },
  contentDistributions: { value: { records: 12, newest: NOW - DAY } },
  sources: new Map(
    SOURCES.map(({ name }): [string, Answer<SourceAnswer>] => [
      name,
      { value: { said: '10 records of the last day', records: 10 } },
    ]),
  ),
  contentSettings: { value: { crmContent: true, deliveries: true } },
  securitySettings: { value: { lockSessionsToIp: false, enforceIpRanges: false, passwordExpiration: 'NinetyDays' } },
  eventSettings: { value: { generation: true, retentionDays: undefined } },
  apiAccessControl: { value: undefined },
};

/** The profile of the account, without permissions that need telling. */
export function profileGrant(name: string, license = 'Salesforce'): Grant {
  const permissions = new Set(name === CONNECTOR_PROFILE ? CONNECTOR_CLOSURE : []);
  return { from: 'profile', name, apiName: 'X00e', license, permissions };
}

export function setGrant(name: string, apiName = name, permissions: readonly string[] = CONNECTOR_CLOSURE): Grant {
  return { from: 'permission set', name, apiName, license: undefined, permissions: new Set(permissions) };
}

export function refused(code: ErrorCode, reason: string): Answer<never> {
  return { refused: { code, reason } };
}

export function valued<T>(answer: Answer<T>): T {
  if ('value' in answer) return answer.value;
  throw new Error(answer.refused.reason);
}
