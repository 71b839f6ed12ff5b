import type { OrgIdentity } from '../org/door.ts';
import { DAY } from '../shared/utc.ts';
import type { Source } from '../sources/source.ts';
import type { Account } from './answers.ts';
import type { Question } from './composite.ts';
import { CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';

const SIGN_IN_DAYS = 30;
const MOST_SIGN_INS = 200;
/** In three composite requests; five calls go to settings that only the Metadata API tells. */
const MOST_QUERIES = 15;

export const SIX: readonly string[] = CONNECTOR_PERMISSIONS.map(({ name }) => name);

export type QuestionName =
  | 'organization'
  | 'user'
  | 'grants'
  | 'profile'
  | 'userLogin'
  | 'signIns'
  | 'allPermissions'
  | 'eventTypes'
  | 'hourlyTypes'
  | 'contentDistributions'
  | 'installedApps'
  | `source ${string}`;

export interface QuestionsInput {
  readonly org: OrgIdentity;
  /** Whose readiness is asked for; what another than the running user sees, nobody can ask. */
  readonly account: Account;
  readonly sources: readonly Source[];
  readonly now: number;
}

/**
 * The questions of Verify, most important first: SOQL, or the path of a record. FIELDS(STANDARD) and whole records are
 * asked for where an org may lack a field: naming one that is not there would refuse the whole question.
 */
export function questions(input: QuestionsInput): readonly Question[] {
  const { org, account, sources, now } = input;
  const username = quote(account.username);
  const userId =
    account.userId === undefined
      ? `IN (SELECT Id FROM User WHERE Username = ${username})`
      : `= ${quote(account.userId)}`;
  const six = SIX.map((name) => `PermissionSet.Permissions${name}`).join(', ');
  const asked: [QuestionName, string][] = [
    ['organization', `/sobjects/Organization/${org.orgId}?fields=Name,OrganizationType,IsSandbox,LanguageLocaleKey`],
    [
      'user',
      account.userId === undefined
        ? `SELECT FIELDS(STANDARD) FROM User WHERE Username = ${username}`
        : `/sobjects/User/${account.userId}`,
    ],
    [
      'grants',
      `SELECT PermissionSet.Name, PermissionSet.Label, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSet.Profile.UserLicense.Name, ${six} FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
    ],
    ...(account.own
      ? [['allPermissions', 'SELECT FIELDS(STANDARD) FROM UserPermissionAccess'] as [QuestionName, string]]
      : []),
    ['profile', `SELECT FIELDS(STANDARD) FROM Profile WHERE Name = ${quote(CONNECTOR_PROFILE)}`],
    ['userLogin', `SELECT IsFrozen, IsPasswordLocked FROM UserLogin WHERE UserId ${userId}`],
    [
      'signIns',
      `SELECT LoginTime, LoginType, SourceIp, Application, Status FROM LoginHistory WHERE UserId ${userId} AND LoginTime >= ${time(now - SIGN_IN_DAYS * DAY)} ORDER BY LoginTime DESC LIMIT ${MOST_SIGN_INS}`,
    ],
    [
      'eventTypes',
      'SELECT EventType, COUNT(Id) files, MIN(LogDate) oldest, MAX(LogDate) newest FROM EventLogFile GROUP BY EventType',
    ],
    [
      'hourlyTypes',
      "SELECT EventType, COUNT(Id) files, MIN(LogDate) oldest, MAX(LogDate) newest FROM EventLogFile WHERE Interval = 'Hourly' GROUP BY EventType",
    ],
    ['contentDistributions', 'SELECT COUNT(Id) records, MAX(SystemModstamp) newest FROM ContentDistribution'],
    ['installedApps', 'SELECT Name FROM ConnectedApplication'],
    ...sources.flatMap((source): [QuestionName, string][] => {
      const soql = countQuery(source, now - DAY);
      return soql === undefined ? [] : [[`source ${source.name}`, soql]];
    }),
  ];
  const all = asked.map(([name, text]): Question =>
    text.startsWith('/') ? { name, path: text } : { name, soql: text },
  );
  const queries = all.filter((question) => 'soql' in question);
  return all.filter((question) => 'path' in question || queries.indexOf(question) < MOST_QUERIES);
}

/** Objects that another question asks of anyway; that it is answered says that the source would be, too. */
export const ANSWERED_ELSEWHERE: ReadonlyMap<string, QuestionName> = new Map([
  ['ContentDistribution', 'contentDistributions'],
  ['ContentDocumentLink', 'contentDistributions'],
  ['ConnectedApplication', 'installedApps'],
  ['EventLogFile', 'eventTypes'],
  ['Profile', 'profile'],
]);

/** Counts the records of the last day; of a snapshot, those there are. Every object answers COUNT(). */
function countQuery(source: Source, since: number): string | undefined {
  if (ANSWERED_ELSEWHERE.has(source.object)) return undefined;
  const count = `SELECT COUNT() FROM ${source.object}`;
  return source.kind === 'records' ? `${count} WHERE ${source.timeField} >= ${time(since)}` : count;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
