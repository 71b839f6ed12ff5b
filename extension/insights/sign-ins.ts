import { literal } from '../lake/sql.ts';
import { id18 } from '../lake/views-known.ts';
import type { ViewDefinition } from '../lake/worker.ts';

/** LOGIN_STATUS of a sign-in that worked. Object Reference for Salesforce: Login event type, LOGIN_STATUS values. */
const NO_ERROR = 'LOGIN_NO_ERROR';

/** Codes of a sign-in that is not over yet: what came of it is told by another row. */
const PENDING = '^LOGIN_(CHALLENGE|TWOFACTOR|LIGHTNING_LOGIN)';

/** What English texts of failures have in common; Salesforce documents no list of them. */
const FAILED =
  '(?i)fail|invalid|lockout|locked|restricted|inactive|frozen|expired|denied|required|error|blocked|exceeded|revoked';

/** Why a sign-in failed, by what its code or its English text says; the first that matches counts. */
const CLASSES: readonly (readonly [pattern: string, name: string])[] = [
  ['(?i)challenge|two.?factor|verification|activation required|mfa|security.token', 'mfa'],
  ['(?i)lockout|locked', 'locked'],
  ['(?i)invalid.password', 'wrong password'],
  ['(?i)restricted|_ip_|login.?hours', 'restricted'],
];

/** Applications sign in from where they run, not from where a person is. */
const APPLICATION = '(?i)remote access|\\bapi\\b|apex|sync|partner product|data loader';

const TOLD = `SELECT *, coalesce(code = ${literal(NO_ERROR)}, false) AS worked,
      coalesce(regexp_matches(code, ${literal(PENDING)}), false) AS is_pending
    FROM login_history LEFT JOIN (
      SELECT coalesce(USER_ID_DERIVED, ${id18('USER_ID')}) AS code_user, coalesce(SOURCE_IP, CLIENT_IP) AS code_ip,
        date_trunc('second', event_time) AS code_time, min(LOGIN_STATUS) AS code
      FROM event_log_login
      GROUP BY ALL HAVING min(LOGIN_STATUS) = max(LOGIN_STATUS)
    ) AS codes ON code_user = UserId AND code_ip = SourceIp AND code_time = date_trunc('second', LoginTime)`;

/** What the texts mean in this org, in whatever language: as codes say wherever there are both. */
const LEARNED = `SELECT Status AS learned_text, bool_and(worked) AS always_worked, NOT bool_or(worked) AS never_worked,
      if(min(code) = max(code), min(code), NULL) AS usual_code
    FROM told WHERE code IS NOT NULL AND NOT is_pending GROUP BY Status`;

const OUTCOME = `CASE
      WHEN is_pending THEN 'unknown'
      WHEN code IS NOT NULL THEN if(worked, 'success', 'failure')
      WHEN always_worked OR Status = 'Success' THEN 'success'
      WHEN never_worked OR regexp_matches(Status, ${literal(FAILED)}) THEN 'failure'
      ELSE 'unknown' END`;

const CLASS = `CASE ${CLASSES.map(
  ([pattern, name]) =>
    `WHEN regexp_matches(concat_ws(' ', coalesce(code, usual_code), Status), ${literal(pattern)}) THEN ${literal(name)}`,
).join(' ')} ELSE 'other' END`;

/**
 * Sign-ins with their outcome: `success`, `failure` or `unknown`. No page of Salesforce says that LoginHistory.Status is
 * English, so where the same sign-in is in an event log file (Login) its LOGIN_STATUS decides; what a text means is learned
 * from those; a text that is neither learned nor known is of unknown outcome. `failure` says why: `wrong password`,
 * `locked`, `restricted`, `mfa` or `other`. `is_interactive`: a person, not an application.
 */
export const signIns: ViewDefinition = {
  name: 'sign_ins',
  sql: `WITH told AS (${TOLD}), learned AS (${LEARNED}), judged AS (
    SELECT *, ${OUTCOME} AS outcome FROM told LEFT JOIN learned ON learned_text = Status)
  SELECT event_key, event_time, event_date, UserId AS user_id, outcome,
    CASE WHEN outcome = 'failure' THEN ${CLASS} END AS failure, Status AS status, code,
    NOT coalesce(regexp_matches(LoginType, ${literal(APPLICATION)}), false)
      AND coalesce(ApiType, 'N/A') IN ('N/A', '') AND NOT coalesce(LoginSubType ILIKE 'oauth%', false) AS is_interactive,
    SourceIp AS client_ip, CountryIso AS country, LoginGeo_City AS city, LoginGeo_Latitude AS latitude,
    LoginGeo_Longitude AS longitude, Application AS application, LoginType AS login_type, LoginSubType AS login_sub_type,
    Browser AS browser, Platform AS platform, _raw_id
  FROM judged`,
};
