import { t } from '@vscode/l10n';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { number } from '../shared/count.ts';
import { storageError } from './storage-error.ts';
import type { WorkerTask } from './worker-protocol.ts';

/** Characters; DuckDB repeats names and texts of the statement, however long they are. */
const LONGEST_MESSAGE = 4_000;

/** What went wrong in a task of the worker, in the words of the engine. */
export function workerFailure(error: unknown, task: WorkerTask, dataFolder: string): OrgwatchError {
  const message = oneLine(messageOf(error).slice(0, LONGEST_MESSAGE));
  const known = storageError(withSystemCode(error, message), dataFolder);
  if (known instanceof OrgwatchError) return known;
  if (task.kind === 'query' || task.kind === 'keep') return queryFailure(message, error);
  return new OrgwatchError('LAKE_WORKER_FAILED', t('{0}: {1}', whatFailed(task), message), {
    actions: isOutOfMemory(message) ? [moreMemory()] : [],
    cause: error,
  });
}

function isOutOfMemory(message: string): boolean {
  return /^Out of Memory Error/.test(message);
}

function whatFailed(task: WorkerTask): string {
  switch (task.kind) {
    case 'publish':
    case 'bundle':
      return t('{0} could not be made', task.job.output);
    case 'publish-all':
      return t('{0} event log files could not be published', number(task.jobs.length));
    case 'count':
      return t('The raw files of {0} could not be counted', task.job.output);
    default:
      return t('The lake could not be read');
  }
}

function queryFailure(message: string, cause: unknown): OrgwatchError {
  if (/^Permission Error/.test(message)) {
    return new OrgwatchError('SQL_REJECTED', t("Queries reach the lake's views only. {0}", message), { cause });
  }
  if (/max_temp_directory_size/.test(message)) {
    return new OrgwatchError(
      'SQL_FAILED',
      t('The query needs more space for temporary files than the lake worker may take. {0}', message),
      { actions: [fewerDays()], cause },
    );
  }
  return new OrgwatchError('SQL_FAILED', message, { actions: isOutOfMemory(message) ? [moreMemory()] : [], cause });
}

function fewerDays(): string {
  return t('Ask for fewer days or columns at a time, or free some disk space.');
}

export function moreMemory(): string {
  return t(
    'Ask for fewer days or columns at a time, or give the lake worker more memory (in VS Code the setting orgwatch.worker.memory).',
  );
}

/** DuckDB tells of the file system in words only. */
function withSystemCode(error: unknown, message: string): unknown {
  if (!(error instanceof Error) || 'code' in error) return error;
  const code = /No space left on device|disk is full/i.test(message)
    ? 'ENOSPC'
    : /Permission denied|Read-only file system/i.test(message)
      ? 'EACCES'
      : undefined;
  return code === undefined ? error : Object.assign(new Error(message), { code });
}

/** DuckDB's messages go over several lines, with the statement below: the first part says what is wrong. */
function oneLine(message: string): string {
  const [first = message] = message.split(/\n\s*\n|\nLINE \d/);
  return first.replace(/\s*\n\s*/g, ' ').trim();
}
