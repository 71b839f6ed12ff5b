import { permissionsOf } from '../access.ts';
import type { Caller } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';
import type { OrgRequest } from './request.ts';

/** Whose token this is; undefined where it is none, or expired. */
export function callerOf(org: Org, token: string): Caller | undefined {
  const userId = org.sessions.userOf(token);
  const user = userId === undefined ? undefined : org.state.users.get(userId);
  if (userId === undefined || user === undefined || user['IsActive'] === false) return undefined;
  return {
    userId,
    permissions: permissionsOf(org.state, userId),
    timeZone: String(user['TimeZoneSidKey'] ?? 'UTC'),
  };
}

export function bearerToken(request: OrgRequest): string {
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
}
