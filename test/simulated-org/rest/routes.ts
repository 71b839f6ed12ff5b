import type { OrgRequest, SessionRequest } from '../http/request.ts';
import type { Reply } from '../http/reply.ts';
import type { Org } from '../org.ts';
import { methodNotAllowed, notFound, SalesforceError } from '../salesforce-error.ts';
import { batch, batchCalls, composite, type Answer } from './composite.ts';
import { changeRecord, createRecord, deleteRecord } from './changes.ts';
import { describeGlobal, describeObject } from './describe.ts';
import { limits } from './limits.ts';
import { logFile } from './log-file.ts';
import { deployRequest } from './metadata.ts';
import { nextPage, query, toolingQuery } from './query.ts';
import { retrieve } from './retrieve.ts';
import { versionList, versionRoot } from './versions.ts';
import { userInfo, identity, singleAccess } from '../oauth/identity.ts';
import { token } from '../oauth/token.ts';

type Groups = readonly string[];

interface RouteBase {
  readonly methods: readonly string[];
  /** Over the path; what its groups capture is handed to the handler. */
  readonly pattern: RegExp;
  /** Name in the count of requests. */
  readonly kind: string;
}

/** Anybody may ask; never counted against the allocation. */
export interface OpenRoute extends RouteBase {
  readonly access: 'open';
  readonly handle: (org: Org, request: OrgRequest, groups: Groups) => Promise<Reply> | Reply;
}

/** Takes a session. REST resources count as one call unless `calls` says otherwise; OAuth ones do not count. */
export interface SessionRoute extends RouteBase {
  readonly access: 'rest' | 'oauth';
  readonly calls?: (request: OrgRequest) => number;
  readonly handle: (org: Org, request: SessionRequest, groups: Groups) => Promise<Reply> | Reply;
}

export type Route = OpenRoute | SessionRoute;

const V = '/services/data/v(\\d+)\\.0';
const at = (path: string): RegExp => new RegExp(`^${path}/?$`, 'i');

/** Every resource but SOAP, most specific first. */
export const routes: readonly Route[] = [
  { access: 'open', methods: ['GET'], pattern: at('/services/data'), kind: 'version-list', handle: versionList },
  { access: 'open', methods: ['POST'], pattern: at('/services/oauth2/token'), kind: 'oauth-token', handle: token },
  rest(['GET'], V, 'version-root', versionRoot),
  rest(['GET'], `${V}/limits`, 'limits', limits),
  rest(['GET'], `${V}/query`, 'query', (org, request) => query(org, request, false)),
  rest(['GET'], `${V}/queryAll`, 'query-all', (org, request) => query(org, request, true)),
  rest(['GET'], `${V}/(?:query|queryAll)/([^/]+)`, 'query-more', nextPage),
  rest(['GET'], `${V}/tooling/query`, 'tooling-query', toolingQuery),
  rest(['GET'], `${V}/tooling/query/([^/]+)`, 'tooling-query-more', nextPage),
  rest(['GET'], `${V}/tooling/sobjects/(\\w+)/describe`, 'tooling-describe', (org, request, groups) =>
    describeObject(org, request, groups, 'tooling'),
  ),
  rest(['GET'], `${V}/sobjects`, 'describe-global', describeGlobal),
  rest(['GET'], `${V}/sobjects/(\\w+)/describe`, 'describe', (org, request, groups) =>
    describeObject(org, request, groups, 'data'),
  ),
  rest(['POST'], `${V}/sobjects/(\\w+)`, 'create', createRecord),
  rest(['GET'], `${V}/sobjects/EventLogFile/(\\w+)/LogFile`, 'log-file', logFile),
  rest(['GET'], `${V}/sobjects/(\\w+)/(\\w+)`, 'retrieve', retrieve),
  rest(['PATCH'], `${V}/sobjects/(\\w+)/(\\w+)`, 'update', changeRecord),
  rest(['DELETE'], `${V}/sobjects/(\\w+)/(\\w+)`, 'delete', deleteRecord),
  rest(['POST'], `${V}/composite`, 'composite', (org, request) => composite(org, request, answerSubrequest)),
  {
    ...rest(['POST'], `${V}/composite/batch`, 'composite-batch', (org, request) =>
      batch(org, request, answerSubrequest),
    ),
    calls: batchCalls,
  },
  rest(['GET', 'POST', 'PATCH'], `${V}/metadata/deployRequest(?:/\\w+)?`, 'deploy-request', deployRequest),
  oauth(['GET', 'POST'], '/services/oauth2/userinfo', 'userinfo', userInfo),
  oauth(['GET'], '/id/\\w+/\\w+', 'identity', identity),
  oauth(['GET', 'POST'], '/services/oauth2/singleaccess', 'single-access', singleAccess),
];

function rest(methods: readonly string[], path: string, kind: string, handle: SessionRoute['handle']): SessionRoute {
  return { access: 'rest', methods, pattern: at(path), kind, handle };
}

function oauth(methods: readonly string[], path: string, kind: string, handle: SessionRoute['handle']): SessionRoute {
  return { access: 'oauth', methods, pattern: at(path), kind, handle };
}

export interface Found {
  readonly route: Route;
  readonly groups: Groups;
}

/** @returns the route, or the methods that the path does allow; empty where there is no such path. */
export function findRoute(method: string, path: string): Found | { readonly allowed: readonly string[] } {
  const allowed: string[] = [];
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match === null) continue;
    if (route.methods.includes(method)) return { route, groups: match.slice(1) };
    allowed.push(...route.methods);
  }
  return { allowed };
}

/** The error for a path that nothing answers. */
export function noRoute(method: string, allowed: readonly string[]): SalesforceError {
  return allowed.length > 0 ? methodNotAllowed(method, allowed) : notFound();
}

/** A part of a composite request: not counted here. */
async function answerSubrequest(org: Org, request: SessionRequest): Promise<Answer> {
  try {
    const found = findRoute(request.method, request.path);
    if ('allowed' in found) throw noRoute(request.method, found.allowed);
    if (found.route.access !== 'rest') throw notFound();
    const reply = await found.route.handle(org, request, found.groups);
    if (typeof reply.body !== 'string') throw notFound();
    return { status: reply.status, text: reply.body };
  } catch (error) {
    if (error instanceof SalesforceError) return { status: error.status, text: error.body() };
    throw error;
  }
}
