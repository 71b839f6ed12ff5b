import { t } from '@vscode/l10n';
import type { QueryPage } from '../org/door.ts';
import { isRefusal } from '../org/refusal.ts';
import type { Position, PullWindow } from '../lake/ledger-windows.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { presentFields, recordsQuery } from '../sources/soql.ts';
import type { RecordSource } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import { isPerhapsTooMuch } from './portions.ts';
import { provenanceOf } from './provenance.ts';
import { readPageFacts, type Keyed } from './read-page.ts';
import type { SourceRun } from './source-run.ts';
import { cuts } from './split.ts';

/** A window while it is pulled. */
interface Pull {
  window: PullWindow;
  position: Position | null;
  /** Keys of the newest records so far. */
  readonly recent: Keyed[];
  /** Records that the query under way still has to bring, by what it said at first. */
  left: number | undefined;
  anyCame: boolean;
}

export interface PullListener {
  /** A page has landed. */
  readonly onPage: () => void;
  /** The window turned out to be long: these were cut off it, to be pulled too. */
  readonly onSplit: (windows: readonly PullWindow[]) => void;
}

/**
 * Brings all records of a window to disk, page by page; each page and the window's position are one ledger
 * transaction, so that a run that ends anywhere goes on behind the last page that landed.
 * @returns whether there was any
 */
export async function pullWindow(
  run: SourceRun,
  source: RecordSource,
  window: PullWindow,
  { onPage, onSplit }: PullListener,
): Promise<boolean> {
  const pull: Pull = { window, position: window.position, recent: [], left: undefined, anyCame: false };
  for (let lost = 0, queries = 1; ; queries++) {
    const before = pull.position;
    pull.left = undefined;
    const fields = presentFields(source, absentFields(run));
    const soql = recordsQuery(source, fields, {
      from: window.from,
      to: pull.window.to,
      after: pull.position,
    });
    try {
      const { door, signal } = run.parts;
      const purpose = t('query {0}', source.object);
      const options = { all: source.withDeleted, purpose, onCall: run.onCall, signal };
      let isFirst = true;
      for await (const page of door.query(soql, options)) {
        await run.parts.landing.run(() => landPage(run, source, pull, page));
        onPage();
        if (isFirst && !page.done) onSplit(split(run, pull, page));
        isFirst = false;
        if (pull.window.to !== null && (pull.position?.time ?? 0) >= pull.window.to) return pull.anyCame;
      }
      if (isAllThere(pull)) {
        run.isBlank ||= isBlank(run, source, pull);
        return pull.anyCame;
      }
      if (!isElsewhere(pull.position, before) || queries >= MOST_QUERIES) throw cutShort(source.object);
    } catch (error) {
      // A further page that is not to be had is one of a query that can be put again behind the last one, too.
      if (isLostLocator(error) || (pull.left !== undefined && isPerhapsTooMuch(error))) {
        lost = isFurther(pull.position, before) ? 0 : lost + 1;
        if (lost < MOST_LOST && queries < MOST_QUERIES) continue;
        throw isLostLocator(error) ? endlessLocator(source.object, error) : error;
      }
      learnAbsence(
        run,
        source,
        error,
        fields.map(({ name }) => name),
      );
    }
  }
}

/** Cuts the rest of a long pull into windows of their own, newest first; the pull itself goes on to the first cut. */
function split(run: SourceRun, pull: Pull, page: QueryPage): readonly PullWindow[] {
  const { ledger, clock } = run.parts;
  const { window, position } = pull;
  if (!position) return [];
  const times = cuts({
    reached: position.time,
    end: window.to ?? clock.now(),
    totalSize: page.totalSize,
    pageSize: page.records.length,
    isPart: window.to !== null,
  });
  const first = times[0];
  if (first === undefined) return [];
  pull.window = { ...window, to: first };
  return ledger.transaction(() => {
    ledger.windows.shorten(window, first);
    const added = times.map((from, index) => ledger.windows.add(run.source, from, times[index + 1] ?? window.to));
    return added.reverse();
  });
}

