import { createHash } from 'node:crypto';
import type { QueryPage } from '../org/door.ts';
import { SalesforceRefusal } from '../org/refusal.ts';
import type { Position, PullWindow } from '../lake/ledger-windows.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { parseTime, utcDate } from '../shared/utc.ts';
import { presentFields, recordsQuery } from '../sources/soql.ts';
import type { RecordSource } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import type { SourceRun } from './source-run.ts';

interface Keyed {
  readonly key: string;
  readonly time: number;
}

/**
 * Brings all records of a window to disk, page by page; each page and the window's position are one ledger
 * transaction, so that a run that ends anywhere goes on behind the last page that landed.
 */
export async function pullWindow(run: SourceRun, source: RecordSource, window: PullWindow): Promise<void> {
  let position = window.position;
  const recent: Keyed[] = [];
  for (;;) {
    const absent = absentFields(run);
    const soql = recordsQuery(source, presentFields(source, absent), {
      from: window.from,
      to: window.to,
      after: position,
    });
    try {
      const { door, signal } = run.parts;
      const purpose = `query ${source.object}`;
      const options = { all: source.withDeleted, purpose, onCall: run.onCall, signal };
      for await (const page of door.query(soql, options)) {
        position = await landPage(run, source, window, page, position, recent);
      }
      return;
    } catch (error) {
      if (isLostLocator(error)) continue;
      const asked = source.optional
        .map(({ fields, refusedAs }) => ({ fields: fields.map(({ name }) => name), refusedAs }))
        .filter(({ fields }) => fields.some((name) => !absent.has(name)));
      learnAbsence(run, error, asked);
    }
  }
}

async function landPage(
  run: SourceRun,
  source: RecordSource,
  window: PullWindow,
  page: QueryPage,
  before: Position | null,
  recent: Keyed[],
): Promise<Position | null> {
  const { ledger, storage, clock, signal } = run.parts;
  const records = page.records.map((record) => ({
    key: source.key.map((field) => String(record[field])).join('|'),
    id: String(record['Id']),
    time: timeOf(record, source),
  }));
  const first = records[0];
  const last = records.at(-1);
  const position = last ? { time: last.time, id: last.id } : before;
  const landed =
    first && last && bringsNews(run, records, first.time)
      ? await storage.land(pagePath(source, first.time, last.time, page.bytes), [page.bytes], { signal })
      : undefined;
  if (position) {
    recent.push(...records);
    const from = position.time - source.overlap;
    recent.splice(0, recent.length, ...recent.filter(({ time }) => time >= from));
  }
  const isNew = ledger.transaction(() => {
    let isNew = false;
    if (landed) {
      const times = records.map(({ time }) => time);
      const eventFrom = Math.min(...times);
      const eventTo = Math.max(...times);
      const landedPage = { ...landed, source: source.name, rows: records.length, eventFrom, eventTo };
      isNew = ledger.files.landPage(landedPage, clock.now());
    }
    ledger.windows.move(window.id, position, page.done);
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
  return position;
}

/** False when the page only repeats what an earlier pull has brought: the overlap, and nothing in it that is new. */
function bringsNews(run: SourceRun, records: readonly Keyed[], from: number): boolean {
  const { windows } = run.parts.ledger;
  const cursor = windows.cursor(run.source);
  if (!cursor || from > cursor.time) return true;
  const keys = new Set(records.map(({ key }) => key));
  return windows.known(run.source, [...keys]).size < keys.size;
}

/** A function of what the page holds: landing it again writes the same file. */
function pagePath(source: RecordSource, from: number, to: number, bytes: Uint8Array): string {
  const [first, last] = [from, to].map((time) => new Date(time).toISOString().replaceAll(/[-:.]/g, ''));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return `raw/${source.name}/${utcDate(from)}/${String(first)}-${String(last)}-${hash}.json.zst`;
}

function timeOf(record: Record<string, unknown>, source: RecordSource): number {
  const time = parseTime(record[source.timeField]);
  if (Number.isNaN(time)) {
    throw new OrgwatchError('RESPONSE_INVALID', `A ${source.object} record has no ${source.timeField}.`);
  }
  return time;
}

/** A locator lives for a while only; the query is put again behind the last record. */
function isLostLocator(error: unknown): boolean {
  return (
    error instanceof OrgwatchError &&
    error.cause instanceof SalesforceRefusal &&
    error.cause.errorCode === 'INVALID_QUERY_LOCATOR'
  );
}
