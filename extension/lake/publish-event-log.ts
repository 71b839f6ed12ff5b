import { t } from '@vscode/l10n';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { OrgwatchError } from '../shared/errors.ts';
import { quarantineOf } from './paths.ts';
import {
  dropRejects,
  eventLogFile,
  parquetColumns,
  selectDistinct,
  selectRows,
  unitColumns,
  type EventLogFile,
} from './publish-event-log-sql.ts';
import { commitFile, copyToParquet, removeFiles, unfinished, type WorkPlace } from './publish-file.ts';
import { isWorthSplitting, splitCsv } from './publish-split.ts';
import { MOST_COLUMNS, siftCsv } from './publish-sift.ts';
import { surveyCsv, type CsvSurvey } from './publish-survey.ts';
import { MISFIT_COUNT } from './publish-types.ts';
import { parquet } from './sql.ts';
import type { OrgFolder } from './storage-folder.ts';
import type { EventLogJob, LakeColumn, PublishResult } from './worker.ts';
import { isoTime, numberOf, readRows } from './worker-rows.ts';

/** Makes one Parquet file of all event log files of one event type and date (and hour). See LakeWorker.publish. */
export async function publishEventLog(
  connection: DuckDBConnection,
  job: EventLogJob,
  signal: AbortSignal,
  { folder, scratch }: WorkPlace,
): Promise<PublishResult> {
  const rows = unfinished(job.output, 1);
  const distinct = unfinished(job.output, 2);
  const pieces = await mkdtemp(path.join(scratch, 'pieces-'));
  try {
    const { files, columns } = await readWhole(connection, job, { folder, rows, pieces, signal });
    const repeated = await findRepeated(connection, rows);
    if (repeated) await copyToParquet(connection, folder, selectDistinct(rows), distinct);
    const made = repeated ? distinct : rows;
    const quarantined = await writeQuarantine(folder, files, job.output);
    const counts = await countRows(connection, made);
    const { size } = await folder.stat(made);
    await commitFile(folder, made, job.output);
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
          misfits: counts.misfits,
          quarantined,
        },
      ],
    };
  } finally {
    await removeFiles(folder, rows, distinct);
    await rm(pieces, { recursive: true, force: true });
  }
}

/** Where rows are written to, and what is needed while it lasts. */
interface Reading {
  readonly folder: OrgFolder;
  readonly rows: string;
  readonly pieces: string;
  readonly signal: AbortSignal;
}

/** Tried one after the other: fast, careful, and record by record, which DuckDB has no part in. */
const WAYS = ['parallel', 'serial', 'sifted'] as const;

/**
 * Writes all rows of the job's files to `rows`. Each file is believed only where it gives as many rows as it has records;
 * one that does not is read in another way.
 */
async function readWhole(
  connection: DuckDBConnection,
  job: EventLogJob,
  reading: Reading,
): Promise<{ readonly files: readonly EventLogFile[]; readonly columns: readonly LakeColumn[] }> {
  const { folder, signal } = reading;
  let files: EventLogFile[] = [];
  for (const input of new Map(job.inputs.map((each) => [each.rawId, each])).values()) {
    const survey = await surveyCsv(folder, input.path, signal);
    const file = eventLogFile(input, survey, files.length);
    files.push(isRegular(survey) ? file : await sifted(file, reading));
  }
  for (const way of WAYS) {
    const read = way === 'parallel' ? await inPieces(files, reading) : files;
    const columns = unitColumns(read);
    const short = await copyRows(connection, selectRows(read, columns, job, way === 'parallel'), read, reading);
    if (short.size === 0) return { files: read, columns };
    if (way === 'serial') {
      files = await Promise.all(
        files.map(async (file) => (short.has(file.input.rawId) ? sifted(file, reading) : file)),
      );
    }
  }
  throw new OrgwatchError('LAKE_WORKER_FAILED', t('The rows of {0} are not those of its raw files.', job.output));
}

/** True for a file that DuckDB may read as it is. */
export function isRegular({ regular, header }: CsvSurvey): boolean {
  return regular && header.length <= MOST_COLUMNS;
}

/** The raw ids of the files that did not give as many rows as they have records; all, where DuckDB could not read them. */
async function copyRows(
  connection: DuckDBConnection,
  select: string,
  files: readonly EventLogFile[],
  { folder, rows }: Reading,
): Promise<ReadonlySet<number>> {
  await connection.run(files.map(dropRejects).join('\n'));
  try {
    await copyToParquet(connection, folder, select, rows);
  } catch (error) {
    unlessUnreadable(error);
    return new Set(files.map(({ input }) => input.rawId));
  }
  const found = await readRows(connection, `SELECT _raw_id, count(*) FROM ${parquet(rows)} GROUP BY ALL`);
  const counted = new Map(found.map(([rawId, records]) => [numberOf(rawId), numberOf(records)]));
  const short = files.filter(({ input, survey }) => (counted.get(input.rawId) ?? 0) !== survey.records);
  return new Set(short.map(({ input }) => input.rawId));
}

/** @throws the error, unless it says that DuckDB's CSV reader cannot read a file */
export function unlessUnreadable(error: unknown): void {
  if (!(error instanceof Error && /^(?:Invalid Input|CSV|Conversion) Error/.test(error.message))) throw error;
}

/** The files, those of them in pieces that several threads could not read otherwise. */
async function inPieces(files: readonly EventLogFile[], reading: Reading): Promise<EventLogFile[]> {
  const { folder, pieces, signal } = reading;
  const read: EventLogFile[] = [];
  for (const file of files) {
    const { input, survey } = file;
    if (file.sifted || !isWorthSplitting(survey)) read.push(file);
    else {
      const source = await folder.stream(input.path);
      read.push({ ...file, pieces: await splitCsv(source, survey, path.join(pieces, file.rejects), signal) });
    }
  }
  return read;
}

/** The file with what of it is rows; the rest goes to quarantine. */
async function sifted(file: EventLogFile, { folder, pieces, signal }: Reading): Promise<EventLogFile> {
  if (file.sifted) return file;
  const { input, survey, rejects } = file;
  const found = await siftCsv(await folder.stream(input.path), input.rawId, path.join(pieces, rejects), signal);
  const { header, records } = found;
  const plain = { ...survey, header, records, regular: true, brokenLines: true, lineEnd: '\n', cuts: [] } as const;
  return { ...eventLogFile(input, plain, 0), rejects, pieces: [found.rows], sifted: found };
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
async function writeQuarantine(folder: OrgFolder, files: readonly EventLogFile[], output: string): Promise<number> {
  const destination = quarantineOf(output);
  const kept = files.flatMap(({ sifted: found }) => (found && found.quarantined > 0 ? [found] : []));
  const records = kept.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (records === 0) {
    await removeFiles(folder, destination);
    return 0;
  }
  const made = unfinished(destination);
  const file = await folder.create(made);
  try {
    for (const { quarantine } of kept) await file.writeFile(createReadStream(quarantine));
  } finally {
    await file.close();
  }
  await commitFile(folder, made, destination);
  return records;
}
