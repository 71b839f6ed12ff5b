import type { PageRawFile } from '../lake/ledger-files.ts';
import type { LakePaths } from '../lake/paths.ts';
import type { RecordsJob } from '../lake/worker.ts';
import path from 'node:path';
import { endOf, startOf, utcDate } from '../shared/utc.ts';
import { presentFields } from '../sources/soql.ts';
import type { SnapshotSource } from '../sources/source.ts';
import { asUnit, countUnfit, pageInput } from './publish-records.ts';
import type { PublishRun } from './source-run.ts';

/**
 * Makes a complete snapshot the one that readers see of its date. Unit, cursor and the end of an earlier snapshot of the
 * date are one ledger transaction.
 * @param at when it was begun, ms since 1970
 * @param windowId the window it was pulled through, which closes
 */
export async function publishSnapshot(
  run: PublishRun,
  source: SnapshotSource,
  at: number,
  windowId: number,
): Promise<void> {
  const { ledger, worker, signal, clock } = run.parts;
  const date = utcDate(at);
  const pagesOfDay = ledger.files.pagesBetween(source.name, startOf(date), endOf(date));
  const pages = pagesOfDay.filter(({ eventFrom }) => eventFrom === at);
  run.tell('publish');
  const { units } = await worker.publish(snapshotJob(ledger.paths, source, at, pages), signal);
  countUnfit(run, units);
  const unit = units[0];
  ledger.transaction(() => {
    const before = ledger.units.of(source.name, '', date)[0]?.rows ?? 0;
    const key = { source: source.name, eventType: '', eventDate: date, part: 'all' };
    if (unit) ledger.units.put({ ...key, ...asUnit(unit) }, clock.now());
    else ledger.units.remove(key);
    ledger.files.mark(pages, 'published');
    ledger.files.mark(
      pagesOfDay.filter(({ eventFrom }) => eventFrom !== at),
      'superseded',
    );
    ledger.windows.advance(source.name, { time: at, id: '' });
    ledger.windows.close(windowId);
    run.rows += (unit?.rows ?? 0) - before;
  });
}

/** What the lake worker is to do for one snapshot. */
export function snapshotJob(
  { folder, lake }: LakePaths,
  source: SnapshotSource,
  at: number,
  pages: readonly PageRawFile[],
): RecordsJob {
  return {
    format: 'records',
    source: source.name,
    inputs: pages.map((page) => pageInput(folder, page)),
    key: source.key,
    snapshotAt: new Date(at).toISOString(),
    columns: presentFields(source, new Set()),
    output: path.join(lake, source.name),
  };
}
