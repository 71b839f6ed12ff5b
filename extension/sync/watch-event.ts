import type { OrgwatchError } from '../shared/errors.ts';
import type { SyncProgress } from './options.ts';
import type { SyncReport } from './report.ts';

/** What a watch tells while it goes on. `org` is what the caller named. */
export type WatchEvent =
  | {
      readonly kind: 'started';
      readonly orgs: readonly string[];
      /** Milliseconds by source. */
      readonly cadences: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'sync-started'; readonly org: string; readonly sources: readonly string[] }
  | { readonly kind: 'progress'; readonly org: string; readonly progress: SyncProgress }
  | { readonly kind: 'sync-ended'; readonly org: string; readonly report: SyncReport }
  | { readonly kind: 'sync-failed'; readonly org: string; readonly error: OrgwatchError }
  /** Nothing is due before `until`, ms since 1970; told once for each wait. */
  | {
      readonly kind: 'waiting';
      readonly org: string;
      readonly until: number;
      readonly why: WaitReason;
      readonly next: string;
    }
  | { readonly kind: 'log'; readonly org: string; readonly level: 'info' | 'warn' | 'error'; readonly message: string }
  | { readonly kind: 'stopped' };

/** The schedule, a pause for the quota, what went wrong, or another process that syncs the org. */
export type WaitReason = 'schedule' | 'quota' | 'failure' | 'busy';
