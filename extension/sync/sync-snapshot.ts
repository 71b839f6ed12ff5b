import type { PullWindow } from '../lake/ledger-windows.ts';
import { endOf, iso, startOf, utcDate } from '../shared/utc.ts';
import type { SnapshotSource } from '../sources/source.ts';
import { messageOf } from '../shared/errors.ts';
import { isOfJob } from './publish-records.ts';
import { publishSnapshot } from './publish-snapshot.ts';
import { pullSnapshot } from './pull-snapshot.ts';
import { forgetAbsences, isToBeTakenAgain } from './seen-again.ts';
import type { SourceRun } from './source-run.ts';

/**
 * One run of a source of snapshots: makes no call where today's (UTC) is there, unless it was asked for by name. A
 * snapshot that an earlier run left unfinished today goes on; what is left of an older one is given up.
 */
export async function syncSnapshot(run: SourceRun, source: SnapshotSource): Promise<void> {
  const { ledger, clock, signal, named } = run.parts;
  const today = utcDate(clock.now());
  for (const window of ledger.windows.open(source.name)) {
    if (window.landed) await publishLeft(run, source, window);
    else if (utcDate(startedAt(window)) !== today) giveUp(run, source, window);
  }
  const unfinished = ledger.windows.open(source.name)[0];
  const taken = takenOn(run, source, today);
  if (!unfinished && taken !== undefined && !named && !(await isToBeTakenAgain(run, source))) {
    // Of one that holds nothing there is more to say.
    if (ledger.units.totals(source.name).rows === 0) return;
    run.note = { because: 'taken', at: String(iso(taken)).slice(11, 16) };
    return;
  }
  const begin = (after = Number.NEGATIVE_INFINITY): PullWindow => {
    // Its moment tells a snapshot from others.
    const at = Math.max(clock.now(), after + 1);
    return ledger.transaction(() => ledger.windows.add(source.name, at, at));
  };
  let window = unfinished ?? begin();
  run.tell('fetch');
  while (!(await pullSnapshot(run, source, window))) {
    giveUp(run, source, window);
    window = begin(startedAt(window));
  }
  if (signal.aborted) return;
  await publishSnapshot(run, source, startedAt(window), window.id);
  forgetAbsences(run);
}

/** What an earlier run left to the lake; one of an earlier date that the lake cannot take keeps no other from being taken. */
async function publishLeft(run: SourceRun, source: SnapshotSource, window: PullWindow): Promise<void> {
  try {
    await publishSnapshot(run, source, startedAt(window), window.id);
  } catch (error) {
    const date = utcDate(startedAt(window));
    if (!isOfJob(error) || date === utcDate(run.parts.clock.now())) throw error;
    run.parts.log.warn(`${source.name}, ${date}: ${messageOf(error)}`);
    run.unpublished.push(date);
    giveUp(run, source, window);
  }
}

function startedAt(window: PullWindow): number {
  return window.from ?? 0;
}

/** When the snapshot of a date was begun, ms; undefined when there is none. One of nothing has no unit but moves the cursor. */
function takenOn(run: SourceRun, source: SnapshotSource, date: string): number | undefined {
  const { ledger } = run.parts;
  const cursor = ledger.windows.cursor(source.name);
  if (cursor && utcDate(cursor.time) === date) return cursor.time;
  return ledger.units.of(source.name, '', date)[0]?.eventFrom ?? undefined;
}

function giveUp(run: SourceRun, source: SnapshotSource, window: PullWindow): void {
  const { ledger } = run.parts;
  const date = utcDate(startedAt(window));
  const pages = ledger.files
    .pagesBetween(source.name, startOf(date), endOf(date))
    .filter(({ eventFrom }) => eventFrom === window.from);
  ledger.transaction(() => {
    ledger.files.mark(pages, 'superseded');
    ledger.windows.close(window.id);
  });
}
