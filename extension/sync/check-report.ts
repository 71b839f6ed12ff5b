export type FindingKind =
  | 'ledger-missing'
  | 'ledger-damaged'
  | 'raw-missing'
  | 'raw-damaged'
  | 'raw-unknown'
  | 'not-published'
  | 'lake-missing'
  | 'lake-damaged'
  | 'rows-differ'
  | 'lake-unknown'
  | 'unfinished'
  | 'link'
  | 'open-to-others';

/** Something that is not as it should be. */
export interface Finding {
  readonly kind: FindingKind;
  readonly source: string | null;
  /** Relative to the org's folder. */
  readonly path: string;
  /** What exactly, one line. */
  readonly detail: string;
  /** The command that puts it right; null where a person has to. */
  readonly remedy: 'repair' | 'repair --all' | 'sync' | null;
}

/** What was read of one source. */
export interface CheckedSource {
  readonly source: string;
  /** Raw files read to the end, and their bytes as Salesforce sent them. */
  readonly rawFiles: number;
  readonly rawBytes: number;
  /** Parquet files read to the end, their rows and bytes. */
  readonly units: number;
  readonly rows: number;
  readonly lakeBytes: number;
  /** Values kept as text beside their column, and records kept in quarantine. */
  readonly misfits: number;
  readonly quarantined: number;
  /** Rows that were counted in the raw files too and came out the same. */
  readonly provenRows: number;
  /** Units whose rows cannot be counted in raw files: those were pruned, are not as they were, or are irregular CSV. */
  readonly unprovenUnits: number;
}

export interface CheckReport {
  readonly outcome: 'sound' | 'findings';
  readonly org: { readonly orgId: string; readonly username: string | null };
  readonly sources: readonly CheckedSource[];
  readonly findings: readonly Finding[];
  /** What the org has been seen to have and the next sync fetches: event log files, and spans of records. */
  readonly awaited: { readonly files: number; readonly spans: number };
  /** The org's folder. */
  readonly dataDir: string;
}
