import { createHash } from 'node:crypto';
import { aliased, DUCKDB_TYPE, fitted, misfits, uniqueNames, type TypedColumn } from './publish-types.ts';
import { fieldTypes } from './publish-field-types.ts';
import { LONGEST_RECORD } from './publish-csv-record.ts';
import type { CsvSurvey } from './publish-survey.ts';
import type { SiftedCsv } from './publish-sift.ts';
import { literal, literals, parquet } from './sql.ts';
import type { EventLogInput, EventLogJob, LakeColumn, LakeColumnType } from './worker.ts';

/** One raw file of a unit: its cells by position, each with the name and type that its column has in that file. */
export interface EventLogFile {
  readonly input: EventLogInput;
  readonly survey: CsvSurvey;
  readonly cells: readonly LakeColumn[];
  /** The records after the header as plain CSV files: none larger than what one thread reads (splitCsv), or one (siftCsv). */
  readonly pieces?: readonly string[];
  /** What was sifted out of the file; see siftCsv. */
  readonly sifted?: SiftedCsv;
  /** Temp table of what DuckDB passes over: records that are not as wide as the header, or not UTF-8. */
  readonly rejects: string;
}

/** The type column is the lake's own `event_type`; it stays empty in no row. */
const EVENT_TYPE = 'event_type';
/** Read as times whatever LogFileFieldTypes says, best first. */
const TIMES = ['TIMESTAMP_DERIVED', 'TIMESTAMP'];
const READ_BUFFER = 32 << 20;
/** For small files; a record that does not fit makes its file be read by itself. */
const SMALL_BUFFER = 2 << 20;

export function eventLogFile(input: EventLogInput, survey: CsvSurvey, position: number): EventLogFile {
  const typeCell = survey.header.findIndex((name) => name.toLowerCase() === EVENT_TYPE);
  const names = uniqueNames(survey.header.filter((_, index) => index !== typeCell));
  if (typeCell >= 0) names.splice(typeCell, 0, EVENT_TYPE);
  const types = fieldTypes(survey.header, input.fieldNames, input.fieldTypes);
  return {
    input,
    survey,
    cells: names.map((name, index) => ({ name, type: cellType(name, types[index] ?? 'text') })),
    rejects: `rejects_${String(position)}`,
  };
}

function cellType(name: string, type: LakeColumnType): LakeColumnType {
  if (name === EVENT_TYPE) return 'text';
  return TIMES.includes(name.toUpperCase()) ? 'timestamp' : type;
}

/** The unit's columns: those of all its files by name, in order of appearance; text where files disagree on the type. */
export function unitColumns(files: readonly EventLogFile[]): LakeColumn[] {
  const columns = new Map<string, LakeColumn>();
  for (const cell of files.flatMap(({ cells }) => cells)) {
    const key = cell.name.toLowerCase();
    const known = columns.get(key);
    if (key === EVENT_TYPE) continue;
    if (!known) columns.set(key, cell);
    else if (known.type !== cell.type) columns.set(key, { name: known.name, type: 'text' });
  }
  return [...columns.values()];
}

/** Column name → DuckDB type of the Parquet file, in order. */
export function parquetColumns(columns: readonly LakeColumn[]): Record<string, string> {
  return {
    event_key: 'VARCHAR',
    event_time: 'TIMESTAMP',
    event_type: 'VARCHAR',
    ...Object.fromEntries(columns.map(({ name, type }) => [name, DUCKDB_TYPE[type]])),
    _misfits: 'VARCHAR',
    _raw_id: 'BIGINT',
  };
}

/** SQL of all rows of the files. @param parallel whether files that allow it are read by several threads */
export function selectRows(
  files: readonly EventLogFile[],
  columns: readonly LakeColumn[],
  job: EventLogJob,
  parallel: boolean,
): string {
  const filled = files.filter(({ cells }) => cells.length > 0);
  if (filled.length === 0) return selectNothing(columns);
  return filled.map((file) => selectFile(file, columns, job, parallel)).join('\nUNION ALL\n');
}

function selectNothing(columns: readonly LakeColumn[]): string {
  const nulls = Object.entries(parquetColumns(columns)).map(([name, type]) => aliased(`NULL::${type}`, name));
  return `SELECT ${nulls.join(', ')} WHERE false`;
}

/** A small file that is the only one of its unit. */
export interface BatchFile {
  readonly job: EventLogJob;
  readonly file: EventLogFile;
}

/** SQL that makes the temp table `batch` of the rows of files of one event type that have the same columns and marks. */
export function createBatch(files: readonly BatchFile[], columns: readonly LakeColumn[]): string {
  const [first] = files;
  if (!first) return `CREATE OR REPLACE TEMP TABLE batch AS ${selectNothing(columns)}`;
  const inputs = files.map(
    ({ job, file: { input } }) =>
      `(${literal(input.path)}, ${String(input.rawId)}::BIGINT, TIMESTAMP ${literal(job.eventDate)})`,
  );
  const paths = literals(files.map(({ file }) => file.input.path));
  const reader = csvReader(
    first.file,
    `${paths}, compression = 'zstd', header = true, filename = true`,
    true,
    SMALL_BUFFER,
  );
  const source = `(SELECT * FROM ${reader} JOIN (VALUES ${inputs.join(', ')}) AS input(path, raw_id, log_date)
    ON filename = path)`;
  const place = { rawId: 'raw_id', logDate: 'log_date', eventType: first.job.eventType };
  return `${dropRejects(first.file)}
    CREATE OR REPLACE TEMP TABLE batch AS ${selectCells(first.file, columns, place, source)}`;
}

