import type { EventLogRawFile } from '../lake/ledger-files.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import type { EventLogSource } from '../sources/source.ts';
import { compact } from './compact.ts';
import { discover, passOverSuperseded } from './discover.ts';
import { download } from './download.ts';
import { ReadyDays } from './ready-days.ts';
import type { SourceRun } from './source-run.ts';

/** So many files that do not arrive whole are more than a matter of files. */
const MOST_FAILED = 5;

/**
 * One run of the event log: list, download the oldest first, publish each type and day as soon as all its files are
 * there. A failure ends the downloads, unless it is that of a file or two; what has landed is still published.
 */
export async function syncEventLog(run: SourceRun, source: EventLogSource): Promise<void> {
  const { ledger, signal } = run.parts;
  const days = new ReadyDays(run, ledger.files.eventLogFiles(source.name, 'landed'));
  try {
    await discover(run, source);
    run.tell('fetch');
    while (await downloadAll(run, source, days)) passOverSuperseded(run, source);
  } finally {
    if (!signal.aborted) days.publishRest();
    await days.published();
  }
  await compactQuietly(run, source, days.eventTypes);
}

/** Downloads what is discovered; true when a file was gone, which may bring others back into need. */
async function downloadAll(run: SourceRun, source: EventLogSource, days: ReadyDays): Promise<boolean> {
  const { ledger, concurrency } = run.parts;
  const files = ledger.files.eventLogFiles(source.name, 'discovered');
  run.filesTotal = run.files + files.length;
  run.bytesTotal = run.bytes + files.reduce((sum, file) => sum + (file.declaredBytes ?? 0), 0);
  for (const file of files) days.expect(file);
  const queue = files.values();
  let anyGone = false;
  let failed = 0;
  let incomplete: { readonly error: unknown } | undefined;
  let failure: { readonly error: unknown } | undefined;
  const fetchOneByOne = async (): Promise<void> => {
    for (const file of queue) {
      if (failure) return;
      try {
        const landed = await download(run, file);
        if (!landed) anyGone = bringBack(run, file) || anyGone;
        days.settle(file);
      } catch (error) {
        incomplete ??= { error };
        if (!isOfFile(error) || ++failed >= MOST_FAILED) failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, fetchOneByOne));
  if (incomplete) throw incomplete.error;
  return anyGone;
}

/** True for what is wrong with one file, as with one whose declared length is not its length: others may still arrive. */
function isOfFile(error: unknown): boolean {
  return error instanceof OrgwatchError && ['DOWNLOAD_INCOMPLETE', 'RESPONSE_INVALID'].includes(error.code);
}

/** With a daily file gone, the hourly files that it made needless are needed after all. */
function bringBack(run: SourceRun, gone: EventLogRawFile): boolean {
  const { ledger } = run.parts;
  const passed = ledger.files
    .eventLogFilesOf(run.source, gone.eventType, gone.eventDate)
    .filter((file) => file.state === 'superseded' && file.path === null);
  ledger.transaction(() => ledger.files.mark(passed, 'discovered'));
  return passed.length > 0;
}

/** Small files cost time, not events: when they cannot be put together now, the next run tries again. */
async function compactQuietly(run: SourceRun, source: EventLogSource, eventTypes: ReadonlySet<string>): Promise<void> {
  try {
    await compact(run.parts, source.name, eventTypes);
  } catch (error) {
    if (run.parts.signal.aborted) throw error;
    run.parts.log.warn(`Small files of the lake stay apart for now: ${messageOf(error)}`);
  }
}
