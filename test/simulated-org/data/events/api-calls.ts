import { makeId } from '../../ids.ts';
import type { Integration } from '../sign-ins/integrations.ts';
import type { SignIn } from '../sign-ins/sign-in.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { DAY } from '../time.ts';

/** One call of the REST, SOAP or Bulk API, as the API's own event and ApiTotalUsage both see it. */
export interface ApiCall {
  readonly at: number;
  readonly session: SignIn;
  readonly integration: Integration;
  readonly family: 'REST' | 'SOAP' | 'Bulk';
  readonly requestId: string;
  readonly entity: string;
  readonly method: string;
  readonly resource: string;
  readonly status: number;
  readonly rows: number;
  readonly query: string;
}

const ENTITIES = ['Account', 'Contact', 'Opportunity', 'Order', 'Case', 'Rental_Contract__c', 'Product2'] as const;

/** API calls of one day's integration sessions, ascending by time; the first follows midnight to the millisecond. */
export function apiCallsOf(seed: number, day: number, sessions: readonly SignIn[]): ApiCall[] {
  const random = randomFor(seed, 'api-calls', day);
  const calls: ApiCall[] = [];
  for (const session of sessions) {
    const { integration } = session;
    if (integration === undefined) continue;
    const count = random.between(1, integration.calls * 2 - 1);
    for (let number = 0; number < count; number++) {
      const first = number === 0 && session.at === day * DAY;
      const at = first ? session.at : Math.floor(session.at + random.next() * (session.until - session.at));
      if (at < (day + 1) * DAY) calls.push(callOf(random, session, integration, at));
    }
  }
  return calls.sort((a, b) => a.at - b.at);
}

function callOf(random: Random, session: SignIn, integration: Integration, at: number): ApiCall {
  const entity = random.pick(ENTITIES);
  const read = random.chance(0.6);
  const failed = random.chance(0.04);
  const common = {
    at,
    session,
    integration,
    entity,
    family: integration.api,
    requestId: random.text(22),
    rows: failed ? 0 : read ? random.between(0, 2_000) : random.between(1, 200),
    query: read ? `SELECT Id, Name, LastModifiedDate FROM ${entity} WHERE SystemModstamp > :since` : '',
  };
  if (integration.api === 'REST') {
    const status = failed ? random.pick([400, 401, 404, 503]) : read ? 200 : random.pick([200, 201, 204]);
    const resource = read
      ? '/services/data/v64.0/query'
      : `/services/data/v64.0/sobjects/${entity}/${makeId('001', random.between(1, 5_000))}`;
    return { ...common, status, resource, method: read ? 'GET' : random.pick(['POST', 'PATCH', 'DELETE']) };
  }
  if (integration.api === 'Bulk') {
    const resource = `/services/async/64.0/job/${makeId('750', random.between(1, 900_000))}/batch`;
    return { ...common, status: failed ? 400 : 200, resource, method: 'POST' };
  }
  const method = read
    ? random.pick(['query', 'queryMore', 'describeSObject', 'retrieve'])
    : random.pick(['upsert', 'update']);
  return { ...common, status: failed ? 500 : 200, resource: method, method };
}
