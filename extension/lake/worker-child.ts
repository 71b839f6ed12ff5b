import { t } from '@vscode/l10n';
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import path from 'node:path';
import { cancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import {
  isQuery,
  memoryMessage,
  notCancelledMessage,
  type Unanswered,
  type WorkerEnd,
  type WorkerOutcome,
} from './worker-end.ts';
import { workerEntry } from './worker-entry.ts';
import { mostMemoryMb, watchMemory } from './worker-memory.ts';
import type { EndedWorker } from './worker.ts';
import type { WorkerMessage, WorkerRequest, WorkerSettings } from './worker-protocol.ts';
import { removeScratch } from './worker-scratch.ts';

/** A worker that has not ended this long after it was asked to is killed, in milliseconds. */
const PATIENCE = 5_000;
/** The same for a query that goes on after it was cancelled: DuckDB does not look up from everything that it does. */
const CANCEL_PATIENCE = 2_000;
/** What writes files gets longer to put them away. */
const TIDY_PATIENCE = 10_000;

interface Pending extends Unanswered {
  readonly resolve: (outcome: WorkerOutcome) => void;
  readonly reject: (error: OrgwatchError) => void;
}

/** One life of the child process. It ends by itself, with `close`, or when it takes more than it may. */
export class WorkerChild {
  readonly #child: ChildProcess;
  readonly #settings: WorkerSettings;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  #end: Pick<WorkerEnd, 'why' | 'message'> | undefined;
  #isGone = false;
  #lastId = 0;
  #lastWords = '';
  #stopWatching: (() => void) | undefined;

  /** @param onEnd told when it ended and was not asked to */
  constructor(settings: Omit<WorkerSettings, 'token'>, onEnd: (end: EndedWorker) => void) {
    this.#settings = { ...settings, token: randomBytes(8).toString('hex') };
    this.#child = fork(workerEntry(), [JSON.stringify(this.#settings)], {
      // A name without a folder in front means nothing there.
      cwd: path.parse(process.cwd()).root,
      env: workerEnvironment(),
      execArgv: [],
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-2_000);
    });
    this.#child.on('message', (message: WorkerMessage) => {
      this.#hear(message);
    });
    const ended = new Promise<string>((resolve) => {
      this.#child.once('error', (error) => {
        resolve(error.message);
      });
      this.#child.once('close', (code, signal) => {
        resolve(signal ?? `exit code ${String(code)}`);
      });
    });
    this.#ended = ended.then((how) => this.#finish(how, onEnd));
    this.#rest();
  }

  /** False once it is to end: the next task is another worker's. */
  get isAlive(): boolean {
    return this.#end === undefined && !this.#isGone;
  }

  /** The result of a task, or how the worker ended before it had one. @throws OrgwatchError what the task throws */
  perform(job: Unanswered): Promise<WorkerOutcome> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        this.#send({ id, cancel: true });
        const ms = isQuery(job.task.kind) ? CANCEL_PATIENCE : TIDY_PATIENCE;
        patience = setTimeout(() => {
          this.#kill('not-cancelled', notCancelledMessage(ms / 1000));
        }, ms);
      };
      const settled = (): void => {
        clearTimeout(patience);
        job.signal?.removeEventListener('abort', cancel);
        this.#pending.delete(id);
        this.#rest();
      };
      this.#pending.set(id, {
        ...job,
        resolve: (outcome) => {
          settled();
          resolve(outcome);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      job.signal?.addEventListener('abort', cancel, { once: true });
      this.#work();
      this.#send({ id, task: job.task });
    });
  }

  async close(): Promise<void> {
    if (this.#isGone) return;
    this.#end ??= { why: 'closed', message: '' };
    this.#send({ close: true });
    this.#child.ref();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    await this.#ended;
    clearTimeout(kill);
  }

  #work(): void {
    this.#child.ref();
    this.#child.channel?.ref();
    const { pid } = this.#child;
    if (pid !== undefined) this.#stopWatching ??= watchMemory(pid, (mb) => this.#checkMemory(mb));
  }

  /** A worker without a task keeps nobody from ending; it ends with them. */
  #rest(): void {
    if (this.#pending.size > 0) return;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#child.unref();
    this.#child.channel?.unref();
    // A pipe of a child process is a socket, which its type does not say.
    (this.#child.stderr as Socket | null)?.unref();
  }

  #checkMemory(mb: number): void {
    const most = mostMemoryMb(this.#settings.memoryLimitMb);
    if (mb > most && this.#pending.size > 0) this.#kill('memory', memoryMessage(mb, most));
  }

  #kill(why: WorkerEnd['why'], message: string): void {
    this.#end ??= { why, message };
    this.#child.kill('SIGKILL');
  }

  #send(request: WorkerRequest): void {
    // A failure to send is followed by the end of the process, which settles what is pending.
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #hear(message: WorkerMessage): void {
    if ('memoryMb' in message) return this.#checkMemory(message.memoryMb);
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ('result' in message) return pending.resolve({ result: message.result });
    const { code, message: text, actions, retryable } = message.error;
    pending.reject(code === 'CANCELLED' ? cancelled() : new OrgwatchError(code, text, { actions, retryable }));
  }

  async #finish(how: string, onEnd: (end: EndedWorker) => void): Promise<void> {
    this.#isGone = true;
    await removeScratch(this.#settings.scratch, this.#settings.token);
    const lastLine = this.#lastWords.trim().split('\n').at(-1) ?? '';
    const crashed =
      lastLine === '' ? t('The lake worker ended ({0})', how) : t('The lake worker ended ({0}): {1}', how, lastLine);
    const pending = [...this.#pending.values()];
    const { why, message } = this.#end ?? { why: 'crash', message: crashed };
    const end: WorkerEnd = { why, message, unanswered: pending };
    if (why !== 'closed') onEnd({ why, message });
    for (const { resolve } of pending) resolve({ end });
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
