import type { ErrorCode } from '../shared/errors.ts';
import type { Language } from '../shared/language.ts';
import type { BundleFacts, ParquetColumns, ParquetFacts, RawFile, RawMeasure, RowCount, Unreadable } from './proof.ts';
import type { LakeView } from './views-view.ts';
import type {
  BundleJob,
  BundleResult,
  EventLogJob,
  ExportedFile,
  ExportJob,
  KeptPage,
  KeptResult,
  PageRequest,
  PublishJob,
  PublishResult,
  QueryResult,
} from './worker.ts';

/** What the parent starts the worker with: the one argument of worker-main, as JSON. */
export interface WorkerSettings {
  readonly dataFolder: string;
  /** Folder of the folders for temporary files, one a worker. */
  readonly scratch: string;
  /** 16 hexadecimal digits, by which the parent finds this worker's folder there. */
  readonly token: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
  readonly language: Language;
}

/** A query with the views that it needs; made of a QueryRequest in the parent, so that few paths travel. */
export interface WorkerQuery {
  readonly sql: string;
  readonly views: readonly LakeView[];
  readonly limit: number;
  readonly offset: number;
}

export type WorkerTask =
  | { readonly kind: 'publish'; readonly job: PublishJob }
  | { readonly kind: 'publish-all'; readonly jobs: readonly EventLogJob[] }
  | { readonly kind: 'bundle'; readonly job: BundleJob }
  | { readonly kind: 'inspect-bundle'; readonly file: string }
  | { readonly kind: 'query'; readonly query: WorkerQuery }
  | { readonly kind: 'keep'; readonly query: WorkerQuery }
  | { readonly kind: 'page'; readonly page: PageRequest }
  | { readonly kind: 'export'; readonly job: ExportJob }
  | { readonly kind: 'drop'; readonly id: string }
  | { readonly kind: 'measure'; readonly files: readonly RawFile[] }
  | { readonly kind: 'inspect'; readonly files: readonly string[] }
  | { readonly kind: 'describe'; readonly file: string }
  | { readonly kind: 'count'; readonly job: PublishJob };

/** What comes of a task, by its kind. */
export interface WorkerResults {
  readonly publish: PublishResult;
  readonly 'publish-all': readonly PublishResult[];
  readonly bundle: BundleResult;
  readonly 'inspect-bundle': BundleFacts | Unreadable;
  readonly query: QueryResult;
  readonly keep: KeptResult;
  readonly page: KeptPage;
  readonly export: ExportedFile;
  readonly drop: null;
  readonly measure: readonly (RawMeasure | Unreadable)[];
  readonly inspect: readonly (ParquetFacts | Unreadable)[];
  readonly describe: ParquetColumns;
  readonly count: RowCount;
}

export type WorkerResult = WorkerResults[WorkerTask['kind']];

/** Parent → worker. */
export type WorkerRequest =
  | { readonly id: number; readonly task: WorkerTask }
  | { readonly id: number; readonly cancel: true }
  | { readonly close: true };

/** Worker → parent. The memory that it takes, in MB, where the parent cannot look for itself. */
export type WorkerMessage = WorkerAnswer | { readonly memoryMb: number };

export type WorkerAnswer =
  { readonly id: number; readonly result: WorkerResult } | { readonly id: number; readonly error: WorkerError };

/** An OrgwatchError on its way between the processes. */
export interface WorkerError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly actions: readonly string[];
  readonly retryable: boolean;
}
