import type { CallUsage } from '../org/usage.ts';
import type { OrgIdentity } from '../org/door.ts';
import { CONNECTOR_PROFILE } from './connector.ts';
import type { ErrorCode, OrgwatchError } from '../shared/errors.ts';

/** What came back from one question: a value, or why Salesforce did not give one. */
export type Answer<T> = { readonly value: T } | { readonly refused: Refusal };

export interface Refusal {
  readonly code: ErrorCode;
  /** Salesforce's own words on one line, its error code first where it gave one. */
  readonly reason: string;
  /** Salesforce's error code, where it gave one. */
  readonly errorCode?: string;
  /** The door's error, where the whole request failed. */
  readonly error?: OrgwatchError;
}

/** Whose readiness is judged. */
export interface Account {
  readonly username: string;
  readonly userId: string | undefined;
  /** True when it asks for itself; an administrator who asks for it sees the org, but not with its eyes. */
  readonly own: boolean;
}

/** `/services/oauth2/userinfo`, as far as it is used. */
export interface UserInfo {
  readonly userId: string;
  readonly orgId: string;
  readonly username: string;
}

export interface OrganizationRow {
  readonly name: string;
  readonly type: string;
  readonly isSandbox: boolean;
  readonly language: string;
}

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly active: boolean;
  readonly profileId: string | undefined;
  readonly crmContentUser: boolean | undefined;
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly passwordExpires: number | undefined;
}

export interface UserLoginRow {
  readonly frozen: boolean;
  readonly passwordLocked: boolean;
}

export interface SignIn {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly type: string;
  readonly address: string;
  readonly application: string;
  readonly status: string;
}

/** The connector profile as the org has it, with the API names of the permissions that are on and of those there are. */
export interface ProfileRow {
  readonly id: string;
  readonly permissions: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

/** When and from where the connector profile lets its users log in. */
export interface LoginRestrictions {
  /** `monday 8–18` …; empty: at any time. */
  readonly hours: readonly string[];
  /** `192.0.2.1–192.0.2.9` …; empty: from anywhere. */
  readonly ranges: readonly string[];
}

/** The profile of the account. */
export interface OwnProfile {
  readonly name: string;
  /** Name of its user licence. */
  readonly license: string | undefined;
}

/** A profile or permission set of the account, with the API names of the permissions it gives. */
export interface Grant {
  readonly from: 'profile' | 'permission set';
  readonly name: string;
  /** API name of a permission set. */
  readonly apiName: string;
  /** Name of a profile's user licence. */
  readonly license: string | undefined;
  readonly permissions: ReadonlySet<string>;
}

export interface EventTypeRow {
  readonly type: string;
  readonly files: number;
  /** Milliseconds since the epoch: LogDate of the oldest and newest file. */
  readonly oldest: number;
  readonly newest: number;
}

export interface ContentSettings {
  readonly crmContent: boolean | undefined;
  readonly deliveries: boolean | undefined;
}

export interface SecuritySettings {
  readonly lockSessionsToIp: boolean | undefined;
  readonly enforceIpRanges: boolean | undefined;
  /** `NinetyDays`, `Never` … */
  readonly passwordExpiration: string | undefined;
}

export interface EventSettings {
  readonly generation: boolean | undefined;
  /** Days, when an extended retention is set. */
  readonly retentionDays: number | undefined;
}

export interface Deliveries {
  readonly records: number;
  /** Milliseconds since 1970 of the newest change; undefined where there is no record. */
  readonly newest: number | undefined;
}

export interface SourceAnswer {
  /** `80 records of the last day`. */
  readonly said: string;
  /** Records that a day brings, or a snapshot has; 0 where that was not counted. */
  readonly records: number;
}

/** Everything that Verify learned from one org: the outcomes follow from this and nothing else. */
export interface Answers {
  readonly org: OrgIdentity;
  readonly account: Account;
  readonly apiVersion: string;
  /** Milliseconds since the epoch when the questions were asked. */
  readonly askedAt: number;
  readonly usage: CallUsage;
  readonly userInfo: Answer<UserInfo>;
  readonly organization: Answer<OrganizationRow>;
  readonly user: Answer<UserRow>;
  /** undefined: no row that the asking user may see. */
  readonly userLogin: Answer<UserLoginRow | undefined>;
  /** The account's sign-ins of the last 30 days, newest first, at most 200. */
  readonly signIns: Answer<readonly SignIn[]>;
  /**
   * User permissions of the account: API name → held; a name that the org does not know is missing. All that there are,
   * where the account asks for itself; else the six.
   */
  readonly permissions: Answer<ReadonlyMap<string, boolean>>;
  readonly grants: Answer<readonly Grant[]>;
  /** undefined: no profile of that name is visible to the running user. */
  readonly connectorProfile: Answer<ProfileRow | undefined>;
  readonly loginRestrictions: Answer<LoginRestrictions>;
  /** Names of the connected apps that are installed. */
  readonly installedApps: Answer<readonly string[]>;
  readonly eventTypes: Answer<readonly EventTypeRow[]>;
  /** Event types that have hourly files; refused in orgs without the `Interval` field. */
  readonly hourlyTypes: Answer<readonly EventTypeRow[]>;
  /** ContentDistribution rows that the running user sees. */
  readonly contentDistributions: Answer<Deliveries>;
  /** By name of the source: what it answers the running user. */
  readonly sources: ReadonlyMap<string, Answer<SourceAnswer>>;
  readonly contentSettings: Answer<ContentSettings>;
  readonly securitySettings: Answer<SecuritySettings>;
  readonly eventSettings: Answer<EventSettings>;
  /** Whether API Access Control is on; undefined: Salesforce did not send the element. */
  readonly apiAccessControl: Answer<boolean | undefined>;
}

export function valueOf<T>(answer: Answer<T>): T | undefined {
  return 'value' in answer ? answer.value : undefined;
}

export function refusalOf<T>(answer: Answer<T>): Refusal | undefined {
  return 'refused' in answer ? answer.refused : undefined;
}

/** The profile that the account is on; undefined where nobody told. */
export function profileOf(answers: Answers): OwnProfile | undefined {
  const grant = (valueOf(answers.grants) ?? []).find(({ from }) => from === 'profile');
  if (grant !== undefined) return { name: grant.name, license: grant.license };
  const connector = valueOf(answers.connectorProfile);
  const profileId = valueOf(answers.user)?.profileId;
  if (connector === undefined || profileId !== connector.id) return undefined;
  return { name: CONNECTOR_PROFILE, license: undefined };
}

/** Whether the account holds a user permission (API name); undefined where nobody told. */
export function holds(answers: Answers, name: string): boolean | undefined {
  return valueOf(answers.permissions)?.get(name);
}
