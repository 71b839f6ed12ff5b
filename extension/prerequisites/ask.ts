import type { Door } from '../org/door.ts';
import type { Clock } from '../shared/clock.ts';
import type { Answer, Answers, UserInfo } from './answers.ts';
import { askQueries } from './composite.ts';
import { CONNECTOR_CLOSURE, CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';
import {
  readAllocation,
  readOrganization,
  readPermissions,
  readProfile,
  readUser,
  readGrants,
  readEventTypes,
} from './rows.ts';
import { refusedByDoor } from './refusal.ts';
import { readSettings } from './settings.ts';

export interface AskOptions {
  readonly door: Door;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called as each of the requests has been answered. */
  readonly onAnswered?: (done: number, total: number) => void;
}

const SIX = CONNECTOR_PERMISSIONS.map((permission) => permission.name);
const REQUESTS = 7;

/** Puts all questions at once: seven requests, one round of waiting, nothing written. */
export async function ask({ door, clock, signal, onAnswered }: AskOptions): Promise<Answers> {
  let done = 0;
  const answered = async <T>(request: Promise<T>): Promise<T> => {
    const value = await request;
    onAnswered?.(++done, REQUESTS);
    return value;
  };
  const [userInfo, people, events, allocation, content, security, event] = await Promise.all([
    answered(askUserInfo(door, signal)),
    answered(
      askQueries(door, peopleQueries(door), {
        purpose: 'ask for the organization, the user and the permissions',
        signal,
      }),
    ),
    answered(askQueries(door, EVENT_QUERIES, { purpose: 'ask for event log files and content deliveries', signal })),
    answered(askJson(door, '/services/data/v{v}/limits', 'read the limits', signal)),
    answered(readSettings(door, 'ContentSettings', 'Content', signal)),
    answered(readSettings(door, 'SecuritySettings', 'Security', signal)),
    answered(readSettings(door, 'EventSettings', 'Event', signal)),
  ]);
  return {
    org: door.org,
    apiVersion: door.apiVersion,
    askedAt: clock.now(),
    usage: door.usage(),
    userInfo,
    organization: map(people.organization, readOrganization),
    user: map(people.user, readUser),
    permissions: map(people.permissions, (result) => readPermissions(result, SIX)),
    grants: map(people.grants, (result) => readGrants(result, SIX)),
    connectorProfile: map(people.profile, (result) => readProfile(result, CONNECTOR_CLOSURE)),
    eventTypes: map(events.types, readEventTypes),
    hourlyTypes: map(events.hourly, (result) => result.records.map((row) => String(row['EventType']))),
    contentDistributions: map(events.distributions, (result) => result.totalSize),
    allocation: map(allocation, readAllocation),
    contentSettings: map(content, (settings) => ({
      crmContent: settings.flag('enableContent'),
      deliveries: settings.flag('enableContentDistribution'),
    })),
    lockSessionsToIp: map(security, (settings) => settings.flag('sessionSettings', 'lockSessionsToIp')),
    eventSettings: map(event, (settings) => ({
      generation: settings.flag('enableEventLogGeneration'),
      retentionDays: settings.number('eventLogRetentionDuration'),
    })),
  };
}

const EVENT_QUERIES = {
  types:
    'SELECT EventType, COUNT(Id) files, MIN(LogDate) oldest, MAX(LogDate) newest FROM EventLogFile GROUP BY EventType',
  hourly: "SELECT EventType, COUNT(Id) files FROM EventLogFile WHERE Interval = 'Hourly' GROUP BY EventType",
  distributions: 'SELECT COUNT() FROM ContentDistribution',
};

function peopleQueries(door: Door): Record<'organization' | 'user' | 'permissions' | 'grants' | 'profile', string> {
  const username = quote(door.org.username);
  const fields = (names: readonly string[], prefix = ''): string =>
    names.map((name) => `${prefix}Permissions${name}`).join(', ');
  return {
    organization: 'SELECT Id, Name, OrganizationType, IsSandbox, LanguageLocaleKey FROM Organization',
    user: `SELECT Username, Profile.Name, UserPermissionsSFContentUser, LanguageLocaleKey FROM User WHERE Username = ${username}`,
    permissions: `SELECT ${fields(SIX)} FROM UserPermissionAccess`,
    grants: `SELECT PermissionSet.Label, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, ${fields(SIX, 'PermissionSet.')} FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
    profile: `SELECT Id, ${fields(CONNECTOR_CLOSURE)} FROM Profile WHERE Name = ${quote(CONNECTOR_PROFILE)}`,
  };
}

async function askUserInfo(door: Door, signal: AbortSignal | undefined): Promise<Answer<UserInfo>> {
  // Salesforce's pages do not list OAuth endpoints among what counts.
  const answer = await askJson(door, '/services/oauth2/userinfo', 'say whose session it is', signal, 0);
  return map(answer, (body) => ({
    userId: String(body['user_id']),
    orgId: String(body['organization_id']),
    username: String(body['preferred_username']),
  }));
}

async function askJson(
  door: Door,
  path: string,
  purpose: string,
  signal: AbortSignal | undefined,
  counts = 1,
): Promise<Answer<Record<string, unknown>>> {
  try {
    const response = await door.json<Record<string, unknown>>({ path, purpose, counts, ...(signal ? { signal } : {}) });
    return { value: response.body };
  } catch (error) {
    return { refused: refusedByDoor(error) };
  }
}

function map<T, U>(answer: Answer<T>, read: (value: T) => U | Error): Answer<U> {
  if ('refused' in answer) return answer;
  const value = read(answer.value);
  return value instanceof Error ? { refused: { code: 'RESPONSE_INVALID', reason: value.message } } : { value };
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
