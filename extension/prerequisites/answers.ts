import type { CallUsage } from '../org/usage.ts';
import type { OrgIdentity } from '../org/door.ts';
import type { ErrorCode, OrgwatchError } from '../shared/errors.ts';

/** What came back from one question: a value, or why Salesforce did not give one. */
export type Answer<T> = { readonly value: T } | { readonly refused: Refusal };

export interface Refusal {
  readonly code: ErrorCode;
  /** Salesforce's own words on one line, its error code first where it gave one. */
  readonly reason: string;
  /** The door's error, where the whole request failed. */
  readonly error?: OrgwatchError;
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
  readonly username: string;
  readonly profileName: string | undefined;
  readonly crmContentUser: boolean | undefined;
  readonly language: string;
}

/** The connector profile as the org has it, with the API names of the permissions that are on. */
export interface ProfileRow {
  readonly id: string;
  readonly permissions: ReadonlySet<string>;
}

/** A profile or permission set of the running user, with the API names of the permissions it gives. */
export interface Grant {
  readonly from: 'profile' | 'permission set';
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
}

export interface EventTypeRow {
  readonly type: string;
  readonly files: number;
  /** Milliseconds since the epoch: LogDate of the oldest and newest file. */
  readonly oldest: number;
  readonly newest: number;
}

export interface EventSettings {
  readonly generation: boolean | undefined;
  /** Days, when an extended retention is set. */
  readonly retentionDays: number | undefined;
}

export interface Allocation {
  readonly max: number;
  readonly remaining: number;
}

/** Everything that Verify learned from one org: the outcomes follow from this and nothing else. */
export interface Answers {
  readonly org: OrgIdentity;
  readonly apiVersion: string;
  /** Milliseconds since the epoch when the questions were asked. */
  readonly askedAt: number;
  readonly usage: CallUsage;
  readonly userInfo: Answer<UserInfo>;
  readonly organization: Answer<OrganizationRow>;
  readonly user: Answer<UserRow>;
  /** Effective permissions of the running user: API name → held; a name that the org does not know is missing. */
  readonly permissions: Answer<ReadonlyMap<string, boolean>>;
  readonly grants: Answer<readonly Grant[]>;
  /** undefined: no profile of that name is visible to the running user. */
  readonly connectorProfile: Answer<ProfileRow | undefined>;
  readonly eventTypes: Answer<readonly EventTypeRow[]>;
  /** Event types that have hourly files; refused in orgs without the `Interval` field. */
  readonly hourlyTypes: Answer<readonly string[]>;
  /** Number of ContentDistribution rows that the running user sees. */
  readonly contentDistributions: Answer<number>;
  readonly allocation: Answer<Allocation>;
  readonly contentSettings: Answer<{
    readonly crmContent: boolean | undefined;
    readonly deliveries: boolean | undefined;
  }>;
  readonly lockSessionsToIp: Answer<boolean | undefined>;
  readonly eventSettings: Answer<EventSettings>;
}

export function valueOf<T>(answer: Answer<T>): T | undefined {
  return 'value' in answer ? answer.value : undefined;
}

export function refusalOf<T>(answer: Answer<T>): Refusal | undefined {
  return 'refused' in answer ? answer.refused : undefined;
}
