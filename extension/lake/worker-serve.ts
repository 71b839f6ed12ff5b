import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { cancelled, throwIfCancelled } from '../shared/abort.ts';
import type { OrgwatchError } from '../shared/errors.ts';
import { Limiter } from '../shared/limiter.ts';
import { interrupting } from './interrupting.ts';
import { publishBatch } from './publish-batch.ts';
import { makeBundle } from './publish-bundle.ts';
import { publishEventLog } from './publish-event-log.ts';
import { publishRecords } from './publish-records.ts';
import { KeptResults } from './query-kept.ts';
import { runQuery } from './query-run.ts';
import { OrgFolder } from './storage-folder.ts';
import { countRows } from './worker-count.ts';
import { checkPaths } from './worker-paths.ts';
import { openWorkerDatabase, type WorkerDatabase } from './worker-database.ts';
import { workerFailure } from './worker-failure.ts';
import { canMeasure } from './worker-memory.ts';
import { describeParquet, inspectBundle, inspectParquet } from './worker-inspect.ts';
import { measureRawFiles } from './worker-measure.ts';
import type { WorkerAnswer, WorkerRequest, WorkerResult, WorkerSettings, WorkerTask } from './worker-protocol.ts';

/** Publish jobs at a time: while one waits for the disk or reads with one thread, another keeps the cores busy. */
const PUBLISHING = 2;
/** How long interrupted tasks get to tidy up when the worker ends, in milliseconds. */
const LAST_WORDS = 2_000;

/** Milliseconds. */
const TOLD_EVERY = 250;

interface Running {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** The worker's side of the conversation: does what its parent asks, several tasks at a time, and ends with it. */
export function serveLake(settings: WorkerSettings): void {
  const lake = new Lake(settings);
  const running = new Map<number, Running>();
  tellMemory(() => running.size > 0);
  const end = async (): Promise<void> => {
    for (const { abort } of running.values()) abort.abort();
    await Promise.race([Promise.all([...running.values()].map(({ done }) => done)), delay(LAST_WORDS)]);
    await lake.tidy();
    if (running.size === 0) process.exit(0);
    // An exit would wait for the statements that still run.
    process.kill(process.pid, 'SIGKILL');
  };
  // A parent that is gone takes no answer: nothing is to be finished for it.
  process.on('disconnect', () => void end());
  process.on('message', (request: WorkerRequest) => {
    if ('close' in request) return void end();
    if ('cancel' in request) return running.get(request.id)?.abort.abort();
    const { id, task } = request;
    const abort = new AbortController();
    const done = lake.answer(id, task, abort.signal).then((answer) => {
      running.delete(id);
      if (!process.connected) return;
      try {
        process.send?.(answer);
      } catch (error) {
        // An answer that is too long for one message.
        process.send?.(failed(id, workerFailure(error, task, settings.dataFolder)));
      }
    });
    running.set(id, { abort, done });
  });
}

function failed(id: number, { code, message, actions, retryable }: OrgwatchError): WorkerAnswer {
  return { id, error: { code, message, actions, retryable } };
}

/** Where the parent cannot look how much memory this process has, it is told as long as there is something to do. */
function tellMemory(isBusy: () => boolean): void {
  if (canMeasure()) return;
  setInterval(() => {
    if (isBusy() && process.connected) process.send?.({ memoryMb: process.memoryUsage.rss() / 2 ** 20 });
  }, TOLD_EVERY).unref();
}

class Lake {
  readonly #settings: WorkerSettings;
  readonly #database: Promise<WorkerDatabase>;
  readonly #publishing = new Limiter(PUBLISHING);
  readonly #kept = new KeptResults();

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#database = openWorkerDatabase(settings);
    // Each task tells its own caller why there is no database.
    this.#database.catch(() => undefined);
  }

  async answer(id: number, task: WorkerTask, signal: AbortSignal): Promise<WorkerAnswer> {
    try {
      const perform = (): Promise<WorkerResult> => this.#perform(task, signal);
      const isPublishing = task.kind === 'publish' || task.kind === 'publish-all' || task.kind === 'bundle';
      return { id, result: isPublishing ? await this.#inTurn(perform, signal) : await perform() };
    } catch (error) {
      return failed(id, signal.aborted ? cancelled(error) : workerFailure(error, task, this.#settings.dataFolder));
    }
  }

  /** A task that is cancelled while it waits for its turn waits no more. */
  async #inTurn<T>(perform: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = Promise.withResolvers<T>();
    const giveUp = (): void => {
      turn.reject(cancelled());
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const run = this.#publishing.run(async () => {
      signal.removeEventListener('abort', giveUp);
      if (!signal.aborted) turn.resolve(await perform());
    });
    run.catch(turn.reject);
    return turn.promise;
  }

  /** Each task has a connection of its own: its temp tables and views are nobody else's, and it can be interrupted. */
  async #perform(task: WorkerTask, signal: AbortSignal): Promise<WorkerResult> {
    const folder = new OrgFolder(this.#settings.dataFolder);
    if (task.kind === 'measure') return measureRawFiles(folder, task.files, signal);
    const { instance, kept, scratch } = await this.#database;
    throwIfCancelled(signal);
    checkPaths(folder, task);
    const place = { folder, scratch };
    if (task.kind === 'keep') return await this.#kept.keep(instance, kept, task.query, signal);
    if (task.kind === 'page') return await this.#kept.page(task.page);
    if (task.kind === 'export') return await this.#kept.export(task.job, scratch, signal);
    if (task.kind === 'drop') return this.#kept.drop(task.id);
    const connection = await instance.connect();
    try {
      return await interrupting<WorkerResult>(connection, signal, async () => {
        if (task.kind === 'query') return await runQuery(connection, task.query, signal);
        if (task.kind === 'inspect') return await inspectParquet(connection, task.files, signal);
        if (task.kind === 'describe') return await describeParquet(connection, task.file);
        if (task.kind === 'count') return await countRows(connection, folder, task.job, signal);
        if (task.kind === 'bundle') return await makeBundle(connection, task.job, folder);
        if (task.kind === 'inspect-bundle') return await inspectBundle(connection, task.file, signal);
        if (task.kind === 'publish-all') return await publishBatch(connection, task.jobs, signal, place);
        return task.job.format === 'records'
          ? await publishRecords(connection, task.job, signal, place)
          : await publishEventLog(connection, task.job, signal, place);
      });
    } finally {
      connection.closeSync();
    }
  }

  /** Leaves nothing behind on the disk; memory goes with the process. */
  async tidy(): Promise<void> {
    const { scratch } = await this.#database.catch(() => ({ scratch: undefined }));
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}
