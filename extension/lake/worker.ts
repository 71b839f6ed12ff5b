import type { QueryColumn, QueryValue } from '../shared/query-value.ts';
import type { BundleFacts, ParquetColumns, ParquetFacts, RawFile, RawMeasure, RowCount, Unreadable } from './proof.ts';

export type { QueryColumn, QueryValue };

/**
 * What the lake worker does for the rest of the engine. The worker is a child process that alone loads DuckDB;
 * see worker-process.ts for how it is started and worker-main.ts for its other end.
 */
export interface LakeWorker extends AsyncDisposable {
  /**
   * Rebuilds publish units from their raw files: writes each to a temp name beside its destination, fsyncs, renames.
   * @throws OrgwatchError LAKE_WORKER_FAILED (worker died; retryable), DISK_FULL, DATA_FOLDER_DENIED, CANCELLED, INTERNAL
   */
  publish(job: PublishJob, signal?: AbortSignal): Promise<PublishResult>;
  /** The same for many small event log files at once; answers in the order of the jobs. @throws the same, for all */
  publishAll(jobs: readonly EventLogJob[], signal?: AbortSignal): Promise<readonly PublishResult[]>;
  /** Puts the rows of several units into one Parquet file: temp name, fsync, rename. @throws the same */
  bundle(job: BundleJob, signal?: AbortSignal): Promise<BundleResult>;
  /** Reads a bundle from end to end. @throws OrgwatchError LAKE_WORKER_FAILED, CANCELLED */
  inspectBundle(file: string, signal?: AbortSignal): Promise<BundleFacts | Unreadable>;
  /**
   * Runs one read-only statement over the views of the request.
   * @throws OrgwatchError SQL_REJECTED (not a read), SQL_FAILED, LAKE_WORKER_FAILED, CANCELLED
   */
  query(request: QueryRequest, signal?: AbortSignal): Promise<QueryResult>;
  /**
   * Runs one read-only statement once and keeps its rows in the worker, to be read in pages until `drop`; all of them
   * unless `limit` says how many. A worker that ends takes them along. @throws the same
   */
  keep(request: QueryRequest, signal?: AbortSignal): Promise<KeptResult>;
  /** Rows of a kept result by number. @throws OrgwatchError LAKE_WORKER_FAILED, also when it is not kept any more */
  page(request: PageRequest): Promise<KeptPage>;
  /** Writes a kept result to a file. @throws OrgwatchError LAKE_WORKER_FAILED, DISK_FULL, DATA_FOLDER_DENIED, CANCELLED */
  export(job: ExportJob, signal?: AbortSignal): Promise<ExportedFile>;
  drop(id: string): Promise<void>;
  /** Reads raw files from end to end; answers for each, in their order. @throws OrgwatchError LAKE_WORKER_FAILED, CANCELLED */
  measure(files: readonly RawFile[], signal?: AbortSignal): Promise<readonly (RawMeasure | Unreadable)[]>;
  /** Reads Parquet files (absolute paths) from end to end; answers for each, in their order. @throws the same */
  inspect(files: readonly string[], signal?: AbortSignal): Promise<readonly (ParquetFacts | Unreadable)[]>;
  /** The columns of one Parquet file. @throws OrgwatchError LAKE_WORKER_FAILED (also when it cannot be read), CANCELLED */
  describe(file: string, signal?: AbortSignal): Promise<ParquetColumns>;
  /** Counts what a job's raw files hold, in another way than publishing does; writes nothing. @throws the same */
  count(job: PublishJob, signal?: AbortSignal): Promise<RowCount>;
  /** Ends the child process; pending jobs fail. A closed worker starts again on next use. */
  close(): Promise<void>;
}

/** A worker process that ended without being asked to. */
export interface EndedWorker {
  /** A task went on after it was cancelled, the process took more memory than it may, or it crashed. */
  readonly why: 'not-cancelled' | 'memory' | 'crash';
  /** What to tell a person, in one line. */
  readonly message: string;
}

export interface LakeWorkerOptions {
  /** The org's data folder (absolute); DuckDB can reach nothing outside of it. */
  readonly dataFolder: string;
  /** DuckDB's memory limit in MB; default 1024. */
  readonly memoryLimitMb?: number;
  /** Folder for temporary files, a folder in it for each worker; default: `scratch` in the state folder. */
  readonly scratch?: string;
  /** Told when a worker process ended without being asked to: it took too much, did not stop, or crashed. */
  readonly onEnd?: (end: EndedWorker) => void;
  /** DuckDB's threads; default: the machine's cores, at most 4. */
  readonly threads?: number;
}

export type LakeColumnType = 'text' | 'timestamp' | 'double' | 'bigint' | 'boolean';

export interface LakeColumn {
  /** Field name as Salesforce spells it; `LoginGeo.Latitude` for a field of a related record. */
  readonly name: string;
  readonly type: LakeColumnType;
}

/** One raw file that feeds a publish unit. */
export interface RawInput {
  /** Absolute path of the zstd-compressed raw file. */
  readonly path: string;
  /** Its id in the ledger: the provenance of each row, column `_raw_id`. */
  readonly rawId: number;
}

export interface EventLogInput extends RawInput {
  /** EventLogFile.LogFileFieldNames and LogFileFieldTypes, comma-separated as Salesforce sends them; without them all is text. */
  readonly fieldNames?: string;
  readonly fieldTypes?: string;
  /** EventLogFile.Id. */
  readonly salesforceId?: string;
}

