import type { SourceState } from './report.ts';

export interface SourceStatus {
  readonly source: string;
  readonly title: string;
  /** How the last run ended for this source; null before the first. */
  readonly state: SourceState | null;
  readonly reason: string | null;
  /** ISO 8601; when the source was last complete. */
  readonly syncedAt: string | null;
  /** Rows in the lake. */
  readonly rows: number;
  /** Values kept as text beside their column, and records kept in quarantine. */
  readonly misfits: number;
  readonly quarantined: number;
  /** Raw files on disk, and their bytes as Salesforce sent them and as stored. */
  readonly files: number;
  readonly bytes: number;
  readonly storedBytes: number;
  /** Raw files known but not yet in the lake: those to fetch, those aside and those that only the lake lacks. */
  readonly pending: number;
  /** Files that the org lists, and that were not fetched yet. */
  readonly toFetch: number;
  /** Files on disk that are not in the lake yet. */
  readonly unpublished: number;
  /** Files and spans of time that keep failing; the next sync after their time tries again. */
  readonly aside: readonly AsideStatus[];
  /** ISO 8601 span of events in the lake. */
  readonly from: string | null;
  readonly to: string | null;
  /** Rows by event type; empty for sources without. */
  readonly eventTypes: Readonly<Record<string, number>>;
}

export interface AsideStatus {
  /** `API, 2026-11-24 (0AT…)`, or a span of time. */
  readonly what: string;
  /** ISO 8601. */
  readonly since: string;
  /** Syncs in which it failed. */
  readonly tries: number;
  /** ISO 8601. */
  readonly nextTry: string;
  /** Of the last try, in the words that it was noted in. */
  readonly reason: string;
}

export interface RunStatus {
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'done' | 'partial' | 'paused' | 'failed' | 'cancelled' | 'running' | 'interrupted';
  readonly requests: number;
  readonly rows: number;
}

export interface OrgStatus {
  readonly orgId: string;
  readonly username: string;
  readonly instanceUrl: string;
  /** Absolute. */
  readonly dataFolder: string;
  readonly sources: readonly SourceStatus[];
  /** Newest first, ten at most. */
  readonly runs: readonly RunStatus[];
  readonly quota: {
    readonly max: number | null;
    readonly remaining: number | null;
    /** ISO 8601; when max and remaining were told. */
    readonly seenAt: string | null;
    readonly own: number;
    readonly reserve: number | null;
  };
  /** The sync under way, if any: who holds the lease. */
  readonly holder: string | null;
  /** Whether the lake was made on this machine, or its user trusts it. */
  readonly trusted: boolean;
}
