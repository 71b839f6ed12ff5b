import { t } from '@vscode/l10n';
import type { OrgIdentity } from '../org/door.ts';
import { DAY } from '../shared/utc.ts';
import { counted } from '../shared/wording.ts';
import { eventLogFields, HOURLY_FIELDS, quoted } from '../sources/soql.ts';
import type { Source } from '../sources/source.ts';
import type { Account } from './answers.ts';
import type { Question } from './composite.ts';
import { CONNECTOR_PERMISSIONS, CONNECTOR_PROFILE } from './connector.ts';

const SIGN_IN_DAYS = 30;
const MOST_SIGN_INS = 200;

/** Records of a source that Verify looks at. */
const SAMPLE = 200;

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
  const username = quoted(account.username);
  const userId =
    account.userId === undefined
      ? `IN (SELECT Id FROM User WHERE Username = ${username})`
      : `= ${quoted(account.userId)}`;
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
    ['profile', `SELECT FIELDS(STANDARD) FROM Profile WHERE Name = ${quoted(CONNECTOR_PROFILE)}`],
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
    ...sources.flatMap((source): [QuestionName, string][] => {
      const soql = sourceQuery(source, now - DAY);
      return soql === undefined ? [] : [[nameOf(source), soql]];
    }),
  ];
  return asked.map(([name, text]): Question => {
    return text.startsWith('/') ? { name, path: text } : { name, soql: text };
  });
}

/** How many records a source was found to have. */
export function sampled(records: number, noun: Parameters<typeof counted>[1]): string {
  const found = counted(records, noun);
  return records < SAMPLE ? found : t('{0} or more', found);
}

/** The question that a source is judged by. */
export function nameOf(source: Source): QuestionName {
  return ANSWERED_ELSEWHERE.get(source.object) ?? `source ${source.name}`;
}

/**
 * Objects that another question asks of: that it is answered says that the source would be, too. ContentDocumentLink
 * cannot be asked without naming documents; a row of Profile tells which fields there are.
 */
const ANSWERED_ELSEWHERE: ReadonlyMap<string, QuestionName> = new Map([
  ['ContentDocumentLink', 'source content_distribution'],
  ['ConnectedApplication', 'installedApps'],
  ['Profile', 'profile'],
]);

/**
 * What Sync asks a source for, so that a field that is not there is refused here as it is there: records of the last day,
 * the newest first, public links and snapshots; SAMPLE at most, so that the org has little to do and keeps no cursor.
 */
function sourceQuery(source: Source, since: number): string | undefined {
  const { object, kind } = source;
  switch (kind) {
    case 'event-log':
      return `SELECT ${eventLogFields(HOURLY).join(', ')} FROM ${object} ORDER BY CreatedDate DESC LIMIT 1`;
    case 'records': {
      const span = source.backfill === undefined ? '' : ` WHERE ${source.timeField} >= ${time(since)}`;
      return `SELECT ${namesOf(source)} FROM ${object}${span} ORDER BY ${source.timeField} DESC LIMIT ${SAMPLE}`;
    }
    case 'snapshot':
      return ANSWERED_ELSEWHERE.has(object) && object !== 'ConnectedApplication'
        ? undefined
        : `SELECT ${namesOf(source)} FROM ${object} LIMIT ${SAMPLE}`;
  }
}

/** Orgs without hourly files do not have these, which is as it should be. */
const HOURLY: ReadonlySet<string> = new Set(HOURLY_FIELDS);

/** The fields that every org has; that one of the others is missing is no fault. */
function namesOf({ fields }: { readonly fields: readonly { readonly name: string }[] }): string {
  return fields.map(({ name }) => name).join(', ');
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
