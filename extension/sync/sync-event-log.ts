import type { EventLogRawFile } from '../lake/ledger-files.ts';
import { messageOf } from '../shared/errors.ts';
import type { EventLogSource } from '../sources/source.ts';
import { compact } from './compact.ts';
import { discover, passOverSuperseded } from './discover.ts';
import { download } from './download.ts';
import { ItemFailures } from './item-failures.ts';
import { nameOfFile } from './missing.ts';
import { ReadyDays } from './ready-days.ts';
import { lookForLost } from './look-for-lost.ts';
import type { SourceRun } from './source-run.ts';

/** Of a long list, so many are tried first that are spread over all of it. */
const SPREAD = 5;

/**
 * One run of the event log: list, download the oldest first, publish each type and day as soon as all its files are
 * there. A file that fails is put aside; only what is no matter of files ends the downloads, and what has landed is
 * still published.
 */
export async function syncEventLog(run: SourceRun, source: EventLogSource): Promise<void> {
  const { ledger, signal } = run.parts;
  const days = new ReadyDays(run, ledger.files.eventLogFiles(source.name, 'landed'));
  const failures = new ItemFailures(run, 'file');
  try {
    await discover(run, source);
    await lookForLost(run, source);
    run.tell('fetch');
    while (await downloadAll(run, source, days, failures)) passOverSuperseded(run, source);
    failures.end(ledger.files.totals(source.name).files === 0);
  } finally {
    if (!signal.aborted) days.publishRest();
    await days.published();
  }
  await compactQuietly(run, source, days.eventTypes);
}

/** Downloads what is due; true when a file was gone or put aside, which may bring others back into need. */
async function downloadAll(
  run: SourceRun,
  source: EventLogSource,
  days: ReadyDays,
  failures: ItemFailures,
): Promise<boolean> {
  const { concurrency } = run.parts;
  const files = dueFiles(run, source);
  run.filesTotal = run.files + files.length;
  run.bytesTotal = run.bytes + files.reduce((sum, file) => sum + (file.declaredBytes ?? 0), 0);
  for (const file of files) days.expect(file);
  const queue = files.values();
  let anyBack = false;
  let failure: { readonly error: unknown } | undefined;
  const fetchOneByOne = async (): Promise<void> => {
    for (const file of queue) {
      if (failure) return;
      try {
        if (await download(run, file)) failures.succeed();
        else {
          if (file.nextTry !== null) run.lost.push(nameOfFile(file));
          anyBack = bringBack(run, file) || anyBack;
        }
      } catch (error) {
        try {
          failures.fail({ rawId: file.id }, error, file.nextTry === null);
          anyBack = bringBack(run, file) || anyBack;
        } catch (reason) {
          failure ??= { error: reason };
          return;
        }
      }
      days.settle(file);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, fetchOneByOne));
  if (failure) throw failure.error;
  return anyBack;
}

/**
 * The files to download, the oldest first; those that have failed before come last, however long they fail. A few from
 * everywhere in the list come before all others: where each of them fails, so would the rest.
 */
function dueFiles(run: SourceRun, source: EventLogSource): readonly EventLogRawFile[] {
  const { ledger, clock } = run.parts;
  const now = clock.now();
  const due = ledger.files
    .eventLogFiles(source.name, 'discovered')
    .filter(({ nextTry }) => nextTry === null || nextTry <= now);
  const fresh = due.filter(({ nextTry }) => nextTry === null);
  const places = new Set(
    Array.from({ length: SPREAD }, (_, index) => Math.round((index * (fresh.length - 1)) / (SPREAD - 1))),
  );
  const { true: first = [], false: others = [] } = Object.groupBy(fresh, (_, index) => String(places.has(index)));
  return [...first, ...others, ...due.filter(({ nextTry }) => nextTry !== null)];
}

/** Without the daily file, the hourly files that it made needless are needed after all. */
function bringBack(run: SourceRun, missing: EventLogRawFile): boolean {
  const { ledger } = run.parts;
  if (missing.interval !== 'Daily') return false;
  const passed = ledger.files
    .eventLogFilesOf(run.source, missing.eventType, missing.eventDate)
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
