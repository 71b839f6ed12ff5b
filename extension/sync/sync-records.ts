import type { PullWindow } from '../lake/ledger-windows.ts';
import type { RecordSource } from '../sources/source.ts';
import { publishRecords } from './publish-records.ts';
import { pullWindow } from './pull-records.ts';
import type { SourceRun } from './source-run.ts';

/** One run of a source of records: what an earlier run left over first, then what is new. */
export async function syncRecords(run: SourceRun, source: RecordSource): Promise<void> {
  const windows = planWindows(run, source);
  run.tell('fetch');
  try {
    for (const window of windows) await pullWindow(run, source, window);
  } finally {
    // What has landed is shown, however the pull ended; only a caller who wants to leave is not kept waiting.
    if (!run.parts.signal.aborted) {
      await publishRecords(run, source);
      closeWindows(run, source);
    }
  }
}

/** The windows to pull: those that are still open, and one from the cursor to the end. */
function planWindows(run: SourceRun, source: RecordSource): readonly PullWindow[] {
  const { ledger, clock, since } = run.parts;
  return ledger.transaction(() => {
    const open = ledger.windows.open(source.name);
    const toDo = open.filter((window) => !window.landed);
    // An open-ended window reaches up to now by itself.
    if (open.some((window) => window.to === null && !window.landed)) return toDo;
    const cursor = ledger.windows.cursor(source.name);
    const backfill = source.backfill === undefined ? null : clock.now() - source.backfill;
    return [
      ...toDo,
      ledger.windows.add(source.name, cursor ? cursor.time - source.overlap : (since ?? backfill), null),
    ];
  });
}

/** Moves the cursor over the windows that are in the lake. */
function closeWindows(run: SourceRun, source: RecordSource): void {
  const { ledger } = run.parts;
  ledger.transaction(() => {
    if (ledger.files.landedPages(source.name).length > 0) return;
    for (const window of ledger.windows.open(source.name)) {
      if (!window.landed) continue;
      if (window.position) ledger.windows.advance(source.name, window.position);
      ledger.windows.close(window.id);
    }
  });
}
