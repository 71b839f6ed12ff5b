import type { FaultInput, FaultKind } from './faults.ts';
import { JSON_TYPE, json, xml, type Reply } from './reply.ts';
import { bearerToken } from './caller.ts';
import type { OrgRequest } from './request.ts';

type Struck = ReadonlyMap<FaultKind, FaultInput>;

/** What an org that means harm, or an edge before it, answers instead. */
export function instead(request: OrgRequest, struck: Struck): Reply | undefined {
  const echo = struck.get('echo');
  if (echo !== undefined) return echoed(request, echo);
  const answer = struck.get('answer');
  if (answer === undefined) return undefined;
  const { status = 200, contentType = JSON_TYPE, body = '', headers = {}, times = 1 } = answer;
  return { status, contentType, body: times === 1 ? body : repeated(body, times), headers };
}

/** `Sforce-Limit-Info` as the faults leave it. */
export function withLimitFaults(reply: Reply, struck: Struck): Reply {
  const malformed = struck.get('malformed-limit-info');
  if (malformed === undefined && !struck.has('no-limit-info')) return reply;
  const { 'Sforce-Limit-Info': told, ...headers } = reply.headers ?? {};
  if (told === undefined || malformed === undefined) return { ...reply, headers };
  return { ...reply, headers: { ...headers, 'Sforce-Limit-Info': malformed.value ?? 'api-usage=abc/xyz' } };
}

/** The token of the caller in every place where an error has words, in the forms that edges give it. */
function echoed(request: OrgRequest, { as = 'json', status = 400 }: FaultInput): Reply {
  const token = bearerToken(request) || /<sessionId>([^<]*)</.exec(request.body.toString('utf8'))?.[1] || '';
  const forms = [
    token,
    encodeURIComponent(token),
    token.replace('!', '%21'),
    Buffer.from(`Bearer ${token}`).toString('base64'),
    token.slice(0, 40),
  ];
  const words = `You sent ${forms.join(' and ')}`;
  if (as === 'html') {
    const page = `<!DOCTYPE html><html><body><h1>Blocked</h1><pre>Authorization: Bearer ${words}</pre></body></html>`;
    return { status, contentType: 'text/html', body: page };
  }
  if (as === 'soap') {
    return xml(
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>' +
        `<faultcode>sf:${token}</faultcode><faultstring>${words}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
      status,
    );
  }
  return json([{ message: words, errorCode: `INVALID_${token}`, fields: [token, ...forms] }], status);
}

async function* repeated(body: string, times: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(body);
  for (let left = times; left > 0; left--) yield bytes;
}
