import { t } from '@vscode/l10n';
import type { AsideItem } from '../lake/ledger-aside.ts';
import type { PullWindow } from '../lake/ledger-windows.ts';
import type { RecordSource } from '../sources/source.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { endOf, startOf } from '../shared/utc.ts';
import { Limiter } from '../shared/limiter.ts';
import { counted } from '../shared/wording.ts';
import { halve, widthOf } from './cut-window.ts';
import { ItemFailures } from './item-failures.ts';
import { nameOf } from './missing.ts';
import { planWindows } from './plan-windows.ts';
import { isPerhapsTooMuch, isTooMuch, Portions } from './portions.ts';
import { datesOf, publishRecords } from './publish-records.ts';
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
 * newest first; dates that no open window reaches are published meanwhile. A window that is too much at once is cut, and
 * one that fails otherwise is put aside: neither keeps the others from coming.
 */
async function pullAndPublish(run: SourceRun, source: RecordSource): Promise<void> {
  const { ledger, pulls, signal, clock } = run.parts;
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
  const pullToo = (windows: readonly PullWindow[]): void => {
    queue.unshift(...windows);
    for (let count = windows.length; count > 0; count--) pulling.push(pullNext());
  };
  const portions = new Portions(run);
  const failures = new ItemFailures(run, 'span');
  let wasCut = false;
  let wasRefused = false;
  /** Smaller windows in place of one that failed; undefined where they would fail, too, as far as can be told. */
  const smaller = (window: PullWindow, error: unknown): readonly PullWindow[] | undefined => {
    wasRefused = true;
    if (isTooMuch(error)) portions.refuse(widthOf(window, clock.now()));
    // What else fails is cut where it has failed in an earlier run; where nothing comes at all, once.
    else if (!isPerhapsTooMuch(error) || ledger.aside.nextTryOf(window.id) === undefined) return undefined;
    else if (wasCut && !failures.anyCame) return undefined;
    else wasCut = true;
    return halve(run, window);
  };
  /**
   * Where nothing was answered yet, one smaller query at a time shows whether any will be. Those that wait for it leave
   * their place to the other sources.
   */
  const alone = new Limiter(1);
  const pullNext = async (): Promise<void> => {
    const isToWait = await pulls.run(async () => {
      if (wasRefused && !failures.anyCame) return true;
      await pullOne();
      return false;
    });
    if (isToWait) await alone.run(() => pulls.run(pullOne));
  };
  const pullOne = async (): Promise<void> => {
    const window = queue.shift();
    if (!window || failure) return;
    const width = widthOf(window, clock.now());
    const parts = width > portions.most ? halve(run, window) : undefined;
    if (parts) return pullToo(parts);
    const aside = ledger.aside.of(source.name).find(({ span }) => span?.id === window.id);
    try {
      const anyCame = await pullWindow(run, source, window, { onPage, onSplit: pullToo });
      if (aside && !anyCame) tellLost(run, source, aside);
      portions.answer(width);
      failures.succeed();
    } catch (error) {
      try {
        const parts = smaller(ledger.windows.open(source.name).find(({ id }) => id === window.id) ?? window, error);
        if (parts) pullToo(parts);
        else failures.fail({ windowId: window.id }, error, aside === undefined);
      } catch (reason) {
        fail(reason);
      }
    }
    publishSoon();
  };
  run.tell('fetch');
  for (let count = queue.length; count > 0; count--) pulling.push(pullNext());
  // The list grows while long windows are cut.
  for (const pull of pulling) await pull;
  await publishing;
  // What has landed is shown, however the pull ended; only a caller who wants to leave is not kept waiting.
  if (!signal.aborted) {
    await publishRecords(run, source, () => true, newest);
    closeWindows(run, source);
  }
  if (failure) throw failure.error;
  if (run.unpublished.length > 0 && ledger.units.totals(source.name).rows === 0)
    throw nothingPublished(run.unpublished);
  failures.end(true);
}

/**
 * A span that failed for so long that Salesforce keeps its records no longer is lost, where nothing comes of it at last;
 * one that was too old for that already when it failed first held nothing.
 */
function tellLost(run: SourceRun, { kept }: RecordSource, item: AsideItem): void {
  const to = item.span?.to ?? null;
  if (kept === undefined || to === null || to <= item.since - kept || to > run.parts.clock.now() - kept) return;
  run.parts.log.warn(`${run.source}: ${nameOf(item)} never came, and Salesforce no longer has it.`);
  run.lostSpans.push(nameOf(item));
}

function newestFirst(a: PullWindow, b: PullWindow): number {
  return (b.from ?? Number.NEGATIVE_INFINITY) - (a.from ?? Number.NEGATIVE_INFINITY);
}

/** True when a window may still bring records of a date. */
function reaches(window: PullWindow, date: string): boolean {
  const from = window.position?.time ?? window.from ?? Number.NEGATIVE_INFINITY;
  return from < endOf(date) && (window.to === null || window.to > startOf(date));
}

/** Where the lake takes nothing, the matter is not one of dates. */
function nothingPublished(dates: readonly string[]): OrgwatchError {
  const message = t('The lake could not take any of {0}.', counted(dates.length, 'day'));
  return new OrgwatchError('LAKE_WORKER_FAILED', message, {
    actions: [t('Run `orgwatch check`: it says what is wrong.')],
    retryable: true,
  });
}

/** Moves the cursor over the windows that are in the lake, or on disk where the lake cannot take them. */
function closeWindows(run: SourceRun, source: RecordSource): void {
  const { ledger, clock } = run.parts;
  ledger.transaction(() => {
    const waiting = ledger.files.landedPages(source.name);
    if (waiting.some((page) => !datesOf(page).some((date) => run.unpublished.includes(date)))) return;
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
