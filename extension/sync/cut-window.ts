import type { LedgerWindows, PullWindow } from '../lake/ledger-windows.ts';
import { DAY, MINUTE } from '../shared/utc.ts';
import type { SourceRun } from './source-run.ts';

/** What takes too long even for this is no matter of its width. */
const NARROWEST = MINUTE;

/** No event of Salesforce is before. */
const FIRST_TIME = Date.UTC(2000, 0, 1);

/** How much time is left of a window, ms. */
export function widthOf({ position, from, to }: PullWindow, now: number): number {
  return Math.max(0, (to ?? now) - (position?.time ?? from ?? FIRST_TIME));
}

/**
 * Cuts what is left of a window in two, and the ledger keeps it so; newest first. Undefined where it is too narrow.
 * Between whole days where it can be: a date in two windows is published twice.
 */
export function halve(run: SourceRun, window: PullWindow): readonly [PullWindow, PullWindow] | undefined {
  const now = run.parts.clock.now();
  const width = widthOf(window, now);
  if (width <= NARROWEST) return undefined;
  const end = window.to ?? now;
  const grid = width > 4 * DAY ? DAY : width > 4 * MINUTE ? MINUTE : 1000;
  const time = Math.ceil((end - width / 2) / grid) * grid;
  const { ledger } = run.parts;
  return ledger.transaction(() => cutAt(ledger.windows, window, time));
}

/** Ends a window at a time, and opens another one from there on; newest first. To be called in a transaction. */
export function cutAt(windows: LedgerWindows, window: PullWindow, time: number): readonly [PullWindow, PullWindow] {
  windows.shorten(window, time);
  return [windows.add(window.source, time, window.to), { ...window, to: time }];
}
