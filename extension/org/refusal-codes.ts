import { t } from '@vscode/l10n';
import type { ErrorCode } from '../shared/errors.ts';

/**
 * What a refusal is about. `session`: the session has ended, another may do. `no-api`, `shut-out`: the whole org or
 * account is not let in. `moved`: the org has another address. `not-offered`: the org has no such thing, or does not show
 * it to this account. `permission`: the account may not. `request`: this request cannot be answered. `too-heavy`: nor can
 * it be done in the time or size there is; a smaller one can. `limit`: calls are used up. `passing`: the same may succeed
 * later.
 */
export type RefusalClass =
  | 'session'
  | 'no-api'
  | 'shut-out'
  | 'moved'
  | 'not-offered'
  | 'permission'
  | 'request'
  | 'too-heavy'
  | 'limit'
  | 'passing';

/**
 * Salesforce's error codes, each with its class: the one place that says so. What is not listed is a request that could
 * not be answered, and never something that the org does not offer. SOAP API Developer Guide, "ExceptionCode" and
 * "StatusCode"; REST API Developer Guide, "Status Codes and Error Responses".
 */
const CLASSES: Readonly<Record<RefusalClass, readonly string[]>> = {
  session: ['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER'],
  'no-api': ['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED'],
  'shut-out': [
    'CLIENT_NOT_ACCESSIBLE_FOR_USER',
    'CLIENT_REQUIRE_UPDATE_FOR_USER',
    'INACTIVE_PORTAL',
    'INVALID_CLIENT',
    'INVALID_LOGIN',
    'INVALID_OPERATION_WITH_EXPIRED_PASSWORD',
    'LOGIN_CHALLENGE_ISSUED',
    'LOGIN_CHALLENGE_PENDING',
    'LOGIN_DURING_RESTRICTED_DOMAIN',
    'LOGIN_DURING_RESTRICTED_TIME',
    'LOGIN_MUST_USE_SECURITY_TOKEN',
    'MUTUAL_AUTHENTICATION_FAILED',
    'ORG_LOCKED',
    'PASSWORD_LOCKOUT',
    'PORTAL_NO_ACCESS',
    'REQUIRE_CONNECTED_APP_SESSION_SCS',
    'TRIAL_EXPIRED',
    'UNSUPPORTED_API_VERSION',
    'UNSUPPORTED_CLIENT',
  ],
  moved: ['URL_NOT_RESET', 'ORG_NOT_OWNED_BY_INSTANCE'],
  'not-offered': ['INVALID_TYPE', 'INVALID_TYPE_FOR_OPERATION', 'NOT_FOUND'],
  permission: [
    'FORBIDDEN',
    'INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'TXN_SECURITY_NO_ACCESS',
  ],
  request: [
    'FUNCTIONALITY_NOT_ENABLED',
    'INVALID_FIELD',
    'INVALID_QUERY_FILTER_OPERATOR',
    'INVALID_QUERY_LOCATOR',
    'MALFORMED_ID',
    'MALFORMED_QUERY',
    'NUMBER_OUTSIDE_VALID_RANGE',
  ],
  'too-heavy': ['OPERATION_TOO_LARGE', 'QUERY_TIMEOUT', 'QUERY_TOO_COMPLICATED', 'REQUEST_RUNNING_TOO_LONG'],
  limit: ['REQUEST_LIMIT_EXCEEDED'],
  passing: ['SERVER_UNAVAILABLE', 'SSO_SERVICE_DOWN', 'UNKNOWN_EXCEPTION'],
};

const CLASS_OF: ReadonlyMap<string, RefusalClass> = new Map(
  Object.entries(CLASSES).flatMap(([name, codes]) => codes.map((code) => [code, name as RefusalClass] as const)),
);

export const CODE_OF: Readonly<Record<RefusalClass, ErrorCode>> = {
  session: 'SESSION_EXPIRED',
  'no-api': 'API_DISABLED',
  'shut-out': 'ACCESS_REFUSED',
  moved: 'ACCESS_REFUSED',
  'not-offered': 'NOT_SUPPORTED_BY_ORG',
  permission: 'PERMISSION_MISSING',
  request: 'QUERY_REJECTED',
  'too-heavy': 'SERVER_ERROR',
  limit: 'REQUEST_LIMIT_EXCEEDED',
  passing: 'SERVER_ERROR',
};

/** The class of one of Salesforce's error codes; undefined for one that is not known here. */
export function classOf(errorCode: string): RefusalClass | undefined {
  return CLASS_OF.get(errorCode);
}

/** `420` is Salesforce's edge saying that the request went astray; the others are HTTP's own. */
const PASSING_STATUS = new Set([408, 420, 429]);

/** True for a status that says: try again. */
export function isPassing(status: number): boolean {
  return status >= 500 || PASSING_STATUS.has(status);
}

/** A status that only something on the way to Salesforce gives: what it says of Salesforce is not to be relied on. */
const ON_THE_WAY = new Set([408, 420, 429, 502, 503, 504]);

/** What a refusal is about; undefined where nothing is known of it. */
export function classify(status: number, errorCode: string): RefusalClass | undefined {
  if (ON_THE_WAY.has(status)) return 'passing';
  const known = classOf(errorCode);
  if (known) return known;
  if (status === 401) return 'session';
  return isPassing(status) ? 'passing' : undefined;
}

/** What to do about an account or an org that is not let in. */
export function remedyOf(errorCode: string): readonly string[] {
  return (REMEDIES[errorCode] ?? otherwise)();
}

const expiredPassword = (): readonly string[] => [
  t('Set a new password for this user, then log in again with `sf org login web`.'),
  t('A service account needs a password that never expires: its profile says so, under Password Policies.'),
];

const locked = (): readonly string[] => [
  t('A System Administrator unlocks the user in Setup › Users, then log in again with `sf org login web`.'),
];

const outside = (): readonly string[] => [
  t("A System Administrator looks at the login hours and login IP ranges of the user's profile."),
];

const client = (): readonly string[] => [
  t('A System Administrator looks at the policies of the connected app in Setup › Connected Apps OAuth Usage.'),
];

const ofTheOrg = (): readonly string[] => [t('Ask your Salesforce account executive; what was synced stays.')];

const moved = (): readonly string[] => [
  t("Log in again with `sf org login web` and the org's address of today: Setup › My Domain shows it."),
];

const otherwise = (): readonly string[] => [
  t('Log in to Salesforce with this user in a browser: what keeps it out is shown there.'),
  t('Setup › Login History shows what was refused, and why.'),
];

const REMEDIES: Readonly<Record<string, () => readonly string[]>> = {
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: expiredPassword,
  LOGIN_DURING_RESTRICTED_DOMAIN: outside,
  LOGIN_DURING_RESTRICTED_TIME: outside,
  CLIENT_NOT_ACCESSIBLE_FOR_USER: client,
  INVALID_CLIENT: client,
  ORG_LOCKED: ofTheOrg,
  ORG_NOT_OWNED_BY_INSTANCE: moved,
  PASSWORD_LOCKOUT: locked,
  TRIAL_EXPIRED: ofTheOrg,
  URL_NOT_RESET: moved,
};
