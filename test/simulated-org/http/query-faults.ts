import { SalesforceError } from '../salesforce-error.ts';
import type { Reply } from './reply.ts';

/** What FaultInput says of queries, with its meanings and defaults. */
interface QueryFault {
  readonly widerThan?: number;
  readonly reaching?: string;
  readonly status?: number;
  readonly errorCode?: string;
  readonly bytes?: number;
}

/** Comparisons with a time: `LoginTime >= 2026-11-24T05:30:00.000Z`. */
const COMPARISON = /([<>])=?\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/g;

/** Whether a request is for what is given up: a query whose condition spans more time, or reaches into a moment. */
export function isTooWide(path: string, { widerThan, reaching }: QueryFault): boolean {
  if (widerThan === undefined && reaching === undefined) return true;
  const soql = new URLSearchParams(path.split('?')[1] ?? '').get('q');
  if (soql === null) return false;
  const bounds = [...soql.matchAll(COMPARISON)].map(([, sign, time]) => ({ sign, time: Date.parse(String(time)) }));
  const from = Math.max(-Infinity, ...bounds.filter(({ sign }) => sign === '>').map(({ time }) => time));
  const to = Math.min(Date.now(), ...bounds.filter(({ sign }) => sign === '<').map(({ time }) => time));
  const isWide = widerThan === undefined || to - from > widerThan;
  return isWide && (reaching === undefined || (from <= Date.parse(reaching) && to > Date.parse(reaching)));
}

/** SOQL and SOSL Reference, OFFSET: 2,000 at most. The page of OauthToken shows a larger one. */
export function isBeyondOffset(path: string): boolean {
  const soql = new URLSearchParams(path.split('?')[1] ?? '').get('q') ?? '';
  return Number(/ OFFSET (\d+)/i.exec(soql)?.[1] ?? 0) > 2000;
}

export function offsetRefused(): SalesforceError {
  return new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
}

/** How Salesforce ends a query that runs for too long, or is about too much; with status 400 or 500. */
export function givenUp({ status = 400, errorCode = 'QUERY_TIMEOUT' }: QueryFault): SalesforceError {
  const message =
    errorCode === 'QUERY_TIMEOUT' ? 'Your query request was running for too long.' : 'This request is about too much.';
  return new SalesforceError(status, errorCode, message);
}

/** The lengths that a list of event log files shows, made other than those of the files. */
export function withOtherLengths(reply: Reply, fault: QueryFault | undefined): Reply {
  const { bytes = 1 } = fault ?? {};
  if (fault === undefined || typeof reply.body !== 'string') return reply;
  const other = (_: string, name: string, length: string): string => `${name}${String(Number(length) + bytes)}`;
  return { ...reply, body: reply.body.replaceAll(/("LogFileLength":)(\d+)/g, other) };
}
