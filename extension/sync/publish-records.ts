import path from 'node:path';
import type { PageRawFile } from '../lake/ledger-files.ts';
import type { Unit, UnitKey } from '../lake/ledger-units.ts';
import type { LakePaths } from '../lake/paths.ts';
import type { PageInput, RecordsJob, WrittenUnit } from '../lake/worker.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { datesBetween, endOf, parseTime, startOf } from '../shared/utc.ts';
import type { RecordSource } from '../sources/source.ts';
import { presentFields } from '../sources/soql.ts';
import type { PublishRun } from './source-run.ts';

/** One job takes so many bytes of pages, or a single date that has more. */
const JOB_BYTES = 128 * 1024 * 1024;

/** Dates that are rebuilt together, and the pages that hold all their records. */
export interface Batch {
  readonly dates: readonly string[];
  readonly pages: readonly PageRawFile[];
}

/**
 * Rebuilds the dates of every page that has landed since the last time, from all pages that feed them.
 * @param isComplete whether a date will get no more pages in this run; the others wait
 * @param newest of each date that this run has published, the id of the newest page then; is brought up to date
 */
export async function publishRecords(
  run: PublishRun,
  source: RecordSource,
  isComplete: (date: string) => boolean = () => true,
  newest = new Map<string, number>(),
): Promise<void> {
  const { ledger } = run.parts;
  const landed = ledger.files.landedPages(source.name);
  // A page of two dates stays landed until both are published, and is then no reason to publish the first one again.
  const ready = new Map<string, number>();
  for (const page of landed) {
    for (const date of datesOf(page)) {
      const isTried = run.unpublished.includes(date);
      if (page.id > (newest.get(date) ?? 0) && !isTried && isComplete(date)) ready.set(date, page.id);
    }
  }
  await publishDates(run, source, [...ready.keys()].sort());
  for (const [date, id] of ready) if (!run.unpublished.includes(date)) newest.set(date, id);
  const finished = landed.filter((page) => datesOf(page).every((date) => page.id <= (newest.get(date) ?? 0)));
  ledger.transaction(() => ledger.files.mark(finished, 'published'));
}

/** The dates that a page has records of. */
export function datesOf({ eventFrom, eventTo }: PageRawFile): readonly string[] {
  return datesBetween(eventFrom, eventTo);
}

/**
 * Rebuilds dates (ascending) from all pages that feed them, those aside that were pruned. A date that the lake worker
 * cannot make keeps no other from it.
 */
export async function publishDates(run: PublishRun, source: RecordSource, dates: readonly string[]): Promise<void> {
  const { files, scope } = run.parts.ledger;
  const first = scope.publishedFrom(source.name);
  const wanted = dates.filter((date) => date >= first);
  for (const batch of batches(wanted, (from, before) => files.pagesBetween(source.name, from, before))) {
    run.tell('publish');
    await publishEach(run, source, batch);
  }
}

async function publishEach(run: PublishRun, source: RecordSource, batch: Batch): Promise<void> {
  try {
    await publishBatch(run, source, batch);
  } catch (error) {
    if (!isOfJob(error) || run.parts.signal.aborted) throw error;
    const [date, ...others] = batch.dates;
    if (date !== undefined && others.length === 0) {
      run.parts.log.warn(`${source.name}, ${date}: ${messageOf(error)}`);
      run.unpublished.push(date);
    } else {
      for (const one of batch.dates) {
        const pages = batch.pages.filter((page) => datesOf(page).includes(one));
        await publishEach(run, source, { dates: [one], pages });
      }
    }
  }
}

/** Whether the lake worker failed at what it was given to do. */
export function isOfJob(error: unknown): boolean {
  return error instanceof OrgwatchError && error.code === 'LAKE_WORKER_FAILED';
}

/** A page as the lake worker reads it. */
export function pageInput(folder: string, { id, path: file, rows, eventFrom, eventTo }: PageRawFile): PageInput {
  return { path: path.join(folder, file), rawId: id, entries: rows, span: { from: eventFrom, to: eventTo } };
}

/** What the lake worker is to do for some dates. */
export function recordsJob({ folder, lake }: LakePaths, source: RecordSource, { dates, pages }: Batch): RecordsJob {
  return {
    format: 'records',
    source: source.name,
    inputs: pages.map((page) => pageInput(folder, page)),
    key: source.key,
    timeColumn: source.timeField,
    // Every field the source knows, so that the table is the same in every org and at any time.
    columns: presentFields(source, new Set()),
    dates,
    output: path.join(lake, source.name),
  };
}

async function publishBatch(run: PublishRun, source: RecordSource, batch: Batch): Promise<void> {
  const { ledger, worker, signal, clock } = run.parts;
  const { dates } = batch;
  const { units } = await worker.publish(recordsJob(ledger.paths, source, batch), signal);
  countUnfit(run, units);
  const written = new Map(units.map((unit) => [unit.eventDate, unit]));
  ledger.transaction(() => {
    for (const eventDate of dates) {
      const before = ledger.units.of(source.name, '', eventDate)[0]?.rows ?? 0;
      const unit = written.get(eventDate);
      const key = { source: source.name, eventType: '', eventDate, part: 'all' };
      if (unit) ledger.units.put({ ...key, ...asUnit(unit) }, clock.now());
      else ledger.units.remove(key);
      run.rows += (unit?.rows ?? 0) - before;
    }
  });
}

/** Adds to a run's counts what is not as Salesforce declares it. */
export function countUnfit(run: PublishRun, units: readonly Pick<WrittenUnit, 'misfits' | 'quarantined'>[]): void {
  for (const { misfits, quarantined } of units) {
    run.misfits += misfits;
    run.quarantined += quarantined;
  }
}

/** What the ledger keeps of a written file. */
export function asUnit(unit: Omit<WrittenUnit, 'eventDate'>): Omit<Unit, keyof UnitKey> {
  const { path, rows, bytes, columns, misfits, quarantined } = unit;
  const [eventFrom = null, eventTo = null] = [unit.from, unit.to].map((time) =>
    time === null ? null : parseTime(time),
  );
  return { path, rows, bytes, columns, misfits, quarantined, eventFrom, eventTo };
}

/** Cuts dates into batches whose input is not too large; neighbours share pages, so they stay together. */
export function* batches(
  dates: readonly string[],
  pagesBetween: (from: number, before: number) => readonly PageRawFile[],
): Generator<Batch> {
  let batch: { dates: string[]; pages: Map<number, PageRawFile>; bytes: number } | undefined;
  for (const date of dates) {
    const pages = pagesBetween(startOf(date), endOf(date));
    const fresh = pages.filter((page) => !batch?.pages.has(page.id));
    const bytes = fresh.reduce((sum, page) => sum + page.bytes, 0);
    if (!batch || batch.bytes + bytes > JOB_BYTES) {
      if (batch) yield inOrder(batch);
      batch = { dates: [], pages: new Map(), bytes: 0 };
    }
    batch.dates.push(date);
    batch.bytes += bytes;
    for (const page of pages) batch.pages.set(page.id, page);
  }
  if (batch) yield inOrder(batch);
}

function inOrder(batch: { dates: string[]; pages: Map<number, PageRawFile> }): Batch {
  return { dates: batch.dates, pages: [...batch.pages.values()].sort((a, b) => a.id - b.id) };
}
