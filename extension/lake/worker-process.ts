import os from 'node:os';
import path from 'node:path';
import { throwIfCancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { language } from '../shared/language.ts';
import { Limiter } from '../shared/limiter.ts';
import { stateDir } from './paths.ts';
import { checkStatement } from './query-limits.ts';
import { neededViews } from './views.ts';
import { WorkerChild } from './worker-child.ts';
import { failureAfter, isQuery, type Unanswered, type WorkerOutcome } from './worker-end.ts';
import type { RawFile } from './proof.ts';
import type { WorkerQuery, WorkerResults, WorkerSettings, WorkerTask } from './worker-protocol.ts';
import type {
  BundleJob,
  BundleResult,
  EndedWorker,
  EventLogJob,
  ExportedFile,
  ExportJob,
  KeptPage,
  KeptResult,
  LakeWorker,
  LakeWorkerOptions,
  PageRequest,
  PublishJob,
  PublishResult,
  QueryRequest,
  QueryResult,
} from './worker.ts';

const DEFAULT_MEMORY_MB = 1024;
const MOST_THREADS = 4;
const DEFAULT_LIMIT = 10_000;

/** A lake worker for one org's data folder. The process starts with the first task. */
export function openLakeWorker(options: LakeWorkerOptions): LakeWorker {
  const settings = {
    dataFolder: options.dataFolder,
    scratch: options.scratch ?? path.join(stateDir(), 'scratch'),
    memoryLimitMb: options.memoryLimitMb ?? DEFAULT_MEMORY_MB,
    threads: options.threads ?? Math.min(MOST_THREADS, os.availableParallelism()),
    language: language(),
  };
  return new ForkedLakeWorker(settings, options.onEnd ?? (() => undefined));
}

class ForkedLakeWorker implements LakeWorker {
  readonly #settings: Omit<WorkerSettings, 'token'>;
  readonly #onEnd: (end: EndedWorker) => void;
  /** Queries that may have ended a worker are repeated one after the other: then it is known which it was. */
  readonly #suspects = new Limiter(1);
  #child: WorkerChild | undefined;

  constructor(settings: Omit<WorkerSettings, 'token'>, onEnd: (end: EndedWorker) => void) {
    this.#settings = settings;
    this.#onEnd = onEnd;
  }

  publish(job: PublishJob, signal?: AbortSignal): Promise<PublishResult> {
    return this.#perform({ kind: 'publish', job }, signal);
  }

  publishAll(jobs: readonly EventLogJob[], signal?: AbortSignal): Promise<readonly PublishResult[]> {
    return this.#perform({ kind: 'publish-all', jobs }, signal);
  }

  bundle(job: BundleJob, signal?: AbortSignal): Promise<BundleResult> {
    return this.#perform({ kind: 'bundle', job }, signal);
  }

  inspectBundle(file: string, signal?: AbortSignal): Promise<WorkerResults['inspect-bundle']> {
    return this.#perform({ kind: 'inspect-bundle', file }, signal);
  }

  async query(request: QueryRequest, signal?: AbortSignal): Promise<QueryResult> {
    const { limit = DEFAULT_LIMIT, offset = 0 } = request;
    return this.#perform({ kind: 'query', query: { ...statementOf(request), limit, offset } }, signal);
  }

  async keep(request: QueryRequest, signal?: AbortSignal): Promise<KeptResult> {
    const { limit = Number.MAX_SAFE_INTEGER } = request;
    return this.#perform({ kind: 'keep', query: { ...statementOf(request), limit, offset: 0 } }, signal);
  }

  page(page: PageRequest): Promise<KeptPage> {
    return this.#perform({ kind: 'page', page }, undefined);
  }

  export(job: ExportJob, signal?: AbortSignal): Promise<ExportedFile> {
    return this.#perform({ kind: 'export', job }, signal);
  }

  async drop(id: string): Promise<void> {
    if (this.#child?.isAlive) await this.#perform({ kind: 'drop', id }, undefined);
  }

  measure(files: readonly RawFile[], signal?: AbortSignal): Promise<WorkerResults['measure']> {
    return this.#perform({ kind: 'measure', files }, signal);
  }

  inspect(files: readonly string[], signal?: AbortSignal): Promise<WorkerResults['inspect']> {
    return this.#perform({ kind: 'inspect', files }, signal);
  }

  describe(file: string, signal?: AbortSignal): Promise<WorkerResults['describe']> {
    return this.#perform({ kind: 'describe', file }, signal);
  }

  count(job: PublishJob, signal?: AbortSignal): Promise<WorkerResults['count']> {
    return this.#perform({ kind: 'count', job }, signal);
  }

  async close(): Promise<void> {
    await this.#child?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #perform<T extends WorkerTask>(task: T, signal: AbortSignal | undefined): Promise<WorkerResults[T['kind']]> {
    const first = await this.#attempt({ task, signal, isRepeated: false });
    if ('result' in first) return first.result as WorkerResults[T['kind']];
    // What a task makes is a function of what it is given: doing it again does no harm.
    const repeat = (): Promise<WorkerOutcome> => this.#attempt({ task, signal, isRepeated: true });
    const second = await (isQuery(task.kind) ? this.#suspects.run(repeat) : repeat());
    if ('result' in second) return second.result as WorkerResults[T['kind']];
    throw new OrgwatchError('LAKE_WORKER_FAILED', second.end.message, { retryable: true });
  }

  /** The result, or how the worker ended where another is to do the task. @throws OrgwatchError */
  async #attempt(job: Unanswered): Promise<WorkerOutcome> {
    throwIfCancelled(job.signal);
    if (!this.#child?.isAlive) this.#child = new WorkerChild(this.#settings, this.#onEnd);
    const outcome = await this.#child.perform(job);
    const failure = 'end' in outcome ? failureAfter(outcome.end, job) : undefined;
    if (failure) throw failure;
    return outcome;
  }
}

/** What a statement needs in the worker. @throws OrgwatchError SQL_REJECTED when it is too long */
function statementOf(request: QueryRequest): Pick<WorkerQuery, 'sql' | 'views'> {
  return { sql: checkStatement(request.sql), views: neededViews(request) };
}
