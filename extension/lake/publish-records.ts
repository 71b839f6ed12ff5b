import { t } from '@vscode/l10n';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from '../shared/abort.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { inTurns } from '../shared/limiter.ts';
import { quarantineOf } from './paths.ts';
import { commitFile, copyToParquet, removeFiles, unfinished, type WorkPlace } from './publish-file.ts';
import { writePlainPages, type Reject } from './publish-pages.ts';
import {
  createPlainRecords,
  createRecords,
  fieldsOf,
  KEEP_NEWEST,
  parquetColumns,
  type PageReading,
} from './publish-records-sql.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { identifier, literal } from './sql.ts';
import type { OrgFolder } from './storage-folder.ts';
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
  place: WorkPlace,
): Promise<PublishResult> {
  if (job.inputs.length === 0) return { units: [] };
  const rejects = Map.groupBy(await readPages(connection, job, signal, place), ({ date }) => date);
  const isWanted = (date: string): boolean => job.dates === undefined || job.dates.includes(date);
  const found = await readRows(
    connection,
    `SELECT event_date::VARCHAR, count(*), epoch_ms(min(event_time)), epoch_ms(max(event_time)), ${MISFIT_COUNT}
     FROM records GROUP BY event_date ORDER BY event_date`,
  );
  const dates = new Map(found.map(([date, ...facts]) => [String(date), facts]));
  // What is in quarantine lies beside a unit, even if that has no row.
  for (const date of rejects.keys()) if (!dates.has(date)) dates.set(date, []);
  const columns = parquetColumns(job);
  const wanted = [...dates].filter(([date]) => isWanted(date));
  const units = await inTurns(wanted, WRITING, async ([eventDate, facts]): Promise<WrittenUnit> => {
    throwIfCancelled(signal);
    const [rows, from, to, misfits] = facts;
    const path = unitPath(job, eventDate);
    const quarantine = rejects.get(eventDate) ?? [];
    const bytes = await writeDate(connection, place.folder, {
      eventDate,
      columns: Object.keys(columns),
      path,
      quarantine,
    });
    const span = { from: isoTime(from), to: isoTime(to) };
    const counts = { rows: numberOf(rows), misfits: numberOf(misfits), quarantined: quarantine.length };
    return { path, eventDate, bytes, columns, ...span, ...counts };
  });
  return { units };
}

function unitPath({ output, source }: RecordsJob, eventDate: string): string {
  return path.join(output, `event_date=${eventDate}`, `${source}.parquet`);
}

/**
 * Puts every record of the pages into the temp table `records`, once; answers what is none.
 * @throws OrgwatchError LAKE_WORKER_FAILED when records are missing all the same
 */
async function readPages(
  connection: DuckDBConnection,
  job: RecordsJob,
  signal: AbortSignal,
  place: WorkPlace,
): Promise<readonly Reject[]> {
  let rejects: readonly Reject[] = [];
  if (!(await readQuickly(connection, job))) rejects = await readOneByOne(connection, job, signal, place);
  await connection.run(KEEP_NEWEST);
  return rejects;
}

/** True where the pages are as Salesforce sends them, and DuckDB has read them. */
async function readQuickly(connection: DuckDBConnection, job: RecordsJob): Promise<boolean> {
  for (const reading of READINGS) {
    try {
      await connection.run(createRecords(job, reading));
      break;
    } catch (error) {
      if (!(error instanceof Error && /JSON|maximum_object_size/.test(error.message))) throw error;
      if (reading === READINGS.at(-1)) return false;
    }
  }
  const found = await readRows(connection, 'SELECT _raw_id, count(*), bool_and(sound) FROM records GROUP BY _raw_id');
  const counts = new Map(found.map(([rawId, entries]) => [numberOf(rawId), numberOf(entries)]));
  const isWhole = job.inputs.every(({ rawId, entries }) => entries === undefined || counts.get(rawId) === entries);
  return isWhole && found.every(([, , sound]) => sound === true);
}

async function readOneByOne(
  connection: DuckDBConnection,
  job: RecordsJob,
  signal: AbortSignal,
  place: WorkPlace,
): Promise<readonly Reject[]> {
  const folder = await mkdtemp(path.join(place.scratch, 'pages-'));
  try {
    const file = path.join(folder, 'records.ndjson');
    const { records, rejects, longest } = await writePlainPages(place.folder, job, fieldsOf(job), file, signal);
    await connection.run(createPlainRecords(job, file, longest));
    const [row] = await readRows(connection, 'SELECT count(*) FROM records');
    const expected = job.inputs.reduce((sum, { entries = 0 }) => sum + entries, 0);
    const isWhole = job.inputs.some(({ entries }) => entries === undefined) || records + rejects.length === expected;
    if (numberOf(row?.[0]) !== records || !isWhole) {
      throw new OrgwatchError('LAKE_WORKER_FAILED', t('The rows of {0} are not those of its raw files.', job.output));
    }
    return rejects;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the file of one date; its size in bytes. */
async function writeDate(
  connection: DuckDBConnection,
  folder: OrgFolder,
  { eventDate, columns, path: output, quarantine }: DateToWrite,
): Promise<number> {
  const made = unfinished(output);
  await keepRejects(folder, quarantineOf(output), quarantine);
  try {
    await copyToParquet(
      connection,
      folder,
      `SELECT ${columns.map(identifier).join(', ')} FROM records WHERE event_date = ${literal(eventDate)}
       ORDER BY event_time, event_key`,
      made,
    );
    const { size } = await folder.stat(made);
    await commitFile(folder, made, output);
    return size;
  } finally {
    await removeFiles(folder, made);
  }
}

interface DateToWrite {
  readonly eventDate: string;
  readonly columns: readonly string[];
  /** Of the Parquet file. */
  readonly path: string;
  readonly quarantine: readonly Reject[];
}

async function keepRejects(folder: OrgFolder, destination: string, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) {
    await removeFiles(folder, destination);
    return;
  }
  const made = unfinished(destination);
  const file = await folder.create(made);
  try {
    await file.writeFile(rejects.map(({ line }) => line).join(''));
  } finally {
    await file.close();
  }
  await commitFile(folder, made, destination);
}
