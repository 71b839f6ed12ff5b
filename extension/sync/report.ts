/**
 * `done`: all that the org has is in the lake. `partial`: some of its files, windows or records are put aside or lost, the
 * rest is in the lake. `limited`: the account sees only part of it. `paused`: the quota closed; goes on later.
 * `unavailable`: the org does not offer the source, which is known. `failed`: nothing could be had, and it should have been.
 */
export type SourceState = 'done' | 'partial' | 'limited' | 'paused' | 'unavailable' | 'failed' | 'cancelled';

export interface SourceReport {
  readonly source: string;
  readonly state: SourceState;
  /** Requests made for this source, each try counted. */
  readonly requests: number;
  /** Rows added to the lake by this run. */
  readonly rows: number;
  /** Raw files landed by this run. */
  readonly files: number;
  /** Bytes of those raw files as Salesforce sent them, before our compression. */
  readonly bytes: number;
  /** ISO 8601 span of events that the lake now covers for this source; null when it holds none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Values that were not as Salesforce declares them, kept as text beside their column; left out when none. */
  readonly misfits?: number;
  /** Records that could not be read as rows, kept as text beside the lake's files; left out when none. */
  readonly quarantined?: number;
  /** Fields that the org does not have for this user, and that are not asked for until tomorrow; left out when none. */
  readonly leftOut?: readonly string[];
  /** Why, when the state is not `done` or when nothing came. */
  readonly reason?: string;
  /** What to do about it. */
  readonly actions?: readonly string[];
}

export interface SyncReport {
  /** `partial`: what there is in the lake is not all, though no source failed. */
  readonly outcome: 'done' | 'partial' | 'paused' | 'failed' | 'cancelled';
  readonly org: { readonly orgId: string; readonly username: string };
  readonly sources: readonly SourceReport[];
  /** Calls; see CallUsage. `requests` is what this run sent. */
  readonly quota: {
    readonly max: number | null;
    readonly remaining: number | null;
    readonly own: number;
    readonly reserve: number | null;
    readonly requests: number;
  };
  /** ISO 8601; set when paused. */
  readonly resumesAt?: string;
  /** What else there is to know of the org, a sentence each; left out when nothing. */
  readonly notes?: readonly string[];
  readonly dataDir: string;
}
