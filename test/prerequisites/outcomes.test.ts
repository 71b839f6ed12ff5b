import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import {
  CONNECTOR_CLOSURE,
  CONNECTOR_PERMISSIONS,
  CONNECTOR_PROFILE,
} from '../../extension/prerequisites/connector.ts';
import { PREREQUISITES } from '../../extension/prerequisites/registry.ts';
import type { Outcome } from '../../extension/prerequisites/report.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { ALL_RIGHT, NOW, refused, valued } from './answers.ts';

const user = valued(ALL_RIGHT.user);
const organization = valued(ALL_RIGHT.organization);
const profile = valued(ALL_RIGHT.connectorProfile);
const noAccess = refused('PERMISSION_MISSING', 'INSUFFICIENT_ACCESS: insufficient access rights');
const apiOff = refused('API_DISABLED', 'API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization.');
const noPermission = { value: new Map(CONNECTOR_PERMISSIONS.map(({ name }) => [name, false])) };
const lacking = (name: string): Pick<Answers, 'permissions' | 'connectorProfile'> => ({
  permissions: { value: new Map(CONNECTOR_PERMISSIONS.map((each) => [each.name, each.name !== name])) },
  connectorProfile: {
    value: {
      id: '00e000000000001AAA',
      permissions: new Set([...(profile?.permissions ?? [])].filter((each) => each !== name)),
    },
  },
});
const freeTypes = {
  value: ['Login', 'Logout', 'ApiTotalUsage'].map((type) => ({ type, files: 1, oldest: NOW - 1e8, newest: NOW - 1e7 })),
};

/** What differs from an org in which all is right, and the outcomes that are no `pass` then. */
const cases: readonly [name: string, answers: Partial<Answers>, outcomes: Readonly<Record<string, Outcome>>][] = [
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
  ['userinfo alone is refused', { userInfo: noAccess }, {}],
  [
    'the REST API is off',
    { organization: apiOff, user: apiOff },
    { 'rest-api': 'fail', 'connector-profile': 'unknown', 'crm-content-user': 'unknown', language: 'unknown' },
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
    {
      connectorProfile: { value: undefined },
      user: { value: { ...user, profileName: 'Standard User' } },
      permissions: noPermission,
    },
    { 'connector-profile': 'fail', ...allPermissions('fail') },
  ],
  [
    'the permissions come from elsewhere',
    { connectorProfile: { value: undefined }, user: { value: { ...user, profileName: 'System Administrator' } } },
    { 'connector-profile': 'warning' },
  ],
  [
    'the permission set is assigned instead',
    {
      connectorProfile: { value: undefined },
      user: { value: { ...user, profileName: 'Minimum Access' } },
      grants: { value: [{ from: 'permission set', name: CONNECTOR_PROFILE, permissions: new Set(CONNECTOR_CLOSURE) }] },
    },
    {},
  ],
  [
    'the profile is deployed, but not assigned',
    { user: { value: { ...user, profileName: 'Standard User' } }, permissions: noPermission },
    { 'connector-profile': 'fail', ...allPermissions('fail') },
  ],
  [
    'the profile lacks a permission',
    lacking('QueryAllFiles'),
    { 'connector-profile': 'fail', 'permission-query-all-files': 'fail' },
  ],
  ['the profile cannot be read', { connectorProfile: noAccess }, { 'connector-profile': 'unknown' }],
  [
    'the profile cannot be read, and the user is on another',
    {
      connectorProfile: noAccess,
      user: { value: { ...user, profileName: 'Standard User' } },
      permissions: noPermission,
    },
    { 'connector-profile': 'fail', ...allPermissions('fail') },
  ],
  ['permissions cannot be read', { permissions: noAccess }, allPermissions('unknown')],
  [
    'the org does not know a permission',
    {
      permissions: { value: new Map([...valued(ALL_RIGHT.permissions)].filter(([name]) => name !== 'QueryAllFiles')) },
    },
    { 'permission-query-all-files': 'unknown' },
  ],
  ['where permissions come from cannot be read', { grants: noAccess }, {}],
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
  ['sessions are locked to an address', { lockSessionsToIp: { value: true } }, { 'session-ip-lock': 'fail' }],
  ['security settings cannot be read', { lockSessionsToIp: noAccess }, { 'session-ip-lock': 'unknown' }],
  ['security settings do not say', { lockSessionsToIp: { value: undefined } }, { 'session-ip-lock': 'unknown' }],
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
  ['content settings cannot be read, but deliveries can', { contentSettings: noAccess }, {}],
  [
    'neither can be read',
    { contentSettings: noAccess, contentDistributions: noAccess },
    { 'content-deliveries': 'unknown' },
  ],
  ['the user reads another language', { user: { value: { ...user, language: 'ja' } } }, { language: 'warning' }],
  [
    'calls are nearly used up',
    { allocation: { value: { max: 125_000, remaining: 15_000 } } },
    { 'api-allocation': 'warning' },
  ],
  [
    'only the reserve is left',
    { allocation: { value: { max: 125_000, remaining: 12_500 } } },
    { 'api-allocation': 'fail' },
  ],
  ['/limits is refused, but the header told', { allocation: noAccess }, {}],
  [
    'nobody told the allocation',
    { allocation: noAccess, usage: { ...ALL_RIGHT.usage, max: undefined, remaining: undefined } },
    { 'api-allocation': 'unknown' },
  ],
];

