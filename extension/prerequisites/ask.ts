import { t } from '@vscode/l10n';
import type { Door } from '../org/door.ts';
import { utcDate } from '../shared/utc.ts';
import { counted } from '../shared/wording.ts';
import { SOURCES } from '../sources/registry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Source } from '../sources/source.ts';
import type { Account, Answer, Answers, EventTypeRow, Grant, SourceAnswer, UserInfo } from './answers.ts';
import { askTogether, inRequests, type QueryResult } from './composite.ts';
import { CONNECTOR_PROFILE } from './connector.ts';
import { ANSWERED_ELSEWHERE, questions, SIX, type QuestionName } from './questions.ts';
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

/** Puts all questions at once: at most eight counted calls, one round of waiting, nothing written. */
export async function ask(options: AskOptions): Promise<Answers> {
  const { door, clock, signal } = options;
  const account = accountOf(options);
  const askedAt = clock.now();
  const requests = inRequests(questions({ org: door.org, account, sources: SOURCES, now: askedAt }));
  const total = requests.length + 6;
  let done = 0;
  const answered = async <T>(request: Promise<T>): Promise<T> => {
    const value = await request;
    options.onAnswered?.(++done, total);
    return value;
  };
  const purpose = t('ask what Verify wants to know');
  const read = (type: string, fullName: string): Promise<Answer<Settings>> =>
    answered(readSettings(door, type, fullName, signal));
  const [parts, userInfo, content, security, event, connectedApp, profile] = await Promise.all([
    Promise.all(requests.map((request) => answered(askTogether(door, request, { purpose, signal })))),
    answered(askUserInfo(door, signal)),
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
    contentDistributions: map(query('contentDistributions'), readDeliveries),
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

function accountOf({ door, account }: AskOptions): Account {
  const { username, userId } = door.org;
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
  const elsewhere = ANSWERED_ELSEWHERE.get(source.object);
  const answer = query(elsewhere ?? `source ${source.name}`);
  switch (source.object) {
    case 'ContentDistribution':
      return map(map(answer, readDeliveries), ({ records, newest }) => ({
        said: describeDeliveries(records, newest),
        records: 0,
      }));
    case 'ContentDocumentLink':
      return map(map(answer, readDeliveries), ({ records }) => ({
        said: t('asked for {0}', counted(records, 'public link')),
        records,
      }));
    case 'EventLogFile':
      return map(map(answer, readEventTypes), describeNewestDay);
    case 'Profile':
      return map(answer, () => ({ said: t('answers'), records: 0 }));
    default:
      return map(answer, ({ totalSize, records }) => {
        const found = elsewhere === undefined ? totalSize : records.length;
        return { said: saying(source, found), records: found };
      });
  }
}

function saying(source: Source, found: number): string {
  const records = counted(found, 'record');
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
  const all = counted(records, 'record');
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
