import type { Org } from '../org.ts';
import { NEWEST_VERSION, OLDEST_VERSION } from '../rest/versions.ts';
import { findRoute, noRoute, type SessionRoute } from '../rest/routes.ts';
import {
  apiDisabled,
  apiDisabledForUser,
  invalidSession,
  notFound,
  requestLimitExceeded,
  SalesforceError,
} from '../salesforce-error.ts';
import type { FaultInput, FaultKind } from './faults.ts';
import { givenUp, offsetRefused, withOtherLengths } from './query-faults.ts';
import { JSON_TYPE, json, type Reply } from './reply.ts';
import type { OrgRequest } from './request.ts';
import type { Answered } from './answered.ts';
import { bearerToken, callerOf } from './caller.ts';

type Struck = ReadonlyMap<FaultKind, FaultInput>;

/** Everything but SOAP: session, allocation, resource; and `Sforce-Limit-Info` on what carries it. */
export async function answerRest(org: Org, request: OrgRequest, struck: Struck): Promise<Answered> {
  const found = findRoute(request.method, request.path);
  if ('allowed' in found) {
    return {
      reply: refusal(noRoute(request.method, found.allowed)),
      kind: 'unknown',
      calls: request.path.startsWith('/services/data/') ? 1 : 0,
    };
  }
  const { route, groups } = found;
  const calls = route.access === 'rest' ? (route.calls?.(request) ?? 1) : 0;
  const unavailable = outage(struck);
  if (unavailable !== undefined) return { reply: unavailable, kind: route.kind, calls };
  try {
    if (route.access === 'open') return { reply: await route.handle(org, request, groups), kind: route.kind, calls };
    const reply = await answerWithSession(org, request, route, groups, calls, struck);
    return { reply, kind: route.kind, calls };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const reply = refusal(error);
    const known = route.access === 'rest' && error.status !== 401;
    return { reply: known ? withLimitInfo(org, reply) : reply, kind: route.kind, calls };
  }
}

async function answerWithSession(
  org: Org,
  request: OrgRequest,
  route: SessionRoute,
  groups: readonly string[],
  calls: number,
  struck: Struck,
): Promise<Reply> {
  const token = bearerToken(request);
  if (struck.has('expired-session')) org.sessions.expire(token);
  const caller = callerOf(org, token);
  if (route.access === 'oauth') {
    if (caller === undefined) return { status: 403, contentType: 'text/html;charset=UTF-8', body: 'Bad_OAuth_Token' };
    return route.handle(
      org,
      { ...request, viewer: { org, caller, apiVersion: NEWEST_VERSION, now: org.state.now() } },
      groups,
    );
  }
  if (caller === undefined) throw invalidSession();
  if (!org.state.scenario.restApi) throw apiDisabled();
  if (!caller.permissions.has('ApiEnabled')) throw apiDisabledForUser();
  const apiVersion = Number(groups[0]);
  if (apiVersion < OLDEST_VERSION || apiVersion > NEWEST_VERSION) throw notFound();
  if (org.allocation.exhausted || struck.has('request-limit')) throw requestLimitExceeded();
  org.allocation.charge(calls);
  const timeout = struck.get('query-timeout');
  if (timeout !== undefined) throw givenUp(timeout);
  if (struck.has('offset-limit')) throw offsetRefused();
  if (struck.has('expired-locator')) org.locators.forget();
  const reply = await route.handle(
    org,
    { ...request, viewer: { org, caller, apiVersion, now: org.state.now() } },
    groups,
  );
  return withLimitInfo(org, withOtherLengths(reply, struck.get('other-length')));
}

/** 500, 503 and 429 answer before anything is looked at. */
export function outage(struck: Struck): Reply | undefined {
  if (struck.has('500')) {
    const [message, errorCode] = ['An unexpected error occurred. Error ID: 1234567890-12345', 'UNKNOWN_EXCEPTION'];
    return json([{ message, errorCode }], 500);
  }
  const fault = struck.get('503') ?? struck.get('429');
  if (fault === undefined) return undefined;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  const [status, message, errorCode] =
    fault.kind === '503'
      ? [503, 'Server temporarily unavailable', 'SERVER_UNAVAILABLE']
      : [429, 'Too many requests', 'TOO_MANY_REQUESTS'];
  return { ...json([{ message, errorCode }], status), headers };
}

function refusal(error: SalesforceError): Reply {
  return { status: error.status, contentType: JSON_TYPE, body: error.body() };
}

function withLimitInfo(org: Org, reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': org.allocation.header() } };
}
