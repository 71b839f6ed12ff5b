import type { PullWindow } from '../lake/ledger-windows.ts';
import type { RecordSource } from '../sources/source.ts';
import { endOf, startOf } from '../shared/utc.ts';
import { publishRecords } from './publish-records.ts';
import { pullWindow } from './pull-records.ts';
import { openWhatIsSeenAgain } from './seen-again.ts';
import type { SourceRun } from './source-run.ts';

/** What a long pull has brought is published meanwhile, so many pages at a time: neighbouring dates share pages. */
const PAGES = 64;

/** One run of a source of records; what an account that saw less had brought is then pulled again. */
export async function syncRecords(run: SourceRun, source: RecordSource): Promise<void> {
  await pullAndPublish(run, source);
  if (run.parts.signal.aborted) return;
  if (await openWhatIsSeenAgain(run, source)) await pullAndPublish(run, source);
}

/**
 * One pass of a source of records: what an earlier run left over, then what is new. Windows are pulled side by side, the
 * newest first; dates that no open window reaches are published meanwhile.
 */
async function pullAndPublish(run: SourceRun, source: RecordSource): Promise<void> {
  const { ledger, pulls, signal } = run.parts;
  const queue = [...planWindows(run, source)].sort(newestFirst);
  const pulling: Promise<void>[] = [];
  let publishing = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => void (failure ??= { error });

  const newest = new Map<string, number>();
  const publishComplete = (): Promise<void> => {
    const open = ledger.windows.open(source.name).filter((window) => !window.landed);
    return publishRecords(run, source, (date) => !open.some((window) => reaches(window, date)), newest);
  };
  const publishSoon = (): void => void (publishing = publishing.then(publishComplete).catch(fail));
  let pages = 0;
  const onPage = (): void => {
    if (++pages % PAGES === 0) publishSoon();
  };
  const onSplit = (windows: readonly PullWindow[]): void => {
    queue.unshift(...windows);
    for (let count = windows.length; count > 0; count--) pulling.push(pulls.run(pullNext));
  };
  const pullNext = async (): Promise<void> => {
    const window = queue.shift();
    if (!window || failure) return;
    try {
      await pullWindow(run, source, window, { onPage, onSplit });
      publishSoon();
    } catch (error) {
      fail(error);
    }
  };
  run.tell('fetch');
  for (let count = queue.length; count > 0; count--) pulling.push(pulls.run(pullNext));
  // The list grows while long windows are cut.
  for (const pull of pulling) await pull;
  await publishing;
  // What has landed is shown, however the pull ended; only a caller who wants to leave is not kept waiting.
  if (!signal.aborted) {
    await publishRecords(run, source, () => true, newest);
    closeWindows(run, source);
  }
  if (failure) throw failure.error;
}

function newestFirst(a: PullWindow, b: PullWindow): number {
  return (b.from ?? Number.NEGATIVE_INFINITY) - (a.from ?? Number.NEGATIVE_INFINITY);
}

/** True when a window may still bring records of a date. */
function reaches(window: PullWindow, date: string): boolean {
  const from = window.position?.time ?? window.from ?? Number.NEGATIVE_INFINITY;
  return from < endOf(date) && (window.to === null || window.to > startOf(date));
}

/** The windows to pull: those that are still open, and one from the cursor to the end. */
function planWindows(run: SourceRun, source: RecordSource): readonly PullWindow[] {
  const { ledger, clock, beginning } = run.parts;
  return ledger.transaction(() => {
    const open = ledger.windows.open(source.name);
    const toDo = open.filter((window) => !window.landed);
    // An open-ended window reaches up to now by itself.
    if (open.some((window) => window.to === null && !window.landed)) return toDo;
    const cursor = ledger.windows.cursor(source.name);
    // What has no backfill is not events but things as they are: all of them, however old.
    const backfill = source.backfill === undefined ? null : (beginning(source.name) ?? clock.now() - source.backfill);
    return [...toDo, ledger.windows.add(source.name, cursor ? cursor.time - source.overlap : backfill, null)];
  });
}

/** Moves the cursor over the windows that are in the lake. */
function closeWindows(run: SourceRun, source: RecordSource): void {
  const { ledger, clock } = run.parts;
  ledger.transaction(() => {
    if (ledger.files.landedPages(source.name).length > 0) return;
    for (const window of ledger.windows.open(source.name)) {
      if (!window.landed) continue;
      // The clock may have been ahead when the window was pulled: what comes until then must not be passed over.
      const { position } = window;
      const now = clock.now();
      if (position) ledger.windows.advance(source.name, position.time > now ? { time: now, id: '' } : position);
      ledger.windows.close(window.id);
    }
  });
}
