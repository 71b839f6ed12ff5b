import type { FaultInput } from '../simulated-org/http/faults.ts';
import type { SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';

/** An answer of the org: the body both as text and, where it is JSON, parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: never;
}

export interface AskOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the service account's session; null: none. */
  readonly token?: string | null;
}

export const V = '/services/data/v66.0';

/** Asks the org over HTTP, with nothing in between. */
export async function ask(org: SimulatedOrg, path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = 'GET', body, headers = {}, token = org.accessToken } = options;
  const response = await fetch(`${org.instanceUrl}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : undefined) as never,
  };
}

/** Path of a SOQL query. */
export const soql = (query: string, resource = 'query'): string => `${V}/${resource}?q=${encodeURIComponent(query)}`;

export interface QueryAnswer {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** One page of a query. @throws Error with Salesforce's words */
export async function query(org: SimulatedOrg, text: string, options: AskOptions = {}): Promise<QueryAnswer> {
  const answer = await ask(org, soql(text), options);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
}

/** Runs `work` while a fault is on. */
export async function during<T>(org: SimulatedOrg, fault: FaultInput, work: () => Promise<T>): Promise<T> {
  await control(org, 'POST /faults', fault);
  try {
    return await work();
  } finally {
    await control(org, 'DELETE /faults');
  }
}
