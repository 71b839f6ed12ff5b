import type { AuthorizationSummary } from './authorization.ts';
import { toId18 } from './org-id.ts';

type Login = Pick<AuthorizationSummary, 'username' | 'aliases' | 'orgId'>;

/**
 * The id of the org that an alias, a username or an organization id stands for; undefined when sf knows no such login.
 * Names are what sf says they are now: after a sandbox was refreshed, its username stands for another organization, and
 * what was synced as it before is reached by organization id alone.
 */
export function orgIdMeant(wanted: string, logins: readonly Login[]): string | undefined {
  return orgIdIn(wanted) ?? loginNamed(wanted, logins)?.orgId;
}

/** The organization id that a text is, in its 18-character form. */
export function orgIdIn(text: string): string | undefined {
  return /^00D[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?$/.test(text) ? toId18(text) : undefined;
}

/** The login of an alias or a username. */
export function loginNamed<T extends Login>(wanted: string, logins: readonly T[]): T | undefined {
  return logins.find(({ aliases }) => aliases.includes(wanted)) ?? logins.find(({ username }) => username === wanted);
}
