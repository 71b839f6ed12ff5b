import { createVerify } from 'node:crypto';
import { json, type Reply } from '../http/reply.ts';
import type { OrgRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import type { App } from './connected-apps.ts';
import { identityUrl } from './identity.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** `POST /services/oauth2/token`: jwt-bearer and refresh_token, with parameters in the body or in the address. */
export function token(org: Org, request: OrgRequest): Reply {
  const form = new URLSearchParams([...request.query, ...new URLSearchParams(request.body.toString('utf8'))]);
  switch (form.get('grant_type')) {
    case JWT_BEARER:
      return bearer(org, form.get('assertion') ?? '');
    case 'refresh_token':
      return refresh(org, form);
    default:
      return refuse('unsupported_grant_type', 'grant type not supported');
  }
}

function bearer(org: Org, assertion: string): Reply {
  const parts = assertion.split('.');
  const claims = decode(parts[1]);
  if (parts.length !== 3 || claims === undefined) return refuse('invalid_grant', 'invalid assertion');
  const clientId = String(claims['iss']);
  const app = org.connectedApps.find(clientId);
  if (app === undefined) return refuse('invalid_client_id', 'client identifier invalid');
  const signed = createVerify('RSA-SHA256').update(`${parts[0]}.${parts[1]}`);
  if (decode(parts[0])?.['alg'] !== 'RS256' || !signed.verify(app.publicKey, parts[2] as string, 'base64url')) {
    return refuse('invalid_grant', 'invalid assertion');
  }
  if (!audienceIsOurs(org, claims['aud'])) return refuse('invalid_grant', 'audience is invalid');
  if (!(Number(claims['exp']) * 1000 > org.state.now().getTime())) {
    return refuse('invalid_grant', 'expired authorization code');
  }
  const userId = userNamed(org, String(claims['sub']));
  if (userId === undefined || !admits(org, app, userId)) {
    return refuse('invalid_grant', "user hasn't approved this consumer");
  }
  return grant(org, userId, clientId);
}

function admits({ state }: Org, { profiles }: App, userId: string): boolean {
  const profile = state.profiles.get(String(state.users.get(userId)?.['ProfileId']));
  return profiles === undefined || (profile !== undefined && profiles.includes(profile.name));
}

function refresh(org: Org, form: URLSearchParams): Reply {
  const presented = form.get('refresh_token');
  const clientId = form.get('client_id');
  if (clientId === null) return refuse('invalid_client_id', 'client identifier invalid');
  for (const [userId, user] of org.state.users) {
    if (user['IsActive'] !== false && org.sessions.refreshToken(userId) === presented)
      return grant(org, userId, clientId);
  }
  return refuse('invalid_grant', 'expired access/refresh token');
}

function grant(org: Org, userId: string, clientId: string): Reply {
  return json({
    access_token: org.sessions.issue(userId, clientId),
    scope: 'api id refresh_token web',
    instance_url: org.faults.movedTo ?? org.instanceUrl,
    id: identityUrl(org, userId),
    token_type: 'Bearer',
    issued_at: String(org.state.now().getTime()),
  });
}

/** The org's own address, or the login hosts that a client of a production org would name. */
function audienceIsOurs(org: Org, audience: unknown): boolean {
  const own = [org.instanceUrl, 'https://login.salesforce.com', 'https://test.salesforce.com'];
  const named = (Array.isArray(audience) ? audience : [audience]).map((entry) => String(entry).replace(/\/+$/, ''));
  const port = new URL(org.instanceUrl).port;
  return named.some((entry) => own.includes(entry) || entry === `http://localhost:${port}`);
}

function userNamed(org: Org, username: string): string | undefined {
  const wanted = username.toLowerCase();
  for (const [id, user] of org.state.users) {
    if (String(user['Username']).toLowerCase() === wanted && user['IsActive'] !== false) return id;
  }
  return undefined;
}

function decode(part: string | undefined): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function refuse(error: string, description: string): Reply {
  return json({ error, error_description: description }, 400);
}
