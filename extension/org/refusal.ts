import { t } from '@vscode/l10n';
import { OrgwatchError, type ErrorCode } from '../shared/errors.ts';
import { replaced, TOKENS } from '../shared/redact.ts';
import { unusable } from './answer-limits.ts';
import { classify, CODE_OF, remedyOf } from './refusal-codes.ts';

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
  // Salesforce gives every fault the status 500, so that the status tells nothing.
  return asError(new SalesforceRefusal(status, shortened(clean(code)), text), purpose, FAULT);
}

/** The status by which a SOAP fault is classified. */
const FAULT = 400;

/** Where an answer leads on to: the cause of the OrgwatchError made of it. */
export class Redirection extends Error {
  override readonly name = 'Redirection';
  /** Origin of the address. */
  readonly to: string;

  constructor(to: string) {
    super(`leads on to ${to}`);
    this.to = to;
  }
}

/** Salesforce redirects no request of an API but to the new address of an org; whoever else does is not the org. */
export function redirected(location: string | null, purpose: string): OrgwatchError {
  const to = location !== null && URL.canParse(location) ? new URL(location).origin : undefined;
  const place = to ?? t('another address');
  const error = unusable(t('The answer to “{0}” leads on to {1}, where Orgwatch does not follow.', purpose, place));
  if (to === undefined) return error;
  return new OrgwatchError(error.code, error.message, { actions: error.actions, cause: new Redirection(to) });
}

/** An org's new address is followed only where it is known to be the same org. */
export function notProven(to: string, why: string): OrgwatchError {
  return new OrgwatchError(
    'ACCESS_REFUSED',
    t(
      'The org says that its address is now {0}, but whether that is the same org could not be found out: {1}',
      to,
      why,
    ),
    { actions: remedyOf('URL_NOT_RESET') },
  );
}

function asError(refusal: SalesforceRefusal, purpose: string, status = refusal.status): OrgwatchError {
  const { errorCode } = refusal;
  const about = classify(status, errorCode);
  const said = saidIn(refusal.message);
  if (about === undefined && isByStatus(refusal)) return notSalesforce(refusal, purpose);
  const code = about ? CODE_OF[about] : 'QUERY_REJECTED';
  return new OrgwatchError(code, t('Salesforce refused to {0}: {1} ({2}).', purpose, said, errorCode), {
    actions: code === 'ACCESS_REFUSED' ? remedyOf(errorCode) : (ACTIONS[code]?.() ?? []),
    retryable: code === 'SERVER_ERROR' || code === 'REQUEST_LIMIT_EXCEEDED',
    cause: refusal,
  });
}

/** A refusal with none of Salesforce's codes: a proxy or an edge has answered, in HTML or with nothing. */
function notSalesforce(refusal: SalesforceRefusal, purpose: string): OrgwatchError {
  const message = t(
    'The answer to “{0}” is not from Salesforce: status {1}, without an error code.',
    purpose,
    refusal.status,
  );
  return new OrgwatchError('RESPONSE_INVALID', message, {
    actions: [
      t('Check that no proxy or firewall between here and Salesforce refuses requests.'),
      t('Run `sf org display` to see whether the org still has this address.'),
    ],
    cause: refusal,
  });
}

/**
 * Salesforce has no such resource where every version of its API has one: it is the version that is not there, or what
 * answers is no org.
 */
export function noSuchApi(error: OrgwatchError, version: string): OrgwatchError {
  const message = t('The org has no version {0} of the REST API: {1}', version, error.message);
  return new OrgwatchError('ACCESS_REFUSED', message, {
    actions: [
      t('Run `sf org display` to see whether the org still has this address.'),
      t('Check that no proxy or firewall between here and Salesforce refuses requests.'),
    ],
    cause: error.cause,
  });
}

/** Whether nothing but the status is known of a refusal. */
function isByStatus({ errorCode, status }: SalesforceRefusal): boolean {
  return errorCode === `HTTP_${String(status)}`;
}

const askTheSame = (): readonly string[] => [
  t('Run `orgwatch verify`: it asks the org the same, and says what is refused.'),
];

const ACTIONS: Readonly<Partial<Record<ErrorCode, () => readonly string[]>>> = {
  API_DISABLED: () => [
    t(
      'The REST API comes with Enterprise, Unlimited, Performance and Developer Edition; Professional Edition can buy it.',
    ),
    t('Give the user the permission API Enabled.'),
  ],
  PERMISSION_MISSING: () => [t('Run `orgwatch verify`: it names the missing permission.')],
  NOT_SUPPORTED_BY_ORG: askTheSame,
  QUERY_REJECTED: askTheSame,
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

/** A SOQL error repeats the query and points with a caret before it says what is wrong. */
function saidIn(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const caret = lines.findIndex((line) => line === '^');
  const said = lines.slice(caret + 1).filter((line) => line !== '' && !line.startsWith('ERROR at Row:'));
  return said.join(' ').replace(/\.$/, '').slice(0, 400);
}