async function landPage(run: SourceRun, source: RecordSource, pull: Pull, page: QueryPage): Promise<void> {
  const { ledger, storage, clock, signal, log } = run.parts;
  const { window, recent } = pull;
  const facts = readPageFacts(page.records, source, pull.position, window.from, clock.now());
  const { keyed, position } = facts;
  run.see(facts.records, source.owner);
  run.records += page.records.length;
  pull.anyCame ||= page.records.length > 0;
  pull.left = (pull.left ?? page.totalSize) - page.records.length;
  const isLast = page.done && isAllThere(pull);
  const isLanded = isLast || (window.to !== null && (position?.time ?? window.to - 1) >= window.to);
  const span = { rows: keyed.length, eventFrom: facts.from, eventTo: facts.to };
  const isNews = keyed.length > 0 && bringsNews(run, keyed, facts.from);
  if (isNews && facts.unfit > 0) {
    log.warn(`${source.name}: ${String(facts.unfit)} of a page's records are none, or have no time that can be true.`);
  }
  const landed = isNews
    ? await storage.landPage(source.name, [facts.from, facts.to], page.bytes, {
        signal,
        provenance: provenanceOf(run, {
          page: {
            ...span,
            coversFrom: pull.position?.time ?? window.from,
            coversTo: isLanded ? (window.to ?? facts.to) : facts.to,
          },
        }),
      })
    : undefined;
  if (position) {
    recent.push(...keyed);
    const from = position.time - source.overlap;
    recent.splice(0, recent.length, ...recent.filter(({ time }) => time >= from));
  }
  pull.position = position;
  const isNew = ledger.transaction(() => {
    const isNew = landed ? ledger.files.landPage({ ...landed, ...span, source: source.name }, clock.now()) : false;
    ledger.windows.move(window.id, position, isLanded);
    if (isLast && window.to === null && position) {
      ledger.windows.remember(source.name, recent);
      ledger.windows.forgetBefore(source.name, position.time - source.overlap);
    }
    return isNew;
  });
  if (landed && isNew) {
    run.files++;
    run.bytes += landed.bytes;
  }
  run.tell('fetch');
}

/** False when the page only repeats what an earlier pull has brought: the overlap, and nothing in it that is new. */
function bringsNews(run: SourceRun, records: readonly Keyed[], from: number): boolean {
  const { windows } = run.parts.ledger;
  const cursor = windows.cursor(run.source);
  if (!cursor || from > cursor.time) return true;
  const keys = new Set(records.map(({ key }) => key));
  return windows.known(run.source, [...keys]).size < keys.size;
}

/** True when not even the record came that the last pull ended with, though Salesforce keeps it. */
function isBlank({ parts: { ledger, clock } }: SourceRun, { name, kept = 0 }: RecordSource, pull: Pull): boolean {
  const cursor = ledger.windows.cursor(name);
  if (!cursor || pull.position !== null || pull.window.to !== null) return false;
  return (pull.window.from ?? 0) <= cursor.time && clock.now() - cursor.time < kept;
}

/** True when a pull goes on at another record than before. One that has come to the clock's time has no record to name. */
function isFurther(position: Position | null, before: Position | null): boolean {
  return position?.id !== '' && isElsewhere(position, before);
}

/**
 * A query that ends before it has brought what it said is put again behind the last record: records that were deleted
 * meanwhile are then no longer counted, and what an edge has cut off comes.
 */
function isAllThere({ left }: Pull): boolean {
  return (left ?? 0) <= 0;
}

function isElsewhere(position: Position | null, before: Position | null): boolean {
  return position !== null && (position.time !== before?.time || position.id !== before.id);
}

/** So often a window is queried in one run, whatever the org says. */
export const MOST_QUERIES = 100;

export function cutShort(object: string): OrgwatchError {
  const message = t('The org says that there are more records of {0} than it sends.', object);
  const actions = [t('Check that no proxy between here and Salesforce changes answers.')];
  return new OrgwatchError('RESPONSE_INVALID', message, { actions, retryable: true });
}

/** An org that loses each locator before a pull has come any further would be asked for ever. */
export const MOST_LOST = 3;

export function endlessLocator(object: string, cause: unknown): OrgwatchError {
  const message = t('Salesforce gave up the query of {0} again and again before it brought anything new.', object);
  return new OrgwatchError('RESPONSE_INVALID', message, { retryable: true, cause });
}

/** A locator lives for a while only; the query is put again behind the last record. */
export function isLostLocator(error: unknown): boolean {
  return isRefusal(error, 'INVALID_QUERY_LOCATOR');
}
