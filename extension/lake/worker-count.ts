import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { utcDate } from '../shared/utc.ts';
import type { RowCount } from './proof.ts';
import { eventLogFile, selectRows, unitColumns, type EventLogFile } from './publish-event-log-sql.ts';
import { dateOf, isRecord, readEntries, textOf, timeWithin, valueOf } from './publish-pages.ts';
import { surveyCsv } from './publish-survey.ts';
import type { OrgFolder } from './storage-folder.ts';
import type { EventLogJob, PageInput, PublishJob, RecordsJob } from './worker.ts';
import { numberOf, readRows } from './worker-rows.ts';

/** Counts what a job's raw files hold, without making anything of them. See LakeWorker.count. */
export async function countRows(
  connection: DuckDBConnection,
  folder: OrgFolder,
  job: PublishJob,
  signal: AbortSignal,
): Promise<RowCount> {
  if (job.inputs.length === 0) return { events: {}, quarantined: {}, records: {} };
  return job.format === 'records' ? countRecords(folder, job, signal) : countEvents(connection, folder, job, signal);
}

/**
 * An event that several files hold is there as often as in the file that has it most. Whether DuckDB has read every
 * record is for the caller to see: `records` against a count of the files themselves.
 */
async function countEvents(
  connection: DuckDBConnection,
  folder: OrgFolder,
  job: EventLogJob,
  signal: AbortSignal,
): Promise<RowCount> {
  const files: EventLogFile[] = [];
  for (const input of job.inputs)
    files.push(eventLogFile(input, await surveyCsv(folder, input.path, signal), files.length));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE counted AS SELECT event_key AS event, _raw_id AS raw_id, count(*) AS records
     FROM (${selectRows(files, unitColumns(files), job, false)}) GROUP BY ALL`,
  );
  const [events] = await readRows(
    connection,
    'SELECT coalesce(sum(records), 0)::BIGINT FROM (SELECT max(records) AS records FROM counted GROUP BY event)',
  );
  const records = await readRows(connection, 'SELECT raw_id, sum(records)::BIGINT FROM counted GROUP BY ALL');
  return {
    events: { [job.eventDate]: numberOf(events?.[0]) },
    quarantined: {},
    records: Object.fromEntries(records.map(([rawId, count]) => [String(rawId), numberOf(count)])),
  };
}

/** A record's place among those of the same key: the newest page has it, and there the latest time. */
interface Place {
  readonly date: string;
  readonly age: number;
  readonly time: number;
}

/** Reads the pages here, entry by entry: DuckDB, which publishes them, has no part in it. */
async function countRecords(folder: OrgFolder, job: RecordsJob, signal: AbortSignal): Promise<RowCount> {
  const places = new Map<string, Place>();
  const quarantined: Record<string, number> = {};
  for (const [age, input] of job.inputs.entries()) {
    throwIfCancelled(signal);
    const seen = new Map<string, number>();
    for (const entry of await readEntries(folder, input.path)) {
      if (!isRecord(entry)) {
        quarantined[dateOf(input)] = (quarantined[dateOf(input)] ?? 0) + 1;
        continue;
      }
      const { name, isKey } = nameOf(job, entry, age);
      const number = (seen.get(name) ?? 0) + 1;
      seen.set(name, number);
      const event = isKey ? name : `${name} ${String(number)}`;
      const place = { ...placeOf(job, input, entry), age };
      const before = places.get(event);
      if (!before || age > before.age || place.time > before.time) places.set(event, place);
    }
  }
  const events: Record<string, number> = {};
  for (const { date } of places.values()) events[date] = (events[date] ?? 0) + 1;
  return { events: wantedOf(job, events), quarantined: wantedOf(job, quarantined), records: {} };
}

/** What tells a record from others: the values of its key; without them all that it holds. */
function nameOf(
  job: RecordsJob,
  record: Readonly<Record<string, unknown>>,
  age: number,
): { name: string; isKey: boolean } {
  const key = job.key.map((field) => textOf(valueOf(record, field))?.toWellFormed() ?? null);
  if (key.length > 0 && !key.includes(null)) return { name: `k${key.join('|')}`, isKey: true };
  const page = job.key.length === 0 ? String(age) : '';
  const names = [...job.columns.map(({ name }) => name), job.timeColumn ?? ''];
  return { name: `v${page}${JSON.stringify(names.map((name) => textOf(valueOf(record, name))))}`, isKey: false };
}

function placeOf(job: RecordsJob, input: PageInput, record: Readonly<Record<string, unknown>>): Omit<Place, 'age'> {
  if (job.snapshotAt !== undefined) return { date: job.snapshotAt.slice(0, 10), time: 0 };
  const time = timeWithin(valueOf(record, job.timeColumn ?? ''), input);
  return Number.isNaN(time) ? { date: dateOf(input), time: Number.NEGATIVE_INFINITY } : { date: utcDate(time), time };
}

function wantedOf({ dates }: RecordsJob, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([date]) => dates === undefined || dates.includes(date)));
}
