import type { Location } from '../population/offices.ts';
import type { Person } from '../population/roster.ts';
import type { Integration } from './integrations.ts';

/** How a sign-in ended: LoginHistory.Status, LOGIN_STATUS of the Login event, and whether there is a session. */
export const outcomes = {
  success: { status: 'Success', code: 'LOGIN_NO_ERROR' },
  invalidPassword: { status: 'Invalid Password', code: 'LOGIN_ERROR_INVALID_PASSWORD' },
  frozen: { status: 'User is Frozen', code: 'LOGIN_ERROR_USER_FROZEN' },
  inactive: { status: 'User is Inactive', code: 'LOGIN_ERROR_USER_INACTIVE' },
  lockedOut: { status: 'Password Lockout', code: 'LOGIN_ERROR_PASSWORD_LOCKOUT' },
  restrictedIp: { status: 'Restricted IP', code: 'LOGIN_ERROR_RESTRICTED_DOMAIN' },
  tokenExpired: { status: 'Failed: Expired Access/Refresh Token', code: 'LOGIN_OAUTH_INVALID_TOKEN' },
} as const;

export type Outcome = keyof typeof outcomes;

/** One attempt to sign in and, when it worked, the session that follows. */
export interface SignIn {
  /** Milliseconds since the epoch, on a whole second: LoginHistory knows no fractions. */
  readonly at: number;
  /** End of the session; `at` itself when there is none. */
  readonly until: number;
  readonly kind: 'browser' | 'mobile' | 'api';
  readonly outcome: Outcome;
  readonly userId: string;
  readonly username: string;
  readonly person: Person | undefined;
  readonly integration: Integration | undefined;
  readonly ip: string;
  readonly location: Location;
  readonly forwardedFor: string | null;
  readonly loginType: string;
  readonly loginSubType: string | null;
  readonly application: string;
  readonly browser: string;
  readonly platform: string;
  readonly userAgent: string;
  readonly tls: string;
  readonly cipher: string;
  readonly apiType: string;
  readonly apiVersion: string;
  readonly loginUrl: string;
  readonly loginKey: string;
  readonly sessionKey: string;
}

export function succeeded(signIn: SignIn): boolean {
  return signIn.outcome === 'success';
}
