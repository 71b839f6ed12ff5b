import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { commitFile, copyToParquet, makeFolderOf, removeFiles, unfinished } from './publish-file.ts';
import { createRecords, parquetColumns } from './publish-records-sql.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { identifier, literal, literals } from './sql.ts';
import type { PublishResult, RecordsJob, WrittenUnit } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** A JSON document longer than the first of these is read again with the second; the reader's memory follows them. */
const PAGE_BYTES = [16 << 20, 64 << 20] as const;

/** Makes one Parquet file a date of SOQL response pages. See LakeWorker.publish. */
export async function publishRecords(
  connection: DuckDBConnection,
  job: RecordsJob,
  signal: AbortSignal,
): Promise<PublishResult> {
  if (job.inputs.length > 0) await readPages(connection, job);
  else return { units: [], misfits: 0, quarantined: 0, quarantine: null };
  const dates = await readRows(
    connection,
    `SELECT event_date::VARCHAR, count(*), epoch_ms(min(event_time)), epoch_ms(max(event_time)), ${MISFIT_COUNT}
     FROM records ${job.dates ? `WHERE list_contains(${literals(job.dates)}, event_date::VARCHAR)` : ''}
     GROUP BY event_date ORDER BY event_date`,
  );
  const columns = parquetColumns(job);
  const units: WrittenUnit[] = [];
  let misfits = 0;
  for (const [date, rows, from, to, misfitsOfDate] of dates) {
    throwIfCancelled(signal);
    const eventDate = String(date);
    const output = path.join(job.output, `event_date=${eventDate}`, `${job.source}.parquet`);
    const bytes = await writeDate(connection, eventDate, Object.keys(columns), output);
    units.push({ path: output, eventDate, rows: numberOf(rows), bytes, from: isoTime(from), to: isoTime(to), columns });
    misfits += numberOf(misfitsOfDate);
  }
  return { units, misfits, quarantined: 0, quarantine: null };
}

async function readPages(connection: DuckDBConnection, job: RecordsJob): Promise<void> {
  const [usual, longest] = PAGE_BYTES;
  try {
    await connection.run(createRecords(job, usual));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('maximum_object_size')) throw error;
    await connection.run(createRecords(job, longest));
  }
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
