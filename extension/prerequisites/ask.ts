import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { utcDate } from '../shared/utc.ts';
import { counted, list } from '../shared/wording.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Source } from '../sources/source.ts';
import type { Account, Answer, Answers, EventTypeRow, Grant, SourceAnswer, UserInfo } from './answers.ts';
import { askTogether, inRequests, type QueryResult } from './composite.ts';
import { CONNECTOR_PROFILE } from './connector.ts';
import { nameOf, questions, sampled, SIX, type QuestionName } from './questions.ts';
import {
  readDeliveries,
  readEventTypes,
  readGrants,
  readOrganization,
  readPermissions,
  readProfile,
  readSignIns,
  readUser,
  readUserLogin,
  union,
} from './rows.ts';
import { refusedByDoor } from './refusal.ts';
import { loginRestrictions, readSettings, type Settings } from './settings.ts';

export interface AskOptions {
  readonly door: Door;
  readonly clock: Clock;
  /** Whose readiness is asked for; default: the running user's. */
  readonly account?: { readonly username: string; readonly userId: string | undefined } | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called as each of the requests has been answered. */
  readonly onAnswered?: (done: number, total: number) => void;
}

/** Nothing is said of the org, and nothing else would come either. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set(['ORG_UNREACHABLE', 'INSECURE_URL']);

/** Asks whose session it is, then everything else at once: at most eight counted calls, nothing written. */
export async function ask(options: AskOptions): Promise<Answers> {
  const { door, clock, signal } = options;
  const userInfo = await askUserInfo(door, signal);
  // Who does not answer one question answers none: the others would only take their time.
  if ('refused' in userInfo && userInfo.refused.error && UNANSWERED.has(userInfo.refused.code)) {
    throw userInfo.refused.error;
  }
  const account = accountOf(options, userInfo);
  const askedAt = clock.now();
  const requests = inRequests(questions({ org: door.org, account, sources: SOURCES, now: askedAt }));
  const total = requests.length + 6;
  let done = 1;
  options.onAnswered?.(done, total);
  const answered = async <T>(request: Promise<T>): Promise<T> => {
    const value = await request;
    options.onAnswered?.(++done, total);
    return value;
  };
  const purpose = t('ask what Verify wants to know');
  const read = (type: string, fullName: string): Promise<Answer<Settings>> =>
    answered(readSettings(door, type, fullName, signal));
  const [parts, content, security, event, connectedApp, profile] = await Promise.all([
    Promise.all(requests.map((request) => answered(askTogether(door, request, { purpose, signal })))),
    read('ContentSettings', 'Content'),
    read('SecuritySettings', 'Security'),
    read('EventSettings', 'Event'),
    read('ConnectedAppSettings', 'ConnectedApp'),
    read('Profile', CONNECTOR_PROFILE),
  ]);
  const answers = new Map(parts.flatMap((part) => [...part]));
  const answer = (name: QuestionName): Answer<unknown> => answers.get(name) ?? notAsked(account);
  const query = (name: QuestionName): Answer<QueryResult> => answer(name) as Answer<QueryResult>;
  const grants = map(query('grants'), (result) => readGrants(result, SIX));
  return {
    org: door.org,
    account,
    apiVersion: door.apiVersion,
    askedAt,
    usage: door.usage(),
    userInfo,
    organization: map(answer('organization') as Answer<Record<string, unknown>>, readOrganization),
    user: map(answer('user') as Answer<Record<string, unknown>>, readUser),
    userLogin: map(query('userLogin'), readUserLogin),
    signIns: map(query('signIns'), readSignIns),
    permissions: permissionsFrom(map(query('allPermissions'), readPermissions), grants),
    grants,
    connectorProfile: map(query('profile'), readProfile),
    loginRestrictions: map(profile, loginRestrictions),
    installedApps: map(query('installedApps'), ({ records }) => records.map((row) => String(row['Name']))),
    eventTypes: map(query('eventTypes'), readEventTypes),
    hourlyTypes: map(query('hourlyTypes'), readEventTypes),
    contentDistributions: map(query('source content_distribution'), readDeliveries),
    sources: new Map(SOURCES.map((source) => [source.name, sourceAnswer(source, query)])),
    contentSettings: map(content, (settings) => ({
      crmContent: settings.flag('enableContent'),
      deliveries: settings.flag('enableContentDistribution'),
    })),
    securitySettings: map(security, (settings) => ({
      lockSessionsToIp: settings.flag('sessionSettings', 'lockSessionsToIp'),
      enforceIpRanges: settings.flag('sessionSettings', 'enforceIpRangesEveryRequest'),
      passwordExpiration: settings.text('passwordPolicies', 'expiration'),
    })),
    eventSettings: map(event, (settings) => ({
      generation: settings.flag('enableEventLogGeneration'),
      retentionDays: settings.number('eventLogRetentionDuration'),
    })),
    apiAccessControl: map(connectedApp, (settings) => settings.flag('enableAdminApprovedAppsOnly')),
  };
}

