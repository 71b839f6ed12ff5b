import { t } from '@vscode/l10n';
import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import os from 'node:os';
import { cancelled, throwIfCancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { language } from '../shared/language.ts';
import { neededViews } from './views.ts';
import { workerEntry } from './worker-entry.ts';
import type { RawFile } from './proof.ts';
import type {
  WorkerAnswer,
  WorkerRequest,
  WorkerResult,
  WorkerResults,
  WorkerSettings,
  WorkerTask,
} from './worker-protocol.ts';
import type {
  BundleJob,
  BundleResult,
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
/** A worker that has not ended this long after it was asked to is killed, in milliseconds. */
const PATIENCE = 5_000;

/** A lake worker for one org's data folder. The process starts with the first task. */
export function openLakeWorker(options: LakeWorkerOptions): LakeWorker {
  return new ForkedLakeWorker({
    dataFolder: options.dataFolder,
    memoryLimitMb: options.memoryLimitMb ?? DEFAULT_MEMORY_MB,
    threads: options.threads ?? Math.min(MOST_THREADS, os.availableParallelism()),
    language: language(),
  });
}

class ForkedLakeWorker implements LakeWorker {
  readonly #settings: WorkerSettings;
  #process: WorkerProcess | undefined;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
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

  query(request: QueryRequest, signal?: AbortSignal): Promise<QueryResult> {
    const { sql, limit = DEFAULT_LIMIT, offset = 0 } = request;
    const query = { sql, views: neededViews(request), limit, offset };
    return this.#perform({ kind: 'query', query }, signal);
  }

  keep(request: QueryRequest, signal?: AbortSignal): Promise<KeptResult> {
    const { sql, limit = Number.MAX_SAFE_INTEGER } = request;
    return this.#perform({ kind: 'keep', query: { sql, views: neededViews(request), limit, offset: 0 } }, signal);
  }

  page(page: PageRequest): Promise<KeptPage> {
    return this.#perform({ kind: 'page', page }, undefined);
  }

  export(job: ExportJob, signal?: AbortSignal): Promise<ExportedFile> {
    return this.#perform({ kind: 'export', job }, signal);
  }

  async drop(id: string): Promise<void> {
    if (this.#process?.alive) await this.#perform({ kind: 'drop', id }, undefined);
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
    await this.#process?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #perform<T extends WorkerTask>(task: T, signal: AbortSignal | undefined): Promise<WorkerResults[T['kind']]> {
    throwIfCancelled(signal);
    if (!this.#process?.alive) this.#process = new WorkerProcess(this.#settings);
    return (await this.#process.perform(task, signal)) as WorkerResults[T['kind']];
  }
}

interface Pending {
  readonly resolve: (result: WorkerResult) => void;
  readonly reject: (error: OrgwatchError) => void;
}

/** One life of the child process. */
class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  #alive = true;
  #closing = false;
  #lastId = 0;
  #lastWords = '';

  constructor(settings: WorkerSettings) {
    this.#child = fork(workerEntry(), [JSON.stringify(settings)], {
      env: workerEnvironment(),
      execArgv: [],
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-2_000);
    });
    this.#child.on('message', (message: WorkerAnswer) => {
      this.#settle(message);
    });
    this.#ended = new Promise((resolve) => {
      const end = (why: string): void => {
        this.#end(why);
        resolve();
      };
      this.#child.once('error', (error) => {
        end(error.message);
      });
      this.#child.once('close', (code, signal) => {
        end(signal ?? `exit code ${String(code)}`);
      });
    });
    this.#idle();
  }

  get alive(): boolean {
    return this.#alive && !this.#closing;
  }

  perform(task: WorkerTask, signal: AbortSignal | undefined): Promise<WorkerResult> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.#send({ id, cancel: true });
      };
      const settled = (): void => {
        signal?.removeEventListener('abort', cancel);
        this.#pending.delete(id);
        this.#idle();
      };
      this.#pending.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#child.ref();
      this.#child.channel?.ref();
      this.#send({ id, task });
    });
  }

  async close(): Promise<void> {
    if (!this.#alive) return;
    this.#closing = true;
    this.#send({ close: true });
    this.#child.ref();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    await this.#ended;
    clearTimeout(kill);
  }

  /** A worker without a task keeps nobody from ending; it ends with them. */
  #idle(): void {
    if (this.#pending.size > 0) return;
    this.#child.unref();
    this.#child.channel?.unref();
    // A pipe of a child process is a socket, which its type does not say.
    (this.#child.stderr as Socket | null)?.unref();
  }

  #send(request: WorkerRequest): void {
    // A failure to send is followed by the end of the process, which settles what is pending.
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #settle(message: WorkerAnswer): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ('result' in message) return pending.resolve(message.result);
    const { code, message: text, actions, retryable } = message.error;
    pending.reject(code === 'CANCELLED' ? cancelled() : new OrgwatchError(code, text, { actions, retryable }));
  }

  #end(why: string): void {
    this.#alive = false;
    const lastLine = this.#lastWords.trim().split('\n').at(-1) ?? '';
    const message =
      lastLine === '' ? t('The lake worker ended ({0})', why) : t('The lake worker ended ({0}): {1}', why, lastLine);
    for (const { reject } of [...this.#pending.values()]) {
      reject(
        this.#closing
          ? cancelled()
          : new OrgwatchError('LAKE_WORKER_FAILED', message, {
              actions: [t('Run the same command again; what is in the lake is whole.')],
              retryable: true,
            }),
      );
    }
  }
}

/** What a Node process needs to start, and nothing of what this one knows. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const kept = ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    ...(process.versions['electron'] ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
    TZ: 'UTC',
  };
}
