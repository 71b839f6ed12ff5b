import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { SalesforceError } from '../salesforce-error.ts';
import type { Viewer } from '../objects/viewer.ts';

/** A request as handlers see it: path without leading slashes doubled, body read and decoded. */
export interface OrgRequest {
  readonly method: string;
  /** Begins with one slash; no query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request of somebody with a valid session. */
export interface SessionRequest extends OrgRequest {
  readonly viewer: Viewer;
}

const LARGEST_BODY = 64 * 1024 * 1024;

/** `sf` stores the instance URL with a slash at the end, so that its paths begin with two. */
export async function readRequest(message: IncomingMessage): Promise<OrgRequest> {
  const url = new URL(`http://org/${(message.url ?? '').replace(/^\/+/, '')}`);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new SalesforceError(413, 'REQUEST_TOO_LARGE', 'The request body is too large');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = message.headers['content-encoding'];
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  return body;
}

/** @throws SalesforceError JSON_PARSER_ERROR where the body is no JSON object. */
export function jsonBody(request: OrgRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below: one error for text that does not parse and for JSON that is no object.
  }
  throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object');
}

/** The client's name: SOAP and REST call options, else the User-Agent. */
export function clientOf(request: OrgRequest): string {
  const options = /client=([^,;]*)/.exec(String(request.headers['sforce-call-options'] ?? ''))?.[1];
  if (options !== undefined) return options.trim();
  if (request.path.startsWith('/services/Soap/')) {
    const client = /<(?:\w+:)?client>([^<]*)</.exec(request.body.toString('utf8'))?.[1];
    if (client !== undefined) return client;
  }
  return request.headers['user-agent'] ?? 'unknown';
}