/** SQL that lets go of what an earlier reading of the file put aside. */
export function dropRejects({ rejects }: EventLogFile): string {
  return `DROP TABLE IF EXISTS ${rejects}; DROP TABLE IF EXISTS ${rejects}_scan;`;
}

function selectFile(file: EventLogFile, columns: readonly LakeColumn[], job: EventLogJob, parallel: boolean): string {
  const rawId = `${String(file.input.rawId)}::BIGINT`;
  const place = { rawId, logDate: `TIMESTAMP ${literal(job.eventDate)}`, eventType: job.eventType };
  return selectCells(file, columns, place, readCsv(file, parallel));
}

/** Where rows come from: SQL of the raw file's id and of the time of rows that carry none, and the event type. */
interface RowPlace {
  readonly rawId: string;
  readonly logDate: string;
  readonly eventType: string;
}

function selectCells(file: EventLogFile, columns: readonly LakeColumn[], place: RowPlace, source: string): string {
  const typeOf = new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]));
  const cells = file.cells.map(({ name }, index): TypedColumn => {
    const type = typeOf.get(name.toLowerCase()) ?? 'text';
    return {
      name,
      type,
      text: `c${String(index)}`,
      value: type === 'text' ? `c${String(index)}` : `t${String(index)}`,
    };
  });
  const cellOf = new Map(cells.map((cell) => [cell.name.toLowerCase(), cell]));
  const times = TIMES.flatMap((name) => {
    const cell = cellOf.get(name.toLowerCase());
    return cell?.type === 'timestamp' ? [cell.value] : [];
  });
  const eventType = literal(place.eventType);
  const typeCell = cellOf.get(EVENT_TYPE);
  const fitting = cells
    .filter(({ type }) => type !== 'text')
    .map(({ text, type, value }) => `, ${fitted(text, type)} AS ${value}`);
  const values = columns.map(({ name, type }) =>
    aliased(cellOf.get(name.toLowerCase())?.value ?? `NULL::${DUCKDB_TYPE[type]}`, name),
  );
  return `SELECT ${[
    `${contentKey(cells, file.survey.marks)} AS event_key`,
    `coalesce(${[...times, place.logDate].join(', ')}) AS event_time`,
    `${typeCell ? `coalesce(${typeCell.text}, ${eventType})` : eventType} AS event_type`,
    ...values,
    `${misfits(cells)} AS _misfits`,
    `${place.rawId} AS _raw_id`,
  ].join(', ')}
  FROM (SELECT *${fitting.join('')} FROM ${source})`;
}

/**
 * SQL of what tells events apart: a hash of all values, each after a mark and a tag of its column's name, in an order
 * that does not depend on the file's. An empty value counts as an absent one: Salesforce adds columns.
 * @param marked whether values may contain marks; then they are escaped, so that no value can pose as two
 */
function contentKey(cells: readonly TypedColumn[], marked: boolean): string {
  const parts = cells
    .map(({ name, text }) => ({ name: name.toLowerCase(), text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, text }) => [
      `CASE WHEN ${text} IS NULL THEN '' ELSE ${literal(MARK + tag(name))} END`,
      marked ? `replace(replace(${text}, '${ESCAPE}', '${ESCAPE}0'), '${MARK}', '${ESCAPE}1')` : text,
    ]);
  return `md5(concat(${parts.join(', ')}))`;
}

const MARK = '\x1e';
const ESCAPE = '\x1d';

/** Six characters that stand for a name: hashing whole names takes half as long again. */
function tag(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 6);
}

/** SQL that reads a raw CSV file, or its pieces, as text, sniffing nothing. */
function readCsv(file: EventLogFile, parallel: boolean): string {
  const { input, survey, pieces, sifted } = file;
  const source = pieces
    ? `${literals(pieces)}, compression = 'none', header = false`
    : `${literal(input.path)}, compression = 'zstd', header = true`;
  const isSafe = !sifted && (pieces !== undefined || (survey.regular && !survey.brokenLines));
  return csvReader(file, source, parallel && isSafe, READ_BUFFER);
}

function csvReader(
  { survey, cells, rejects }: EventLogFile,
  source: string,
  parallel: boolean,
  buffer: number,
): string {
  const columns = cells.map((_, index) => `c${String(index)}: 'VARCHAR'`).join(', ');
  return `read_csv(${source}, auto_detect = false, columns = {${columns}},
    new_line = '${survey.lineEnd === '\n' ? '\\n' : '\\r\\n'}', delim = ',', quote = '"', escape = '"', nullstr = '',
    parallel = ${String(parallel)},
    max_line_size = ${String(Math.min(LONGEST_RECORD, buffer / 2))}, buffer_size = ${String(buffer)},
    store_rejects = true, rejects_limit = 0,
    rejects_table = ${literal(rejects)}, rejects_scan = ${literal(`${rejects}_scan`)})`;
}

/**
 * SQL of the rows of `file` with each event once. Identical rows within one raw file are told apart by their ordinal
 * number; the same row in another raw file is the same event. Only rows that the temp table `repeated` names are
 * looked at twice.
 */
export function selectDistinct(file: string): string {
  const rows = parquet(file);
  return `SELECT * FROM ${rows} WHERE hash(event_key) NOT IN (FROM repeated)
    UNION ALL
    SELECT * EXCLUDE (_ordinal) REPLACE (
      CASE WHEN _ordinal = 1 THEN event_key ELSE event_key || '-' || _ordinal END AS event_key)
    FROM (
      SELECT *, row_number() OVER (PARTITION BY _raw_id, event_key) AS _ordinal
      FROM ${rows} WHERE hash(event_key) IN (FROM repeated))
    QUALIFY row_number() OVER (PARTITION BY event_key, _ordinal ORDER BY _raw_id) = 1`;
}
