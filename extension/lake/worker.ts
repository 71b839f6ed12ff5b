/** A column of a record source: what its values become in Parquet. */
export interface LakeColumn {
  readonly name: string;
  readonly type: 'text' | 'timestamp' | 'double' | 'bigint' | 'boolean';
}

export interface PublishInput {
  /** Absolute path of the zstd-compressed raw file. */
  readonly path: string;
  /** The raw file's id in the ledger, kept beside each row as its provenance. */
  readonly rawId: number;
  /** LogFileFieldNames and LogFileFieldTypes of an event log file: comma-separated, same order. */
  readonly fieldNames?: string;
  readonly fieldTypes?: string;
  readonly salesforceId?: string;
}

/** One rebuild: everything that feeds the named units goes in, whole Parquet files come out. */
export interface PublishJob {
  /** `login_history`, `setup_audit_trail`, `event_log`, `content_distribution` … */
  readonly source: string;
  /** records: SOQL response pages (JSON with a `records` array). event-log-csv: the CSV of event log files. */
  readonly format: 'records' | 'event-log-csv';
  /** Oldest first: where records share a key, the last one stays. */
  readonly inputs: readonly PublishInput[];
  /** records: columns of the event key. Empty for event-log-csv, whose key is the row itself and its ordinal in the raw file. */
  readonly key: readonly string[];
  /** Column that tells when the event happened: `LoginTime`, `CreatedDate`, `TIMESTAMP_DERIVED`. */
  readonly timeColumn: string;
  /** records: every column of the table, in order; nested relationship fields are named as in SOQL, `LoginGeo.City`. */
  readonly columns?: readonly LakeColumn[];
  /** event-log-csv: the event type, as the org spells it. */
  readonly eventType?: string;
  /** event-log-csv: the UTC date of the unit, `2026-11-24`. */
  readonly eventDate?: string;
  /** records: only rows of these UTC dates are written, one unit a date; the inputs hold all rows of each. */
  readonly eventDates?: readonly string[];
  /** event-log-csv: absolute path of the Parquet file. records: absolute folder; a unit is `<output>/event_date=<date>/events.parquet`. */
  readonly output: string;
}

export interface PublishedFile {
  readonly path: string;
  readonly eventDate: string;
  readonly rows: number;
  readonly bytes: number;
  /** ISO 8601 time of the first and last event; null when no row has a time. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface PublishResult {
  /** The Parquet files that now exist; a date without rows has none. */
  readonly units: readonly PublishedFile[];
  /** Values that did not fit their column's type and were kept as text beside it. */
  readonly misfits: number;
}

export interface QueryRequest {
  /** One read-only statement. */
  readonly sql: string;
  /** What is published, by the ledger; the views are made from exactly these files. */
  readonly units: readonly { readonly source: string; readonly eventType: string; readonly eventDate: string; readonly path: string }[];
  readonly maxRows?: number;
}

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as JSON carries them; timestamps ISO 8601. */
  readonly rows: readonly (readonly unknown[])[];
  /** True when the answer had more than maxRows rows. */
  readonly truncated: boolean;
}

/** DuckDB in a process of its own: a crash or a runaway query there costs nothing here. */
export interface LakeWorker extends AsyncDisposable {
  /** Rebuilds the units of a job: each Parquet file is written beside its place, then renamed. May be called concurrently. */
  publish(job: PublishJob, signal?: AbortSignal): Promise<PublishResult>;
  query(request: QueryRequest, signal?: AbortSignal): Promise<QueryResult>;
  close(): Promise<void>;
}
