import type { Authorization } from '../../extension/org/authorization.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import type { SimulatedOrgAddress } from '../simulated-org/server.ts';

/** The service account's login with the token that the org handed out; nothing to renew it with. */
export function authorizationOf(org: SimulatedOrgAddress): Authorization {
  const { orgId, username, instanceUrl, accessToken, service } = org;
  return {
    identity: { orgId, username, userId: service.userId, instanceUrl, requestedAs: username },
    token: () => accessToken,
    renew: () => Promise.reject(new OrgwatchError('SESSION_EXPIRED', 'The session has expired.')),
  };
}
