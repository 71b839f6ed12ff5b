import { json, type Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import type { Org } from '../org.ts';

/** `GET /services/oauth2/userinfo` (OpenID Connect). */
export function userInfo(org: Org, { viewer }: SessionRequest): Reply {
  const { userId, timeZone } = viewer.caller;
  const user = org.state.users.get(userId) ?? {};
  return json({
    sub: identityUrl(org, userId),
    user_id: userId,
    organization_id: org.state.orgId,
    preferred_username: user['Username'],
    nickname: user['Alias'] ?? user['Username'],
    name: user['Name'],
    email: user['Email'],
    email_verified: true,
    given_name: user['FirstName'] ?? null,
    family_name: user['LastName'],
    zoneinfo: timeZone,
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    urls: urls(org),
  });
}

/** `GET /id/<org>/<user>`: what the `id` of a token answer points at. */
export function identity(org: Org, { viewer }: SessionRequest): Reply {
  const { userId, timeZone } = viewer.caller;
  const user = org.state.users.get(userId) ?? {};
  return json({
    id: identityUrl(org, userId),
    asserted_user: true,
    user_id: userId,
    organization_id: org.state.orgId,
    username: user['Username'],
    nick_name: user['Alias'] ?? user['Username'],
    display_name: user['Name'],
    email: user['Email'],
    first_name: user['FirstName'] ?? null,
    last_name: user['LastName'],
    timezone: timeZone,
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    urls: urls(org),
  });
}

/** `GET /services/oauth2/singleaccess`: where `sf org open` sends the browser. */
export function singleAccess(org: Org): Reply {
  return json({ frontdoor_uri: `${org.instanceUrl}/secur/frontdoor.jsp?otp=simulated` });
}

export const identityUrl = (org: Org, userId: string): string => `${org.instanceUrl}/id/${org.state.orgId}/${userId}`;

function urls(org: Org): Record<string, string> {
  return {
    rest: `${org.instanceUrl}/services/data/v{version}/`,
    metadata: `${org.instanceUrl}/services/Soap/m/{version}/${org.state.orgId}`,
    query: `${org.instanceUrl}/services/data/v{version}/query/`,
    sobjects: `${org.instanceUrl}/services/data/v{version}/sobjects/`,
    custom_domain: org.instanceUrl,
  };
}
