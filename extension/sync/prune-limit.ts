import { identifier } from '../lake/sql.ts';
import type { Ledger } from '../lake/ledger.ts';
import type { LakeWorker } from '../lake/worker.ts';
import { utcDate } from '../shared/utc.ts';
import type { RecordSource, Source } from '../sources/source.ts';

/** The worker that reads the lake, opened when it is first needed. */
export type WorkerWhenNeeded = () => LakeWorker;

/**
 * The UTC date before which a source is pruned: `before` itself for events; earlier for things as they are, whose newest
 * version says what is there now, whatever its age. Versions in between stay too, as days are pruned from the beginning.
 */
export async function pruneLimit(
  ledger: Ledger,
  source: Source,
  before: string,
  worker: WorkerWhenNeeded,
): Promise<string> {
  const present = await oldestOfPresent(ledger, source, worker);
  return present !== undefined && present < before ? present : before;
}

/** The first date of what says how things are now; undefined for events, and where nothing is there. */
async function oldestOfPresent(ledger: Ledger, source: Source, worker: WorkerWhenNeeded): Promise<string | undefined> {
  if (source.kind === 'snapshot') {
    return ledger.units.ofType(source.name, '').at(-1)?.eventDate;
  }
  if (source.kind !== 'records' || source.backfill !== undefined) return undefined;
  const units = ledger.units.published().filter((unit) => unit.source === source.name);
  const landed = ledger.files.landedPages(source.name).map(({ eventFrom }) => utcDate(eventFrom));
  if (units.length === 0) return landed.sort()[0];
  const { rows } = await worker().query({ sql: oldestNewest(source), units });
  const published = rows[0]?.[0];
  return [...landed, ...(typeof published === 'string' ? [published] : [])].sort()[0];
}

/** Versions of one thing are alike in all of the key but their time. What was deleted is not there now. */
function oldestNewest({ name, key, timeField, fields }: RecordSource): string {
  const thing = key.filter((field) => field !== timeField).map(identifier);
  const there = fields.some((field) => field.name === 'IsDeleted') ? 'IsDeleted IS NOT TRUE' : 'true';
  return `SELECT min(event_date)::VARCHAR FROM (
      SELECT * FROM ${identifier(name)}
      QUALIFY row_number() OVER (PARTITION BY ${thing.join(', ')} ORDER BY event_time DESC) = 1
    ) WHERE ${there}`;
}
