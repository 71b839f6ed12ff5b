/** What a sync would fetch of one event type. */
export interface PlannedEventType {
  readonly eventType: string;
  /** False where it is left out by choice: its files are not in the totals. */
  readonly included: boolean;
  readonly files: number;
  /** As Salesforce declares them: uncompressed. */
  readonly bytes: number;
  /** Calls that fetch the files: one each. */
  readonly calls: number;
  /** First and last UTC date. */
  readonly from: string;
  readonly to: string;
}

export interface PlannedSource {
  readonly source: string;
  /** `unavailable`: the org does not offer it to this user. `unknown`: the org could not be asked. */
  readonly state: 'planned' | 'unavailable' | 'unknown';
  /** Records to fetch; null for event log files, and where Salesforce does not tell. */
  readonly records: number | null;
  /** Event log files to fetch, and their bytes; null for records. */
  readonly files: number | null;
  readonly bytes: number | null;
  /** Calls that the next sync makes for it. */
  readonly calls: number;
  /** ISO 8601; how far back it goes; null: to the beginning. */
  readonly from: string | null;
  readonly eventTypes?: readonly PlannedEventType[];
  readonly reason?: string;
}

/** What the next sync would do; nothing of it was done. */
export interface PlanReport {
  readonly org: { readonly orgId: string; readonly username: string };
  readonly sources: readonly PlannedSource[];
  /** Event types that were chosen and that the org lists no file of. */
  readonly unknownEventTypes: readonly string[];
  readonly calls: number;
  readonly bytes: number;
  readonly quota: {
    readonly max: number | null;
    readonly remaining: number | null;
    readonly own: number;
    readonly reserve: number | null;
    /** Calls that may be made now before the reserve is reached; null before the org told. */
    readonly free: number | null;
    /** Of them, those that a sync takes in an hour; null before the org told. */
    readonly freeInAnHour: number | null;
    /** Calls that this plan took. */
    readonly requests: number;
  };
  readonly dataDir: string;
}