/** sf knows the id of a user of some logins only; the org knows it of each. */
function accountOf({ door, account }: AskOptions, userInfo: Answer<UserInfo>): Account {
  const { username } = door.org;
  const told = 'value' in userInfo && userInfo.value.username.toLowerCase() === username.toLowerCase();
  const userId = door.org.userId ?? (told ? userInfo.value.userId : undefined);
  if (account === undefined || account.username.toLowerCase() === username.toLowerCase()) {
    return { username, userId, own: true };
  }
  return { ...account, own: false };
}

/** UserPermissionAccess tells of the running user; of another, or where it is refused, profile and permission sets do. */
function permissionsFrom(
  all: Answer<ReadonlyMap<string, boolean>>,
  grants: Answer<readonly Grant[]>,
): Answers['permissions'] {
  if ('value' in all || 'refused' in grants || grants.value.length === 0) return all;
  return { value: union(grants.value, SIX) };
}

function sourceAnswer(source: Source, query: (name: QuestionName) => Answer<QueryResult>): Answer<SourceAnswer> {
  const answer = query(nameOf(source));
  switch (source.object) {
    case 'ContentDistribution':
      return map(map(answer, readDeliveries), ({ records, newest }) => ({
        said: describeDeliveries(records, newest),
        records: 0,
      }));
    case 'ContentDocumentLink':
      return map(map(answer, readDeliveries), ({ records }) => ({
        said: t('asked for {0}', sampled(records, 'public link')),
        records,
      }));
    case 'EventLogFile':
      return 'refused' in answer ? answer : map(map(query('eventTypes'), readEventTypes), describeNewestDay);
    case 'Profile':
      return withAllFields(source, answer);
    default:
      return map(answer, ({ totalSize }) => ({ said: saying(source, totalSize), records: totalSize }));
  }
}

/** All fields of a record were asked for: the answer tells which of them there are. */
function withAllFields(source: Source, answer: Answer<QueryResult>): Answer<SourceAnswer> {
  const [row] = 'value' in answer ? answer.value.records : [];
  const missing = row && source.kind === 'snapshot' ? source.fields.filter(({ name }) => !(name in row)) : [];
  if (missing.length === 0) return map(answer, () => ({ said: t('answers'), records: 0 }));
  const names = list(missing.map(({ name }) => name));
  const reason = t('no field {0}, or not for this user', names);
  return { refused: { code: 'QUERY_REJECTED', errorCode: 'INVALID_FIELD', reason } };
}

function saying(source: Source, found: number): string {
  const records = sampled(found, 'record');
  return source.kind === 'snapshot' ? t('{0} now', records) : t('{0} of the last day', records);
}

/** Each event type has at most one daily file a day, so that the types of the newest day are its files. */
function describeNewestDay(types: readonly EventTypeRow[]): SourceAnswer {
  const newest = types.reduce((latest, row) => Math.max(latest, row.newest), 0);
  if (newest === 0) return { said: t('no file'), records: 0 };
  const files = types.filter((row) => row.newest === newest).length;
  return { said: t('{0} of {1}, the newest day', counted(files, 'daily file'), utcDate(newest)), records: files };
}

function describeDeliveries(records: number, newest: number | undefined): string {
  const all = sampled(records, 'record');
  return newest === undefined ? t('{0} in all', all) : t('{0} in all, the newest changed {1}', all, utcDate(newest));
}

/** Nobody can ask what another user may see. */
function notAsked({ username }: Account): { refused: { code: 'PERMISSION_MISSING'; reason: string } } {
  return { refused: { code: 'PERMISSION_MISSING', reason: t('only {0} itself is told this', username) } };
}

async function askUserInfo(door: Door, signal: AbortSignal | undefined): Promise<Answer<UserInfo>> {
  try {
    const { body } = await door.json<Record<string, unknown>>({
      path: '/services/oauth2/userinfo',
      purpose: t('say whose session it is'),
      // Salesforce's pages do not list OAuth endpoints among what counts.
      counts: 0,
      ...(signal ? { signal } : {}),
    });
    return {
      value: {
        userId: String(body['user_id']),
        orgId: String(body['organization_id']),
        username: String(body['preferred_username']),
      },
    };
  } catch (error) {
    return { refused: refusedByDoor(error) };
  }
}

function map<T, U>(answer: Answer<T>, read: (value: T) => U | Error): Answer<U> {
  if ('refused' in answer) return answer;
  const value = read(answer.value);
  return value instanceof Error ? { refused: { code: 'RESPONSE_INVALID', reason: value.message } } : { value };
}