function allPermissions(outcome: Outcome): Record<string, Outcome> {
  return Object.fromEntries(CONNECTOR_PERMISSIONS.map(({ id }) => [id, outcome]));
}

describe('the outcome of a prerequisite', () => {
  for (const [name, answers, expected] of cases)
    it(`${name}: ${
      Object.entries(expected)
        .map((pair) => pair.join(' '))
        .join(', ') || 'all pass'
    }`, () => {
      const report = judge({ ...ALL_RIGHT, ...answers });
      const found = report.prerequisites.filter(({ outcome }) => outcome !== 'pass');
      assert.deepEqual(Object.fromEntries(found.map(({ id, outcome }) => [id, outcome])), expected);
      const values = Object.values(expected);
      const overall = values.includes('fail') ? 'fail' : values.length > 0 ? 'warning' : 'pass';
      assert.equal(report.outcome, overall);
    });

  it('has a remedy where something is to be done, and only there; and evidence always', () => {
    for (const [name, answers] of cases)
      for (const { id, outcome, evidence, remedy } of judge({ ...ALL_RIGHT, ...answers }).prerequisites) {
        assert.equal(remedy === null, outcome === 'pass', `${name}: ${id}`);
        assert.match(evidence, /^\S.*[.:)]$|^\S.*\.$/, `${name}: ${id}: ${evidence}`);
        assert.doesNotMatch(`${evidence} ${remedy}`, /undefined|NaN|\[object|\.\./, `${name}: ${id}`);
      }
  });

  it('a user who may see nothing gets an honest answer to every question', () => {
    const nothing = Object.fromEntries(
      Object.entries(ALL_RIGHT).map(([name, answer]) => [
        name,
        typeof answer === 'object' && 'value' in answer ? noAccess : answer,
      ]),
    ) as unknown as Answers;
    const report = judge({ ...nothing, usage: { ...nothing.usage, max: undefined, remaining: undefined } });
    assert.equal(report.prerequisites.length, PREREQUISITES.length);
    for (const { id, outcome, evidence } of report.prerequisites) {
      assert.equal(outcome, 'unknown', id);
      assert.match(evidence, /INSUFFICIENT_ACCESS/, id);
    }
  });

  it('says where a permission comes from', () => {
    const evidence = judge({
      ...ALL_RIGHT,
      grants: {
        value: [
          { from: 'profile', name: 'Standard User', permissions: new Set(['ApiEnabled']) },
          { from: 'permission set', name: 'Event Reader', permissions: new Set(['ApiEnabled', 'ViewAllData']) },
        ],
      },
    }).prerequisites.find(({ id }) => id === 'permission-api-enabled')?.evidence;
    assert.match(evidence ?? '', /profile “Standard User” and permission set “Event Reader”/);
  });
});
