import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { inTurns } from '../shared/limiter.ts';
import { commitFile, copyToParquet, makeFolderOf, removeFiles, unfinished } from './publish-file.ts';
import { createRecords, KEEP_NEWEST, parquetColumns, type PageReading } from './publish-records-sql.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { identifier, literal, literals } from './sql.ts';
import type { PublishResult, RecordsJob, WrittenUnit } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** A page that cannot be read one way is read the next. Salesforce writes a page in one line. */
const READINGS: readonly PageReading[] = [
  { format: 'newline_delimited', longest: 16 << 20 },
  { format: 'unstructured', longest: 16 << 20 },
  { format: 'unstructured', longest: 64 << 20 },
];
/** Dates that are written at a time: while one waits for the disk, DuckDB is at another. */
const WRITING = 3;

/** Makes one Parquet file a date of SOQL response pages. See LakeWorker.publish. */
export async function publishRecords(
  connection: DuckDBConnection,
  job: RecordsJob,
  signal: AbortSignal,
): Promise<PublishResult> {
  if (job.inputs.length === 0) return { units: [], misfits: 0, quarantined: 0, quarantine: null };
  await readPages(connection, job);
  const dates = await readRows(
    connection,
    `SELECT event_date::VARCHAR, count(*), epoch_ms(min(event_time)), epoch_ms(max(event_time)), ${MISFIT_COUNT}
     FROM records ${job.dates ? `WHERE list_contains(${literals(job.dates)}, event_date::VARCHAR)` : ''}
     GROUP BY event_date ORDER BY event_date`,
  );
  const columns = parquetColumns(job);
  const units = await inTurns(dates, WRITING, async ([date, rows, from, to]): Promise<WrittenUnit> => {
    throwIfCancelled(signal);
    const eventDate = String(date);
    const output = path.join(job.output, `event_date=${eventDate}`, `${job.source}.parquet`);
    const bytes = await writeDate(connection, eventDate, Object.keys(columns), output);
    return { path: output, eventDate, rows: numberOf(rows), bytes, from: isoTime(from), to: isoTime(to), columns };
  });
  const misfits = dates.reduce((sum, [, , , , misfitsOfDate]) => sum + numberOf(misfitsOfDate), 0);
  return { units, misfits, quarantined: 0, quarantine: null };
}

async function readPages(connection: DuckDBConnection, job: RecordsJob): Promise<void> {
  for (const reading of READINGS) {
    try {
      await connection.run(createRecords(job, reading));
      break;
    } catch (error) {
      const isUnread = error instanceof Error && /maximum_object_size|Malformed JSON/.test(error.message);
      if (!isUnread || reading === READINGS.at(-1)) throw error;
    }
  }
  await connection.run(KEEP_NEWEST);
}

/** Writes the file of one date; its size in bytes. */
async function writeDate(
  connection: DuckDBConnection,
  date: string,
  columns: readonly string[],
  output: string,
): Promise<number> {
  const made = unfinished(output);
  await makeFolderOf(output);
  try {
    await copyToParquet(
      connection,
      `SELECT ${columns.map(identifier).join(', ')} FROM records WHERE event_date = ${literal(date)}
       ORDER BY event_time, event_key`,
      made,
    );
    const { size } = await stat(made);
    await commitFile(made, output);
    return size;
  } finally {
    await removeFiles(made);
  }
}
