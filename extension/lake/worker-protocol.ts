import type { ErrorCode } from '../shared/errors.ts';
import type { PublishJob, PublishResult, QueryResult } from './worker.ts';
import type { LakeView } from './views.ts';

/** What the parent starts the worker with: the one argument of worker-main, as JSON. */
export interface WorkerSettings {
  readonly dataFolder: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
}

/** A query with the views that it needs; made of a QueryRequest in the parent, so that few paths travel. */
export interface WorkerQuery {
  readonly sql: string;
  readonly views: readonly LakeView[];
  readonly limit: number;
  readonly offset: number;
}

export type WorkerTask =
  { readonly kind: 'publish'; readonly job: PublishJob } | { readonly kind: 'query'; readonly query: WorkerQuery };

/** Parent → worker. */
export type WorkerRequest =
  | { readonly id: number; readonly task: WorkerTask }
  | { readonly id: number; readonly cancel: true }
  | { readonly close: true };

/** Worker → parent. */
export type WorkerAnswer =
  | { readonly id: number; readonly result: PublishResult | QueryResult }
  | { readonly id: number; readonly error: WorkerError };

/** An OrgwatchError on its way between the processes. */
export interface WorkerError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly actions: readonly string[];
  readonly retryable: boolean;
}
