import { t } from '@vscode/l10n';
import type { QueryPage } from '../org/door.ts';
import { isRefusal } from '../org/refusal.ts';
import type { Position, PullWindow } from '../lake/ledger-windows.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { parseTime } from '../shared/utc.ts';
import { presentFields, recordsQuery } from '../sources/soql.ts';
import type { RecordSource } from '../sources/source.ts';
import { absentFields, askedGroups, learnAbsence } from './absent-fields.ts';
import { provenanceOf } from './provenance.ts';
import type { SourceRun } from './source-run.ts';
import { cuts } from './split.ts';

interface Keyed {
  readonly key: string;
  readonly time: number;
}

/** A window while it is pulled. */
interface Pull {
  window: PullWindow;
  position: Position | null;
  /** Keys of the newest records so far. */
  readonly recent: Keyed[];
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
 */
export async function pullWindow(
  run: SourceRun,
  source: RecordSource,
  window: PullWindow,
  { onPage, onSplit }: PullListener,
): Promise<void> {
  const pull: Pull = { window, position: window.position, recent: [] };
  for (;;) {
    const absent = absentFields(run);
    const soql = recordsQuery(source, presentFields(source, absent), {
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
        if (pull.window.to !== null && (pull.position?.time ?? 0) >= pull.window.to) break;
      }
      return;
    } catch (error) {
      if (isLostLocator(error)) continue;
      learnAbsence(run, error, askedGroups(source.optional, absent));
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
  const { ledger, storage, clock, signal } = run.parts;
  const { window, recent } = pull;
  const records = page.records.map((record) => ({
    key: source.key.map((field) => String(record[field])).join('|'),
    id: String(record['Id']),
    time: timeOf(record, source),
  }));
  run.see(page.records, source.owner);
  const first = records[0];
  const last = records.at(-1);
  const position = last ? { time: last.time, id: last.id } : pull.position;
  const isLanded = page.done || (window.to !== null && last !== undefined && last.time >= window.to);
  const times = records.map(({ time }) => time);
  const [eventFrom, eventTo] = [Math.min(...times), Math.max(...times)];
  const landed =
    first && last && bringsNews(run, records, first.time)
      ? await storage.landPage(source.name, [first.time, last.time], page.bytes, {
          signal,
          provenance: provenanceOf(run, {
            page: {
              ...{ rows: records.length, eventFrom, eventTo },
              coversFrom: pull.position?.time ?? window.from,
              coversTo: isLanded ? (window.to ?? last.time) : last.time,
            },
          }),
        })
      : undefined;
  if (position) {
    recent.push(...records);
    const from = position.time - source.overlap;
    recent.splice(0, recent.length, ...recent.filter(({ time }) => time >= from));
  }
  pull.position = position;
  const isNew = ledger.transaction(() => {
    let isNew = false;
    if (landed) {
      const landedPage = { ...landed, source: source.name, rows: records.length, eventFrom, eventTo };
      isNew = ledger.files.landPage(landedPage, clock.now());
    }
    ledger.windows.move(window.id, position, isLanded);
    if (page.done && window.to === null && position) {
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

function timeOf(record: Record<string, unknown>, source: RecordSource): number {
  const time = parseTime(record[source.timeField]);
  if (Number.isNaN(time)) {
    throw new OrgwatchError('RESPONSE_INVALID', t('A {0} record has no {1}.', source.object, source.timeField));
  }
  return time;
}

/** A locator lives for a while only; the query is put again behind the last record. */
export function isLostLocator(error: unknown): boolean {
  return isRefusal(error, 'INVALID_QUERY_LOCATOR');
}
