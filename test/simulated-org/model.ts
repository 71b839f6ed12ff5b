/** One sObject record: API field names to values as REST serialises them; dates as `2026-11-24T05:30:00.000+0000`. */
export type Row = Record<string, unknown>;

export type Edition = 'Enterprise Edition' | 'Unlimited Edition' | 'Developer Edition' | 'Professional Edition';

/** What a scenario decides; everything else follows from seed and scale. */
export interface Scenario {
  readonly name: string;
  readonly edition: Edition;
  readonly restApi: boolean;
  /** `shield`: all event types, 30 days. `free`: the free event types, 1 day. */
  readonly eventMonitoring: 'shield' | 'free';
  /** Orgs without hourly files have no `Interval` and `Sequence` fields at all. */
  readonly hourly: boolean;
  /** The connector profile of force-app exists and the service account is on it. */
  readonly prepared: boolean;
  readonly contentDeliveries: boolean;
  readonly lockSessionsToIp: boolean;
  /** LanguageLocaleKey of the service account; the org is en_US. */
  readonly language: string;
  /** Permissions taken away from the connector profile again (API names without `Permissions`). */
  readonly missingPermissions: readonly string[];
  /** Daily API allocation and the share of it already used by other applications. */
  readonly allocation: number;
  readonly usedShare: number;
  /** Profile of the service account; default: the connector profile where it exists, else Standard User. */
  readonly serviceProfile?: string;
  /** UserLogin of the service account. */
  readonly frozen?: boolean;
  /** Login hours of the connector profile, as metadata has them. */
  readonly loginHours?: Readonly<Record<string, string>>;
  /** Login IP ranges of the connector profile, as metadata has them. */
  readonly loginIpRanges?: readonly Readonly<Record<string, string>>[];
  /** API Access Control is on. */
  readonly adminApprovedAppsOnly?: boolean;
  /** Connected apps that are installed; default: Salesforce CLI. */
  readonly installedApps?: readonly string[];
  /** Content deliveries of others stay invisible without Create Content Deliveries, whatever else the user holds. */
  readonly deliveriesNeedPermission?: boolean;
  /** What permissions demand in this org on top of what they demand everywhere. */
  readonly extraRequirements?: Readonly<Record<string, readonly string[]>>;
  /** Salesforce CRM Content is in use, and whether the service account is its user; default: as `prepared`. */
  readonly crmContentUser?: boolean;
  /** Event log files are generated; default: true with Event Monitoring. */
  readonly eventLogGeneration?: boolean;
  /** Expiry of the service account's password. */
  readonly passwordExpires?: string;
}

export interface ProfileRecord {
  readonly id: string;
  readonly name: string;
  custom: boolean;
  description: string;
  userLicense: string;
  /** API names without the `Permissions` prefix. */
  readonly permissions: Set<string>;
}

export interface PermissionSetRecord {
  readonly id: string;
  /** DeveloperName. */
  readonly name: string;
  label: string;
  description: string;
  license: string | null;
  readonly permissions: Set<string>;
  /** Set when this row mirrors a profile (IsOwnedByProfile). */
  readonly profileId: string | null;
}

/** The org as it is now: what metadata deploys and DML change, and what every answer follows from. */
export interface OrgState {
  readonly orgId: string;
  readonly scenario: Scenario;
  readonly now: () => Date;
  readonly profiles: Map<string, ProfileRecord>;
  readonly permissionSets: Map<string, PermissionSetRecord>;
  /** User rows by Id (18 characters), every field of the object; mutable. */
  readonly users: Map<string, Row>;
  /** PermissionSetAssignment rows by Id. */
  readonly assignments: Map<string, Row>;
  /** Connected apps that are installed, by name; mutable. */
  readonly installedApps: string[];
  /** UserLogin rows by Id, of the users whose differs from a new user's. */
  readonly userLogins: Map<string, Row>;
  /** Metadata settings by type: `ContentSettings`, `SecuritySettings`, `EventSettings`; element name → text, nested elements as objects. */
  readonly settings: Map<string, Record<string, unknown>>;
  readonly adminUserId: string;
  readonly serviceUserId: string;
  /** User permissions that exist in this org (API names); deploying any other is `Unknown user permission`. */
  readonly knownPermissions: ReadonlySet<string>;
}

/** The event data of the org: a pure function of seed, scale, scenario and the clock, plus the changes made through the control URL. */
export interface Dataset {
  /** Rows whose time is at or before `until`, ascending by time then Id. */
  loginHistory(until: Date): readonly Row[];
  loginGeo(until: Date): readonly Row[];
  setupAuditTrail(until: Date): readonly Row[];
  /** EventLogFile rows (without the LogFile body) created at or before `until`, ascending by CreatedDate then Id. */
  eventLogFiles(until: Date): readonly Row[];
  /** The CSV of one log file, generated while it is read; undefined when there is no such file. */
  openLogFile(id: string): AsyncIterable<Uint8Array> | undefined;
  contentDistributions(until: Date): readonly Row[];
  contentVersions(until: Date): readonly Row[];
  contentDocuments(until: Date): readonly Row[];
  contentDocumentLinks(until: Date): readonly Row[];
  /** Changes on demand, for tests of late and changing data. */
  change(change: DatasetChange): void;
  /** What a perfect collector ends up with: distinct events per source, and per event type for event_log. */
  truth(until: Date): {
    login_history: number;
    setup_audit_trail: number;
    event_log: Record<string, number>;
    content_distribution: number;
  };
}

export type DatasetChange =
  /** `count` more sign-ins, at the given instant (default: now). */
  | { readonly kind: 'logins'; readonly count: number; readonly at?: string }
  | { readonly kind: 'setup-changes'; readonly count: number; readonly at?: string }
  /** An additional hourly file (next Sequence) holding `count` events that arrived late. */
  | { readonly kind: 'late-hourly'; readonly eventType: string; readonly hour: string; readonly count: number }
  /** The daily file is made anew with `count` more events: new Id, new CreatedDate, the old row is gone. */
  | { readonly kind: 'regenerate-daily'; readonly eventType: string; readonly date: string; readonly count: number }
  /** One event log file of at least `bytes`, for measuring. */
  | { readonly kind: 'large-file'; readonly eventType: string; readonly bytes: number };
