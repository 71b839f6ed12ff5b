import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { RowCount } from './proof.ts';
import { eventLogFile, selectRejects, selectRows, unitColumns, type EventLogFile } from './publish-event-log-sql.ts';
import { surveyCsv } from './publish-survey.ts';
import { literal, literals } from './sql.ts';
import type { EventLogJob, PublishJob, RecordsJob } from './worker.ts';
import { numberOf, readRows } from './worker-rows.ts';

const LONGEST_PAGE = 64 << 20;

/** Counts what a job's raw files hold, without making anything of them. See LakeWorker.count. */
export async function countRows(connection: DuckDBConnection, job: PublishJob, signal: AbortSignal): Promise<RowCount> {
  if (job.inputs.length === 0) return { events: {}, quarantined: 0, records: {} };
  return job.format === 'records' ? countRecords(connection, job) : countEvents(connection, job, signal);
}

/** An event that several files hold is there as often as in the file that has it most. */
async function countEvents(connection: DuckDBConnection, job: EventLogJob, signal: AbortSignal): Promise<RowCount> {
  const files: EventLogFile[] = [];
  for (const input of job.inputs) files.push(eventLogFile(input, await surveyCsv(input.path, signal), files.length));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE counted AS SELECT event_key AS event, _raw_id AS raw_id, count(*) AS records
     FROM (${selectRows(files, unitColumns(files), job, false)}) GROUP BY ALL`,
  );
  const [events] = await readRows(
    connection,
    'SELECT coalesce(sum(records), 0)::BIGINT FROM (SELECT max(records) AS records FROM counted GROUP BY event)',
  );
  const records = await readRows(connection, 'SELECT raw_id, sum(records)::BIGINT FROM counted GROUP BY ALL');
  const [quarantined] = await readRows(connection, `SELECT count(*) FROM (${selectRejects(files)})`);
  return {
    events: { [job.eventDate]: numberOf(events?.[0]) },
    quarantined: numberOf(quarantined?.[0]),
    records: byName(records),
  };
}

/** Salesforce writes times in UTC, `2026-11-24T05:30:00.000+0000`: the date is what the text begins with. */
async function countRecords(connection: DuckDBConnection, job: RecordsJob): Promise<RowCount> {
  const inputs = job.inputs.map(
    ({ path, rawId }, age) => `(${literal(path)}, ${String(rawId)}::BIGINT, ${String(age)})`,
  );
  const date = job.snapshotAt === undefined ? textOf(job.timeColumn ?? '') : literal(job.snapshotAt);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE counted AS
     WITH input(path, raw_id, age) AS (VALUES ${inputs.join(', ')}),
     found AS (SELECT filename, unnest(records) AS record FROM read_json(${literals(job.inputs.map(({ path }) => path))},
       compression = 'zstd', format = 'unstructured', auto_detect = false, records = 'true', filename = true,
       maximum_object_size = ${String(LONGEST_PAGE)}, columns = {records: 'JSON[]'}))
     SELECT raw_id, age, ${eventOf(job)} AS event, ${date}[:10] AS date FROM found JOIN input ON filename = path`,
  );
  const events = await readRows(
    connection,
    `SELECT date, count(*) FROM (SELECT arg_max(date, age) AS date FROM counted GROUP BY event)
     WHERE date IS NOT NULL ${job.dates ? `AND list_contains(${literals(job.dates)}, date)` : ''} GROUP BY date`,
  );
  const records = await readRows(connection, 'SELECT raw_id, count(*) FROM counted GROUP BY raw_id');
  return { events: byName(events), quarantined: 0, records: byName(records) };
}

/** SQL of what tells a record from others: the values of its key; without a key its place, each record being its own. */
function eventOf({ key }: RecordsJob): string {
  if (key.length === 0) return `raw_id || '|' || row_number() OVER ()`;
  return `coalesce(${key.map(textOf).join(" || '|' || ")}, record::VARCHAR)`;
}

/** SQL of a field of `record` as text. */
function textOf(field: string): string {
  return `json_extract_string(record, ${literal(
    `$.${field
      .split('.')
      .map((name) => JSON.stringify(name))
      .join('.')}`,
  )})`;
}

function byName(rows: readonly DuckDBValue[][]): Record<string, number> {
  return Object.fromEntries(rows.map(([name, count]) => [String(name), numberOf(count)]));
}
