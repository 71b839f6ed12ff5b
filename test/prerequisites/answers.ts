import type { Answer, Answers } from '../../extension/prerequisites/answers.ts';
import {
  CONNECTOR_CLOSURE,
  CONNECTOR_PERMISSIONS,
  CONNECTOR_PROFILE,
} from '../../extension/prerequisites/connector.ts';
import type { ErrorCode } from '../../extension/shared/errors.ts';

export const NOW = Date.parse('2026-11-24T05:30:00Z');
const DAY = 86_400_000;

const org = {
  orgId: '00D000000000001EAA',
  username: 'connector@example.com',
  userId: '005000000000001AAA',
  instanceUrl: 'https://example.my.salesforce.com',
  requestedAs: 'connector',
};

/** What an org answers in which everything is right. */
export const ALL_RIGHT: Answers = {
  org,
  apiVersion: '66.0',
  askedAt: NOW,
  usage: { max: 125_000, remaining: 117_500, own: 7, reserve: 12_500, session: 7 },
  userInfo: { value: { userId: org.userId, orgId: org.orgId, username: org.username } },
  organization: { value: { name: 'Example', type: 'Enterprise Edition', isSandbox: false, language: 'en_US' } },
  user: {
    value: { username: org.username, profileName: CONNECTOR_PROFILE, crmContentUser: true, language: 'en_US' },
  },
  permissions: { value: new Map(CONNECTOR_PERMISSIONS.map(({ name }) => [name, true])) },
  grants: { value: [{ from: 'profile', name: CONNECTOR_PROFILE, permissions: new Set(CONNECTOR_CLOSURE) }] },
  connectorProfile: { value: { id: '00e000000000001AAA', permissions: new Set(CONNECTOR_CLOSURE) } },
  eventTypes: {
    value: [
      { type: 'Login', files: 30, oldest: NOW - 30 * DAY, newest: NOW - DAY },
      { type: 'Report', files: 700, oldest: NOW - 29 * DAY, newest: NOW - DAY / 4 },
    ],
  },
  hourlyTypes: { value: ['Login', 'Report'] },
  contentDistributions: { value: 12 },
  allocation: { value: { max: 125_000, remaining: 117_500 } },
  contentSettings: { value: { crmContent: true, deliveries: true } },
  lockSessionsToIp: { value: false },
  eventSettings: { value: { generation: true, retentionDays: undefined } },
};

export function refused(code: ErrorCode, reason: string): Answer<never> {
  return { refused: { code, reason } };
}

export function valued<T>(answer: Answer<T>): T {
  if ('value' in answer) return answer.value;
  throw new Error(answer.refused.reason);
}
