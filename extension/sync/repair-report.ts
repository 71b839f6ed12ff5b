import type { Finding } from './check-report.ts';

export interface RepairReport {
  /**
   * `sound`: there was nothing to repair. `repaired`: all is as it should be now. `incomplete`: the next sync has
   * something to fetch again, or a person has to look.
   */
  readonly outcome: 'sound' | 'repaired' | 'incomplete';
  readonly org: { readonly orgId: string; readonly username: string | null };
  /** Whether the ledger was sound, or was made again from raw and lake. */
  readonly ledger: 'kept' | 'rebuilt';
  /** Files that were moved out of the way, relative to the org's folder. Nothing is deleted. */
  readonly setAside: readonly { readonly path: string; readonly to: string; readonly why: string }[];
  /** Raw files that the ledger did not know and now does. */
  readonly adopted: number;
  /** Parquet files that were made anew from raw files, and their rows. */
  readonly rebuilt: { readonly units: number; readonly rows: number };
  /** Raw files that had landed and are in the lake now. */
  readonly published: number;
  /** Rows of lost response pages that were kept by writing them from the lake into raw. */
  readonly salvagedRows: number;
  /** Half-written files that were deleted, and files and folders that others could read. */
  readonly tidied: { readonly unfinished: number; readonly modes: number };
  /** What the next sync fetches again: event log files, and spans of records. */
  readonly toFetch: { readonly files: number; readonly spans: number };
  /** What could not be put right. */
  readonly left: readonly Finding[];
  /** The org's folder. */
  readonly dataDir: string;
}
