import type { FaultInput, FaultKind } from './faults.ts';
import { JSON_TYPE, json, xml, type Reply } from './reply.ts';
import { bearerToken } from './caller.ts';
import type { OrgRequest } from './request.ts';

type Struck = ReadonlyMap<FaultKind, FaultInput>;

/** What an org that means harm, or an edge before it, answers instead. */
export function instead(request: OrgRequest, struck: Struck): Reply | undefined {
  const echo = struck.get('echo');
  if (echo !== undefined) return echoed(request, echo);
  const moved = struck.get('moved');
  if (moved?.old !== undefined && isAtOldAddress(request, moved)) return leftBehind(request, moved);
  const refuse = struck.get('refuse');
  if (refuse !== undefined) return refused(request, refuse);
  const edge = struck.get('edge');
  if (edge !== undefined) return page(edge.status ?? 403, edge.page === false ? '' : BLOCKED);
  const maintenance = struck.get('maintenance');
  if (maintenance !== undefined) return page(maintenance.status ?? 503, MAINTENANCE);
  const answer = struck.get('answer');
  if (answer === undefined) return undefined;
  const { status = 200, contentType = JSON_TYPE, body = '', headers = {}, times = 1 } = answer;
  return { status, contentType, body: times === 1 ? body : repeated(body, times), headers };
}

const TOKEN = '/services/oauth2/token';
const BLOCKED = '<!DOCTYPE html><html><head><title>Access Denied</title></head><body>Reference #18.2d</body></html>';
const MAINTENANCE =
  '<!DOCTYPE html><html><head><title>Down for Maintenance</title></head><body>Sorry to interrupt</body></html>';

function page(status: number, body: string): Reply {
  return { status, contentType: 'text/html;charset=UTF-8', body };
}

/** In the form of the resource: the token endpoint speaks OAuth. */
function refused(request: OrgRequest, { status, errorCode = 'UNKNOWN', message = errorCode }: FaultInput): Reply {
  if (request.path !== TOKEN) return json([{ message, errorCode }], status ?? 403);
  return json({ error: errorCode, error_description: message }, status ?? 400);
}

/** Tokens are given at any address: login.salesforce.com does so, too. */
function isAtOldAddress(request: OrgRequest, { to = '' }: FaultInput): boolean {
  return request.path !== TOKEN && request.headers.host !== new URL(to).host;
}

function leftBehind(request: OrgRequest, { old, to = '', status = 301 }: FaultInput): Reply {
  if (old === 'redirect') {
    const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    return { ...page(status, ''), headers: { Location: `${to}${request.path}${query}` } };
  }
  const message = 'Destination URL not reset. The URL returned from login must be set';
  return json([{ message, errorCode: 'URL_NOT_RESET' }], 400);
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
