/** An answer that says no, in Salesforce's words: a status and the `[{message, errorCode, fields}]` body. */
export class SalesforceError extends Error {
  override readonly name = 'SalesforceError';
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  /** The body REST sends: an array of one error. */
  body(): string {
    return JSON.stringify([
      {
        message: this.message,
        errorCode: this.errorCode,
        ...(this.fields === undefined ? {} : { fields: this.fields }),
      },
    ]);
  }
}

export const invalidSession = (): SalesforceError =>
  new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

export const apiDisabled = (): SalesforceError =>
  new SalesforceError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');

/** The text for a user without `API Enabled` is not confirmed; the code and the words `or user type` are. */
export const apiDisabledForUser = (): SalesforceError =>
  new SalesforceError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization or user type.');

export const requestLimitExceeded = (): SalesforceError =>
  new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

export const notFound = (): SalesforceError =>
  new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');

export const noAccess = (): SalesforceError =>
  new SalesforceError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on object id');

export const methodNotAllowed = (method: string, allowed: readonly string[]): SalesforceError =>
  new SalesforceError(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
  );
