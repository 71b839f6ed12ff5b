import { t } from '@vscode/l10n';
import { cancelled } from '../shared/abort.ts';
import { number } from '../shared/count.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { moreMemory } from './worker-failure.ts';
import type { EndedWorker } from './worker.ts';
import type { WorkerResult, WorkerTask } from './worker-protocol.ts';

/** A task that a worker has not answered. */
export interface Unanswered {
  readonly task: WorkerTask;
  readonly signal: AbortSignal | undefined;
  /** True when an earlier worker died of it, or beside it. */
  readonly isRepeated: boolean;
}

/** How a worker process ended, and what it had not answered. */
export interface WorkerEnd {
  readonly why: 'closed' | EndedWorker['why'];
  readonly message: string;
  readonly unanswered: readonly Unanswered[];
}

export type WorkerOutcome = { readonly result: WorkerResult } | { readonly end: WorkerEnd };

/**
 * What becomes of one unanswered task: its error, or undefined when another worker is to do it. A task is repeated once,
 * and only where another may have ended the worker: one that was cancelled and went on, else one that has been repeated,
 * else a query. Of several queries nobody knows which it was: each is repeated, by itself.
 */
export function failureAfter(end: WorkerEnd, { task, signal, isRepeated }: Unanswered): OrgwatchError | undefined {
  if (end.why === 'closed') return cancelled();
  if (signal?.aborted) return end.why === 'not-cancelled' ? cancelledBy(end) : cancelled();
  const isOther = end.unanswered.some((other) => other.signal?.aborted === true || other.isRepeated);
  const queries = end.unanswered.filter(({ task: { kind } }) => isQuery(kind)).length;
  const isCulprit = isRepeated || (!isOther && isQuery(task.kind) && queries === 1);
  return isCulprit ? failure(end, task) : undefined;
}

export function isQuery(kind: WorkerTask['kind']): boolean {
  return kind === 'query' || kind === 'keep';
}

export function memoryMessage(mb: number, mostMb: number): string {
  return t(
    'The lake worker took {0} MB of memory, more than the {1} MB that it may take, and was ended.',
    number(mb),
    number(mostMb),
  );
}

export function notCancelledMessage(seconds: number): string {
  return t('The query did not stop within {0} seconds, so the lake worker was ended.', number(seconds));
}

function cancelledBy({ message }: WorkerEnd): OrgwatchError {
  return new OrgwatchError('CANCELLED', t('Cancelled. {0}', message));
}

function failure({ why, message }: WorkerEnd, task: WorkerTask): OrgwatchError {
  if (why === 'memory') {
    return new OrgwatchError(isQuery(task.kind) ? 'SQL_FAILED' : 'LAKE_WORKER_FAILED', message, {
      actions: [moreMemory()],
    });
  }
  const again = isQuery(task.kind)
    ? t('Run the query again. Where it ends the lake worker again, ask in another way; what is in the lake is whole.')
    : t('Run the same command again; what is in the lake is whole.');
  return new OrgwatchError('LAKE_WORKER_FAILED', message, {
    actions: [again],
    retryable: true,
  });
}
