import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { QuotaPolicy } from '../shared/calls.ts';
import type { Door } from '../org/door.ts';
import type { LakeWorker } from '../lake/worker.ts';
import type { EventTypeChoice } from './event-types.ts';

/** Half of the 25 requests of 20 s or more that Salesforce lets a production org have at a time. */
export const DEFAULT_CONCURRENCY = 12;

/** Where a source stands in the run under way. Counts are of this run. */
export interface SyncProgress {
  readonly source: string;
  readonly phase: 'discover' | 'fetch' | 'publish' | 'end';
  readonly requests: number;
  /** Raw files landed, and how many are to be, as far as known. */
  readonly files: number;
  readonly filesTotal: number | undefined;
  /** Bytes as Salesforce sent them. */
  readonly bytes: number;
  readonly bytesTotal: number | undefined;
  /** Rows added to the lake. */
  readonly rows: number;
}

export interface SyncOptions {
  /** Alias or username that `sf` is authorized for. Either this or `door`. */
  readonly org?: string;
  /** An open door; the caller closes it. */
  readonly door?: Door;
  /** Folder of all lakes; the org's own is `<dataDir>/<orgId>`. */
  readonly dataDir: string;
  /** Source names; default: all. */
  readonly sources?: readonly string[];
  /** How far back the first pull of a source goes; default: the source's own backfill. */
  readonly since?: Date;
  /** The same by source, in ms before now; goes before `since`. */
  readonly spans?: Readonly<Record<string, number>>;
  /** Event log files of which types are fetched; default: all. */
  readonly eventTypes?: EventTypeChoice;
  readonly quota?: Partial<QuotaPolicy>;
  /** Requests at a time; default DEFAULT_CONCURRENCY. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly signal?: AbortSignal;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Default: one started for this run and closed after it. */
  readonly worker?: LakeWorker;
  /** Memory that the worker may take, in MB; default 1024. */
  readonly workerMemoryMb?: number;
  /** Folder of the own-call count; default: the machine's state folder. */
  readonly stateDir?: string;
}
