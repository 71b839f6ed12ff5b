import { mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { OrgwatchError } from '../shared/errors.ts';
import { quarantineOf } from './paths.ts';
import {
  dropRejects,
  eventLogFile,
  parquetColumns,
  selectDistinct,
  selectRejects,
  selectRows,
  unitColumns,
  type EventLogFile,
} from './publish-event-log-sql.ts';
import { commitFile, copyToParquet, makeFolderOf, removeFiles, unfinished } from './publish-file.ts';
import { isWorthSplitting, splitCsv } from './publish-split.ts';
import { surveyCsv } from './publish-survey.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { literal, parquet } from './sql.ts';
import type { EventLogJob, PublishResult } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/**
 * Makes one Parquet file of all event log files of one event type and date (and hour). See LakeWorker.publish.
 * @param scratch folder that DuckDB can read, for what is needed while it lasts
 */
export async function publishEventLog(
  connection: DuckDBConnection,
  job: EventLogJob,
  signal: AbortSignal,
  scratch: string,
): Promise<PublishResult> {
  const files: EventLogFile[] = [];
  const inputs = new Map(job.inputs.map((input) => [input.rawId, input]));
  for (const input of inputs.values()) {
    files.push(eventLogFile(input, await surveyCsv(input.path, signal), files.length));
  }
  const columns = unitColumns(files);
  const rows = unfinished(job.output, 1);
  const distinct = unfinished(job.output, 2);
  const pieces = await mkdtemp(path.join(scratch, 'pieces-'));
  await makeFolderOf(job.output);
  try {
    let whole = false;
    let read: readonly EventLogFile[] = files;
    for (const parallel of [true, false]) {
      read = parallel ? await inPieces(files, pieces, signal) : files;
      await connection.run(files.map(dropRejects).join('\n'));
      await copyToParquet(connection, selectRows(read, columns, job, parallel), rows);
      whole = await isWhole(connection, read, rows);
      if (whole) break;
    }
    if (!whole) throw new OrgwatchError('INTERNAL', `The rows of ${job.output} are not those of its raw files.`);
    const repeated = await findRepeated(connection, rows);
    if (repeated) await copyToParquet(connection, selectDistinct(rows), distinct);
    const made = repeated ? distinct : rows;
    const quarantine = await writeQuarantine(connection, read, job.output);
    const counts = await countRows(connection, made);
    const { size } = await stat(made);
    await commitFile(made, job.output);
    return {
      units: [
        {
          path: job.output,
          eventDate: job.eventDate,
          rows: counts.rows,
          bytes: size,
          from: counts.from,
          to: counts.to,
          columns: parquetColumns(columns),
        },
      ],
      misfits: counts.misfits,
      quarantined: quarantine.records,
      quarantine: quarantine.file,
    };
  } finally {
    await removeFiles(rows, distinct);
    await rm(pieces, { recursive: true, force: true });
  }
}

/** The files, those of them in pieces that several threads could not read otherwise. */
async function inPieces(files: readonly EventLogFile[], folder: string, signal: AbortSignal): Promise<EventLogFile[]> {
  const read: EventLogFile[] = [];
  for (const file of files) {
    const { input, survey } = file;
    if (!isWorthSplitting(survey)) read.push(file);
    else read.push({ ...file, pieces: await splitCsv(input.path, survey, path.join(folder, file.rejects), signal) });
  }
  return read;
}

/** True when each file gave as many rows and rejected records as were counted in it, where they could be counted. */
async function isWhole(connection: DuckDBConnection, files: readonly EventLogFile[], rows: string): Promise<boolean> {
  const found = await readRows(
    connection,
    `SELECT raw_id, sum(records) FROM (
       SELECT _raw_id AS raw_id, count(*) AS records FROM ${parquet(rows)} GROUP BY ALL
       UNION ALL
       SELECT raw_id, count(*) FROM (${selectRejects(files)}) GROUP BY ALL) GROUP BY ALL`,
  );
  const counted = new Map(found.map(([rawId, records]) => [numberOf(rawId), numberOf(records)]));
  return files.every(({ input, survey }) => !survey.regular || (counted.get(input.rawId) ?? 0) === survey.records);
}

/** Puts the hashes of event keys that occur more than once into the temp table `repeated`; true when there are any. */
async function findRepeated(connection: DuckDBConnection, rows: string): Promise<boolean> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS
     SELECT hash(event_key) AS key FROM ${parquet(rows)} GROUP BY ALL HAVING count(*) > 1`,
  );
  const [row] = await readRows(connection, 'SELECT count(*) FROM repeated');
  return numberOf(row?.[0]) > 0;
}

interface RowCounts {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly misfits: number;
}

async function countRows(connection: DuckDBConnection, file: string): Promise<RowCounts> {
  const [row] = await readRows(
    connection,
    `SELECT count(*), epoch_ms(min(event_time)), epoch_ms(max(event_time)), ${MISFIT_COUNT} FROM ${parquet(file)}`,
  );
  const [rows, from, to, misfits] = row ?? [];
  return { rows: numberOf(rows), from: isoTime(from), to: isoTime(to), misfits: numberOf(misfits) };
}

/** Keeps what could not be read as a row, as NDJSON beside the unit; takes away what a former publish kept there. */
async function writeQuarantine(
  connection: DuckDBConnection,
  files: readonly EventLogFile[],
  output: string,
): Promise<{ readonly records: number; readonly file: string | null }> {
  const destination = quarantineOf(output);
  const [row] = await readRows(connection, `SELECT count(*) FROM (${selectRejects(files)})`);
  const records = numberOf(row?.[0]);
  if (records === 0) {
    await removeFiles(destination);
    return { records, file: null };
  }
  const made = unfinished(destination);
  await connection.run(
    `COPY (${selectRejects(files)} ORDER BY ALL) TO ${literal(made)} (FORMAT json, USE_TMP_FILE false)`,
  );
  await commitFile(made, destination);
  return { records, file: destination };
}
