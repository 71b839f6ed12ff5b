import { json, type Reply } from '../http/reply.ts';
import { jsonBody, type OrgRequest, type SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../salesforce-error.ts';

/** The answer to a subrequest, as JSON text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Answers one subrequest with the session of the whole. */
export type Dispatch = (org: Org, request: SessionRequest) => Promise<Answer>;

const MOST = 25;
/** Queries among them (REST API Developer Guide, "Send Multiple Requests Using Composite"). */
const MOST_QUERIES = 5;

/** One entry of `compositeRequest` or `batchRequests`. */
interface Entry {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** `POST /composite`: in order, later ones may refer to earlier results; one call whatever its size. */
export async function composite(org: Org, request: SessionRequest, dispatch: Dispatch): Promise<Reply> {
  const body = jsonBody(request);
  const entries = entriesOf(body['compositeRequest'], 'body');
  if (entries.filter(({ url }) => /\/query(?:All)?\/?\?/i.test(url)).length > MOST_QUERIES) {
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `The number of queries exceeds the limit of ${MOST_QUERIES}`);
  }
  const results = new Map<string, unknown>();
  const answers: { answer: Answer; referenceId: string }[] = [];
  let failed = false;
  for (const entry of entries) {
    const answer =
      failed && body['allOrNone'] === true
        ? halted()
        : await answerEntry(org, request, dispatch, resolve(entry, results));
    if (answer.status >= 400) failed = true;
    if (answer.text !== '') results.set(entry.referenceId, JSON.parse(answer.text));
    answers.push({ answer, referenceId: entry.referenceId });
  }
  const parts = answers.map(
    ({ answer, referenceId }) =>
      `{"body":${answer.text || 'null'},"httpHeaders":{},"httpStatusCode":${answer.status},"referenceId":${JSON.stringify(referenceId)}}`,
  );
  return json(`{"compositeResponse":[${parts.join(',')}]}`);
}

/** `POST /composite/batch`: independent of each other, one call each. */
export async function batch(org: Org, request: SessionRequest, dispatch: Dispatch): Promise<Reply> {
  const entries = entriesOf(jsonBody(request)['batchRequests'], 'richInput');
  const parts: string[] = [];
  let hasErrors = false;
  for (const entry of entries) {
    const answer = await answerEntry(org, request, dispatch, {
      ...entry,
      url: entry.url.replace(/^\/?(?=v\d)/, '/services/data/'),
    });
    if (answer.status >= 400) hasErrors = true;
    parts.push(`{"statusCode":${answer.status},"result":${answer.text || 'null'}}`);
  }
  return json(`{"hasErrors":${hasErrors},"results":[${parts.join(',')}]}`);
}

/** Calls that Salesforce counts for a batch: its subrequests. */
export function batchCalls(request: OrgRequest): number {
  const entries = /"batchRequests"/.test(request.body.toString('utf8'))
    ? jsonBody(request)['batchRequests']
    : undefined;
  return Array.isArray(entries) ? entries.length : 1;
}

function entriesOf(value: unknown, bodyKey: 'body' | 'richInput'): Entry[] {
  if (!Array.isArray(value)) throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'A list of subrequests is required');
  if (value.length > MOST) {
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `The number of subrequests exceeds the limit of ${MOST}`);
  }
  return value.map((item: Record<string, unknown>) => ({
    method: String(item['method'] ?? 'GET').toUpperCase(),
    url: String(item['url'] ?? ''),
    referenceId: String(item['referenceId'] ?? ''),
    body: item[bodyKey],
    headers: headersOf(item['httpHeaders']),
  }));
}

/** Names are in lower case, as those of the whole request. */
function headersOf(value: unknown): Readonly<Record<string, string>> {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(given.map(([name, text]) => [name.toLowerCase(), String(text)]));
}

/** Replaces `@{reference.path}` in URL and body by what the earlier subrequest answered. */
function resolve(entry: Entry, results: ReadonlyMap<string, unknown>): Entry {
  const fill = (text: string): string =>
    text.replace(/@\{(\w+)\.([\w.[\]]+)\}/g, (whole, reference: string, path: string) => {
      let value = results.get(reference);
      for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
        value = (value as Record<string, unknown> | undefined)?.[key];
      }
      return value === undefined ? whole : String(value);
    });
  return {
    ...entry,
    url: fill(entry.url),
    body: entry.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(entry.body))),
  };
}

function answerEntry(org: Org, request: SessionRequest, dispatch: Dispatch, entry: Entry): Promise<Answer> {
  const url = new URL(`http://org/${entry.url.replace(/^\/+/, '')}`);
  return dispatch(org, {
    method: entry.method,
    path: url.pathname,
    query: url.searchParams,
    headers: { ...request.headers, ...entry.headers },
    body: Buffer.from(entry.body === undefined ? '' : JSON.stringify(entry.body)),
    viewer: request.viewer,
  });
}

const halted = (): Answer => ({
  status: 400,
  text: new SalesforceError(
    400,
    'PROCESSING_HALTED',
    'The transaction was rolled back since another operation in the same transaction failed.',
  ).body(),
});