/** A response page, with what its pull found out; without that it is taken as it is. */
export interface PageInput extends RawInput {
  /** Entries in its `records`. */
  readonly entries?: number;
  /** First and last time of its records, ms: a time outside is none. Records without one go to the date of the first. */
  readonly span?: { readonly from: number; readonly to: number };
}

/** SOQL response pages (`{"records": […]}`): every UTC date of their time becomes a unit, the file `<output>/event_date=<date>/<source>.parquet`. */
export interface RecordsJob {
  readonly format: 'records';
  readonly source: string;
  /** Oldest first: of records with the same key, the last one wins. */
  readonly inputs: readonly PageInput[];
  /** Columns whose values, joined, are the event key; none: equal records are told apart by their number. */
  readonly key: readonly string[];
  /** The records' time: one of their fields, or for all the moment of a snapshot, ISO 8601, which joins the event key. */
  readonly timeColumn?: string;
  readonly snapshotAt?: string;
  readonly columns: readonly LakeColumn[];
  /** Write only these event dates (`2026-11-24`); default: all in the inputs. */
  readonly dates?: readonly string[];
  /** Absolute folder. */
  readonly output: string;
}

/** Event log files (CSV) of one event type and log date, daily or hourly: one unit, the file `output`. */
export interface EventLogJob {
  readonly format: 'event-log-csv';
  readonly source: string;
  readonly inputs: readonly EventLogInput[];
  readonly eventType: string;
  /** UTC date of LogDate, `2026-11-24`: time of rows that carry none. */
  readonly eventDate: string;
  /** Absolute path of the Parquet file. */
  readonly output: string;
}

export type PublishJob = RecordsJob | EventLogJob;

/** Units of one event type with the same columns. */
export interface BundleJob {
  readonly units: readonly {
    /** Absolute path of the unit's own file. */
    readonly path: string;
    /** Absolute path of the bundle that has its rows now; null: they are in its own file. */
    readonly bundle: string | null;
    readonly eventDate: string;
    readonly part: string;
    readonly rows: number;
  }[];
  readonly columns: Readonly<Record<string, string>>;
  /** Absolute path of the bundle. */
  readonly output: string;
}

export interface BundleResult {
  /** Size of the bundle. */
  readonly bytes: number;
}

export interface WrittenUnit {
  readonly path: string;
  readonly eventDate: string;
  readonly rows: number;
  /** Size of the Parquet file. */
  readonly bytes: number;
  /** ISO 8601 times of the first and last event; null when there is no row. */
  readonly from: string | null;
  readonly to: string | null;
  /** Column name → DuckDB type, in file order. Kept in the ledger, so that views need not open every file. */
  readonly columns: Readonly<Record<string, string>>;
  /** Values that did not fit their column's type or were missing where each record has one, kept as text in `_misfits`. */
  readonly misfits: number;
  /** What could not be read as a row, kept as text in an NDJSON file beside the unit; see quarantineOf. */
  readonly quarantined: number;
}

/** What came of a job: every record of its raw files is a row of a unit, or in quarantine beside one. */
export interface PublishResult {
  readonly units: readonly WrittenUnit[];
}

/** What the ledger lists of a published unit: all that a view needs. */
export interface PublishedUnit {
  readonly source: string;
  /** null for records. */
  readonly eventType: string | null;
  /** Of a bundle: the first. */
  readonly eventDate: string;
  readonly path: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Absolute path of the records that could not be read as rows; left out where there are none. */
  readonly quarantine?: string;
  /** Set where `path` is a bundle of several units. */
  readonly bundle?: {
    /** The units to read of it, `2026-11-24/day`; null: all. */
    readonly only: readonly string[] | null;
  };
}

/** A view made of SQL of ours. */
export interface ViewDefinition {
  /** Lower-case letters, digits and `_`. */
  readonly name: string;
  readonly sql: string;
}

export interface QueryRequest {
  /** One SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN statement. */
  readonly sql: string;
  /** All published units of the org, from the ledger; views are made of those that the statement needs. */
  readonly units: readonly PublishedUnit[];
  /** Further views over those of the lake, each defined on earlier ones only; see insights. */
  readonly views?: readonly ViewDefinition[];
  /** Rows to answer at most; default 10,000. */
  readonly limit?: number;
  /** Rows to pass over first; default 0. */
  readonly offset?: number;
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: readonly (readonly QueryValue[])[];
  /** Rows in this answer. */
  readonly rowCount: number;
  /** True when the statement has more rows after these. */
  readonly truncated: boolean;
}

/** A result that the worker holds; without a limit `truncated` is false. */
export interface KeptResult {
  readonly id: string;
  readonly columns: readonly QueryColumn[];
  readonly rowCount: number;
  /** True when the statement has more rows than are kept. */
  readonly truncated: boolean;
}

export interface PageRequest {
  readonly id: string;
  /** Number of the first row, from 0. */
  readonly offset: number;
  readonly limit: number;
}

export interface KeptPage {
  readonly offset: number;
  readonly rows: readonly (readonly QueryValue[])[];
}

/** `csv` has text defused that a spreadsheet would run as a formula. */
export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportJob {
  /** Of a kept result. */
  readonly id: string;
  readonly format: ExportFormat;
  /** Absolute path anywhere; replaced when it is there. */
  readonly output: string;
}

export interface ExportedFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}
