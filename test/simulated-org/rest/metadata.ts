import { json, xml, type Reply } from '../http/reply.ts';
import type { OrgRequest, SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';

/** `…/metadata/deployRequest[/0Af…]`, answered by the Metadata API. */
export async function deployRequest(org: Org, request: SessionRequest): Promise<Reply> {
  const { caller } = request.viewer;
  const answer = await org.metadata.rest(
    {
      method: request.method,
      path: `${request.path}?${request.query.toString()}`,
      headers: request.headers,
      body: request.body,
    },
    caller,
  );
  return json(answer.json as object, answer.status);
}

/** The session in a SOAP envelope's header; empty where there is none. */
export function soapSession(request: OrgRequest): string {
  return /<(?:\w+:)?sessionId>\s*([^<]*?)\s*</.exec(request.body.toString('utf8'))?.[1] ?? '';
}

/** A SOAP fault; Salesforce sends all of them with status 500. */
export function soapFault(code: string, message: string): Reply {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return xml(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata">' +
      `<soapenv:Body><soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${text}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
    500,
  );
}

export const soapInvalidSession = (): Reply =>
  soapFault(
    'INVALID_SESSION_ID',
    'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key: ',
  );
