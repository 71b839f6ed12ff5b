import { OrgwatchError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Refusal } from './answers.ts';

const CODES: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'SESSION_EXPIRED',
  API_DISABLED_FOR_ORG: 'API_DISABLED',
  REQUEST_LIMIT_EXCEEDED: 'REQUEST_LIMIT_EXCEEDED',
  INSUFFICIENT_ACCESS: 'PERMISSION_MISSING',
  INSUFFICIENT_ACCESS_OR_READONLY: 'PERMISSION_MISSING',
  INVALID_TYPE: 'NOT_SUPPORTED_BY_ORG',
  INVALID_FIELD: 'NOT_SUPPORTED_BY_ORG',
};

/** Why the door did not bring an answer; what is no OrgwatchError is a defect and is thrown on, as is a cancellation. */
export function refusedByDoor(error: unknown): Refusal {
  if (!(error instanceof OrgwatchError) || error.code === 'CANCELLED') throw error;
  return { code: error.code, reason: oneLine(error.message), error };
}

/** Salesforce's error body of one subrequest: `[{errorCode, message}]`. */
export function refusedBySalesforce(body: unknown): Refusal {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const { errorCode, message } = (first ?? {}) as { errorCode?: unknown; message?: unknown };
  if (typeof errorCode !== 'string') return { code: 'RESPONSE_INVALID', reason: 'an error without a code' };
  const text = typeof message === 'string' ? firstSentence(message) : '';
  return { code: CODES[errorCode] ?? 'QUERY_REJECTED', reason: text ? `${errorCode}: ${text}` : errorCode };
}

/** SOQL errors carry the query and a caret before the sentence that matters, and advice after it. */
function firstSentence(message: string): string {
  const last =
    message
      .split('\n')
      .filter((line) => line.trim() !== '')
      .at(-1) ?? '';
  return oneLine(last.split('. ')[0] ?? last);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
