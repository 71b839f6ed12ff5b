import { t } from '@vscode/l10n';
import type { PullWindow } from '../lake/ledger-windows.ts';
import { delayAfter, type AsideItem } from '../lake/ledger-aside.ts';
import { utcMinute } from '../shared/utc.ts';
import type { RecordSource } from '../sources/source.ts';
import { gapsBetween } from './coverage.ts';
import { cutAt } from './cut-window.ts';
import { reachBack } from './reach-back.ts';
import type { SourceRun } from './source-run.ts';

/**
 * The windows to pull: those that are open, less what is aside and not due yet; what is new since the cursor; and what
 * lies before all of it, where it is asked for.
 */
export function planWindows(run: SourceRun, source: RecordSource): readonly PullWindow[] {
  const { ledger } = run.parts;
  const { windows } = ledger;
  return ledger.transaction(() => {
    const aside = new Map(ledger.aside.of(source.name).map((item) => [item.span?.id, item]));
    for (const window of windows.open(source.name)) endAside(run, window, aside.get(window.id));
    const open = windows.open(source.name);
    const unfinished = open.filter(({ landed }) => !landed);
    const cursor = windows.cursor(source.name);
    const reach = reachBack(run, source, cursor === undefined && open.length === 0);
    const due = unfinished.filter(({ id }) => (aside.get(id)?.nextTry ?? 0) <= run.parts.clock.now());
    const { notBefore } = reach;
    const toDo = notBefore === undefined ? due : due.flatMap((window) => lastPart(run, window, notBefore));
    const older = reach.older ? [windows.add(source.name, reach.older.from, reach.older.to)] : [];
    if (reach.older) ledger.spans.begin(source.name, reach.older.from, run.parts.clock.now());
    // An open-ended window reaches up to now by itself.
    if (toDo.length < due.length || toDo.some((window, index) => window.id !== due[index]?.id)) {
      run.remarks.push(
        t(
          'What an earlier sync left before {0} UTC is not asked for now; a sync with a longer span, or without one, goes on there.',
          utcMinute(notBefore ?? 0),
        ),
      );
    }
    if (unfinished.some(({ to }) => to === null)) return [...toDo, ...older];
    const start = cursor ? cursor.time - source.overlap : startWithout(run, source, open, reach.begin);
    return [
      ...toDo,
      ...older,
      ...newSpans(start, unfinished).map(({ from, to }) => windows.add(source.name, from, to)),
    ];
  });
}

/** Without a cursor: where the windows end that there are, or else at the beginning. */
function startWithout(
  run: SourceRun,
  source: RecordSource,
  open: readonly PullWindow[],
  begin: number | null,
): number | null {
  const ends = open.flatMap(({ to }) => to ?? []);
  if (ends.length === 0) return begin;
  return Math.min(run.parts.clock.now(), Math.max(...ends)) - source.overlap;
}

/** From a time to now, less what open windows bring anyway. */
function newSpans(start: number | null, open: readonly PullWindow[]): readonly Pick<PullWindow, 'from' | 'to'>[] {
  if (start === null) return [{ from: null, to: null }];
  const spans = open.flatMap(({ from, to }) => (to === null || to <= start ? [] : { from, to }));
  const last = Math.max(start, ...spans.map(({ to }) => to));
  return [...gapsBetween([{ from: null, to: start }, ...spans]), { from: last, to: null }];
}

/** A window without an end that fails keeps what is new from coming: it ends where it was tried last. */
function endAside(run: SourceRun, window: PullWindow, item: AsideItem | undefined): void {
  if (!item || window.to !== null || item.nextTry <= run.parts.clock.now()) return;
  run.parts.ledger.windows.shorten(window, item.nextTry - delayAfter(item.tries));
}

/** What of a window lies behind a time; the rest stays open, which is told. */
function lastPart(run: SourceRun, window: PullWindow, notBefore: number): readonly PullWindow[] {
  const from = window.position?.time ?? window.from ?? Number.NEGATIVE_INFINITY;
  if (from >= notBefore) return [window];
  if (window.to !== null && window.to <= notBefore) return [];
  return cutAt(run.parts.ledger.windows, window, notBefore).slice(0, 1);
}
