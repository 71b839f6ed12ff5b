import { t } from '@vscode/l10n';
import { OrgwatchError, type ErrorCode } from '../shared/errors.ts';
import { replaced, TOKENS } from '../shared/redact.ts';
import { unusable } from './answer-limits.ts';

/** What Salesforce itself said, word for word: the cause of the OrgwatchError made of it. */
export class SalesforceRefusal extends Error {
  override readonly name = 'SalesforceRefusal';
  readonly status: number;
  /** `INVALID_FIELD`, `REQUEST_LIMIT_EXCEEDED` …; `HTTP_503` where the body names none. */
  readonly errorCode: string;
  readonly fields: readonly string[];

  constructor(status: number, errorCode: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

/** Whether Salesforce refused a request with this error code. */
export function isRefusal(
  error: unknown,
  errorCode: string,
): error is OrgwatchError & { readonly cause: SalesforceRefusal } {
  return (
    error instanceof OrgwatchError && error.cause instanceof SalesforceRefusal && error.cause.errorCode === errorCode
  );
}

/** Salesforce's error codes (SOAP API Developer Guide, "ExceptionCode"; REST API, "Status Codes and Error Responses"). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'SESSION_EXPIRED',
  INVALID_AUTH_HEADER: 'SESSION_EXPIRED',
  REQUEST_LIMIT_EXCEEDED: 'REQUEST_LIMIT_EXCEEDED',
  API_DISABLED_FOR_ORG: 'API_DISABLED',
  API_CURRENTLY_DISABLED: 'API_DISABLED',
  INSUFFICIENT_ACCESS: 'PERMISSION_MISSING',
  INSUFFICIENT_ACCESS_OR_READONLY: 'PERMISSION_MISSING',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'PERMISSION_MISSING',
  TXN_SECURITY_NO_ACCESS: 'PERMISSION_MISSING',
  FORBIDDEN: 'PERMISSION_MISSING',
  INVALID_TYPE: 'NOT_SUPPORTED_BY_ORG',
  INVALID_TYPE_FOR_OPERATION: 'NOT_SUPPORTED_BY_ORG',
  FUNCTIONALITY_NOT_ENABLED: 'NOT_SUPPORTED_BY_ORG',
  NOT_FOUND: 'NOT_SUPPORTED_BY_ORG',
  INVALID_FIELD: 'QUERY_REJECTED',
  MALFORMED_QUERY: 'QUERY_REJECTED',
  MALFORMED_ID: 'QUERY_REJECTED',
  INVALID_QUERY_FILTER_OPERATOR: 'QUERY_REJECTED',
  INVALID_QUERY_LOCATOR: 'QUERY_REJECTED',
  SERVER_UNAVAILABLE: 'SERVER_ERROR',
  QUERY_TIMEOUT: 'SERVER_ERROR',
  UNKNOWN_EXCEPTION: 'SERVER_ERROR',
};

/** `420` is Salesforce's edge saying that the request went astray; the others are HTTP's own. */
const PASSING_STATUS = new Set([420, 429, 502, 503, 504]);

/** True for a status that says: try again. */
export function isPassing(status: number): boolean {
  return PASSING_STATUS.has(status);
}

/** Takes secrets out of a text; without more knowledge, what has the form of one. */
type Clean = (text: string) => string;

const cleanByForm: Clean = (text) => replaced(text, TOKENS);

/** The OrgwatchError for an error body: JSON `[{message, errorCode, fields?}]`, or anything. */
export function refusalOf(status: number, body: string, purpose: string, clean = cleanByForm): OrgwatchError {
  return asError(readBody(status, body, clean), purpose);
}

/** The OrgwatchError for a SOAP fault: `sf:INVALID_SESSION_ID` and its text. */
export function refusalOfFault(
  status: number,
  fault: { readonly code: string; readonly text: string },
  purpose: string,
  clean = cleanByForm,
): OrgwatchError {
  const code = fault.code.replace(/^.*:/s, '');
  const text = clean(fault.text.replace(`${code}: `, ''));
  return asError(new SalesforceRefusal(status, shortened(clean(code)), text), purpose);
}

/** Salesforce redirects no request of an API; whoever does is not the org. */
export function redirected(location: string | null, purpose: string): OrgwatchError {
  const to = location !== null && URL.canParse(location) ? new URL(location).origin : t('another address');
  return unusable(t('The answer to “{0}” leads on to {1}, where Orgwatch does not follow.', purpose, to));
}

function asError(refusal: SalesforceRefusal, purpose: string): OrgwatchError {
  const passing = isPassing(refusal.status);
  const known = Object.hasOwn(CODES, refusal.errorCode) ? CODES[refusal.errorCode] : undefined;
  const code = passing ? 'SERVER_ERROR' : (known ?? byStatus(refusal.status));
  const said = saidIn(refusal.message);
  return new OrgwatchError(code, t('Salesforce refused to {0}: {1} ({2}).', purpose, said, refusal.errorCode), {
    actions: ACTIONS[code]?.() ?? [],
    retryable: passing || code === 'SERVER_ERROR' || code === 'REQUEST_LIMIT_EXCEEDED',
    cause: refusal,
  });
}

const ACTIONS: Readonly<Partial<Record<ErrorCode, () => readonly string[]>>> = {
  API_DISABLED: () => [
    t(
      'The REST API comes with Enterprise, Unlimited, Performance and Developer Edition; Professional Edition can buy it.',
    ),
    t('Give the user the permission API Enabled.'),
  ],
  PERMISSION_MISSING: () => [t('Run `orgwatch verify`: it names the missing permission.')],
  REQUEST_LIMIT_EXCEEDED: () => [
    t('Wait until calls fall out of the last 24 hours, or ask Salesforce for a larger allocation.'),
    t('Setup → Company Information shows what the org has used; the event type API Total Usage shows who used it.'),
  ],
  SERVER_ERROR: () => [t('Try again later; https://status.salesforce.com tells of incidents.')],
};

/** Salesforce's longest error codes have 60 characters. */
const LONGEST_CODE = 100;

/** Secrets are cut out before anything is shortened: the half of a token is not found by its value. */
function readBody(status: number, body: string, clean: Clean): SalesforceRefusal {
  const first = firstError(body);
  const code = first['errorCode'] ?? first['error'];
  const message = first['message'] ?? first['error_description'];
  const { fields } = first;
  if (typeof code !== 'string') {
    return new SalesforceRefusal(status, `HTTP_${String(status)}`, t('status {0}', status));
  }
  const names = Array.isArray(fields) ? fields.filter((name): name is string => typeof name === 'string') : [];
  const text = clean(typeof message === 'string' ? message : code);
  return new SalesforceRefusal(status, shortened(clean(code)), text, names.map(clean));
}

/** Empty where the body tells none: an edge answers in HTML. */
function firstError(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed = JSON.parse(body) as unknown;
    const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** An error code as one word or a few, whatever the org calls it. */
function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_CODE ? `${line.slice(0, LONGEST_CODE)}…` : line;
}

function byStatus(status: number): ErrorCode {
  if (status === 401) return 'SESSION_EXPIRED';
  if (status === 403) return 'PERMISSION_MISSING';
  if (status === 404) return 'NOT_SUPPORTED_BY_ORG';
  if (status >= 500) return 'SERVER_ERROR';
  return status >= 400 ? 'QUERY_REJECTED' : 'RESPONSE_INVALID';
}

/** A SOQL error repeats the query and points with a caret before it says what is wrong. */
function saidIn(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const caret = lines.findIndex((line) => line === '^');
  const said = lines.slice(caret + 1).filter((line) => line !== '' && !line.startsWith('ERROR at Row:'));
  return said.join(' ').replace(/\.$/, '').slice(0, 400);
}
