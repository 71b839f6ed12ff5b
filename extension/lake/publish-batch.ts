import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { inTurns } from '../shared/limiter.ts';
import { quarantineOf } from './paths.ts';
import { createBatch, eventLogFile, parquetColumns, unitColumns, type BatchFile } from './publish-event-log-sql.ts';
import { isRegular, publishEventLog, unlessUnreadable } from './publish-event-log.ts';
import { commitFile, copyToParquet, removeFiles, unfinished, type WorkPlace } from './publish-file.ts';
import { surveySmallCsv } from './publish-survey.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import type { OrgFolder } from './storage-folder.ts';
import type { EventLogJob, PublishResult } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** Larger files, compressed, are worth a statement of their own. */
const SMALL = 256 << 10;
/** Files whose rows are written at a time: while one waits for the disk, DuckDB is at another. */
const WRITING = 3;

/**
 * Makes the units of many small event log files: those that look alike are read by one statement, which is most of what a
 * small file costs. What is out of the ordinary (several files to a unit, repeated rows, records that cannot be read) is
 * made by itself, as publishEventLog does. Answers in the order of the jobs. See LakeWorker.publishAll.
 */
export async function publishBatch(
  connection: DuckDBConnection,
  jobs: readonly EventLogJob[],
  signal: AbortSignal,
  place: WorkPlace,
): Promise<PublishResult[]> {
  const results = new Map<EventLogJob, PublishResult>();
  const { folder } = place;
  for (const alike of (await alikeFiles(folder, jobs)).values()) {
    throwIfCancelled(signal);
    if (alike.length > 1) await publishAlike(connection, folder, alike, results, signal).catch(unlessUnreadable);
  }
  const made: PublishResult[] = [];
  for (const job of jobs) {
    throwIfCancelled(signal);
    made.push(results.get(job) ?? (await publishEventLog(connection, job, signal, place)));
  }
  return made;
}

/** The only files of their units, small and regular, by what one statement can read together. */
async function alikeFiles(folder: OrgFolder, jobs: readonly EventLogJob[]): Promise<Map<string, BatchFile[]>> {
  const found: BatchFile[] = [];
  for (const job of jobs) {
    const [input, ...others] = job.inputs;
    if (!input || others.length > 0 || (await folder.stat(input.path)).size > SMALL) continue;
    const survey = await surveySmallCsv(folder, input.path);
    if (!survey || !isRegular(survey) || survey.brokenLines || survey.header.length === 0) continue;
    found.push({ job, file: eventLogFile(input, survey, 0) });
  }
  return Map.groupBy(found, ({ job, file }) =>
    JSON.stringify([job.eventType, file.cells, file.survey.marks, file.survey.lineEnd]),
  );
}

async function publishAlike(
  connection: DuckDBConnection,
  folder: OrgFolder,
  alike: readonly BatchFile[],
  results: Map<EventLogJob, PublishResult>,
  signal: AbortSignal,
): Promise<void> {
  const columns = unitColumns(alike.map(({ file }) => file));
  await connection.run(createBatch(alike, columns));
  const found = await readRows(
    connection,
    `SELECT _raw_id, count(*), count(DISTINCT event_key), epoch_ms(min(event_time)), epoch_ms(max(event_time)),
       ${MISFIT_COUNT} FROM batch GROUP BY _raw_id`,
  );
  const counts = new Map(found.map(([rawId, ...facts]) => [numberOf(rawId), facts]));
  try {
    await inTurns(alike, WRITING, async ({ job, file }) => {
      throwIfCancelled(signal);
      const [rows, events, from, to, misfits] = counts.get(file.input.rawId) ?? [];
      // Fewer rows than records: some could not be read. Fewer events than rows: some are repeated.
      if (numberOf(rows) !== file.survey.records || numberOf(events) !== numberOf(rows)) return;
      const bytes = await writeUnit(connection, folder, file.input.rawId, job.output);
      const { output: path, eventDate } = job;
      const facts = { rows: numberOf(rows), bytes, from: isoTime(from), to: isoTime(to) };
      results.set(job, {
        units: [
          { path, eventDate, ...facts, columns: parquetColumns(columns), misfits: numberOf(misfits), quarantined: 0 },
        ],
      });
    });
  } finally {
    await connection.run('DROP TABLE batch');
  }
}

/** Writes the file of one unit; its size in bytes. */
async function writeUnit(
  connection: DuckDBConnection,
  folder: OrgFolder,
  rawId: number,
  output: string,
): Promise<number> {
  const made = unfinished(output);
  try {
    await copyToParquet(connection, folder, `SELECT * FROM batch WHERE _raw_id = ${String(rawId)}`, made);
    const { size } = await folder.stat(made);
    await removeFiles(folder, quarantineOf(output));
    await commitFile(folder, made, output);
    return size;
  } finally {
    await removeFiles(folder, made);
  }
}
