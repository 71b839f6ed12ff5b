import type { Org } from '../org.ts';
import { soapFault, soapInvalidSession, soapSession } from '../rest/metadata.ts';
import { outage } from './answer-rest.ts';
import type { FaultInput, FaultKind } from './faults.ts';
import { xml, type Reply } from './reply.ts';
import type { OrgRequest } from './request.ts';
import type { Answered } from './answered.ts';
import { callerOf } from './caller.ts';

/**
 * `POST /services/Soap/m/66.0[/<org>]`, or `…/deployRequest[/<id>]` beneath, where simple_salesforce sends its deploys;
 * the envelope says all the same what is called. Session and allocation here, the rest is the Metadata API's. No limit header.
 */
export async function answerSoap(
  org: Org,
  request: OrgRequest,
  struck: ReadonlyMap<FaultKind, FaultInput>,
): Promise<Answered> {
  const kind = 'metadata-soap';
  const unavailable = outage(struck);
  if (unavailable !== undefined) return { reply: unavailable, kind, calls: 1 };
  return { reply: await answerEnvelope(org, request, struck), kind, calls: 1 };
}

async function answerEnvelope(
  org: Org,
  request: OrgRequest,
  struck: ReadonlyMap<FaultKind, FaultInput>,
): Promise<Reply> {
  const version = /^\/services\/Soap\/m\/(\d+(?:\.\d)?)(?:\/deployRequest\/\w+|\/\w+)?\/?$/.exec(request.path)?.[1];
  if (version === undefined || request.method !== 'POST') {
    return soapFault('UNSUPPORTED_API_VERSION', 'Only the Metadata API is served here');
  }
  const token = soapSession(request);
  if (struck.has('expired-session')) org.sessions.expire(token);
  const caller = callerOf(org, token);
  if (caller === undefined) return soapInvalidSession();
  if (!org.state.scenario.restApi) {
    return soapFault('API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
  }
  if (!caller.permissions.has('ApiEnabled')) {
    return soapFault('API_CURRENTLY_DISABLED', 'API is disabled for this User');
  }
  if (org.allocation.exhausted || struck.has('request-limit')) {
    return soapFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.allocation.charge(1);
  const answer = await org.metadata.soap(request.body.toString('utf8'), caller, { apiVersion: version });
  return xml(answer.xml, answer.status);
}
