import type { Door } from '../org/door.ts';
import type { Ledger } from '../lake/ledger.ts';
import type { Storage } from '../lake/storage.ts';
import type { LakeWorker } from '../lake/worker.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Beginning } from './backfill.ts';
import type { EventTypeChoice } from './event-types.ts';
import type { Limiter } from '../shared/limiter.ts';
import type { Why } from './explain.ts';
import type { SyncOptions, SyncProgress } from './options.ts';

/** What every part of a run works with. */
export interface RunParts {
  readonly door: Door;
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly worker: LakeWorker;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Downloads at a time. */
  readonly concurrency: number;
  /** Windows of records that are pulled at a time, over all sources. */
  readonly pulls: Limiter;
  /** Pages of records that are brought to disk at a time, over all sources. */
  readonly landing: Limiter;
  readonly beginning: Beginning;
  /** The sources were asked for by name. */
  readonly named: boolean;
  readonly eventTypes?: EventTypeChoice | undefined;
  readonly onProgress: SyncOptions['onProgress'];
}

/** What publishing works with: no way to the org. A SourceRun is one. */
export interface PublishRun {
  readonly parts: Pick<RunParts, 'ledger' | 'storage' | 'worker' | 'clock' | 'log' | 'signal'>;
  readonly source: string;
  rows: number;
  misfits: number;
  quarantined: number;
  /** Dates whose files are on disk and could not be brought into the lake. */
  readonly unpublished: string[];
  tell(phase?: SyncProgress['phase']): void;
}

/** One source in one run, and what it has come to. */
export class SourceRun implements PublishRun {
  readonly parts: RunParts;
  readonly source: string;
  /** What there is to say though all went well. */
  note: Why | undefined;
  /** False when every record that came is about the user itself; undefined when none came, or none says. */
  seesOthers: boolean | undefined;
  requests = 0;
  rows = 0;
  files = 0;
  bytes = 0;
  /** Values that were not as Salesforce declares them, kept as text; records that could not be read as rows. */
  misfits = 0;
  quarantined = 0;
  /** Records that came, and event log files that were listed, whatever became of them. */
  records = 0;
  /** Nothing came of a span that has brought something before, and that Salesforce still keeps. */
  isBlank = false;
  /** Event log files that the org lists with facts that cannot be true, and that were passed over. */
  passedOver = 0;
  /** Event log files that the org listed and no longer has. */
  gone = 0;
  /** Event log files whose length is not the one that the org lists, though they arrived whole, and alike each time. */
  otherLength = 0;
  /** What can never be had any more: event log files that failed until the org had them no longer. */
  readonly lost: string[] = [];
  /** And spans of time whose records failed until Salesforce had deleted them. */
  readonly lostSpans: string[] = [];
  readonly unpublished: string[] = [];
  /** Records that Salesforce has and shows in no way that is known here. */
  readonly short: string[] = [];
  /** What there is to say of how far back this run went. */
  readonly remarks: string[] = [];
  filesTotal: number | undefined;
  bytesTotal: number | undefined;
  #phase: SyncProgress['phase'] = 'discover';

  constructor(parts: RunParts, source: string) {
    this.parts = parts;
    this.source = source;
  }

  /** Takes note of whose records these are; `owner` is the field that says so. */
  see(records: readonly Readonly<Record<string, unknown>>[], owner: string | undefined): void {
    if (owner === undefined || records.length === 0) return;
    const own = this.parts.door.org.userId?.slice(0, 15);
    const isOwn = (record: Readonly<Record<string, unknown>>): boolean =>
      own !== undefined && String(record[owner]).startsWith(own);
    this.seesOthers = this.seesOthers === true || !records.every(isOwn);
  }

  /** For the door: counts each try for this source. */
  readonly onCall = (calls: number): void => {
    this.requests += calls;
    this.tell();
  };

  tell(phase: SyncProgress['phase'] = this.#phase): void {
    this.#phase = phase;
    const { source, requests, files, filesTotal, bytes, bytesTotal, rows } = this;
    this.parts.onProgress?.({ source, phase, requests, files, filesTotal, bytes, bytesTotal, rows });
  }
}
