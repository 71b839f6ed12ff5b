import { NO_DATE } from './publish-pages.ts';
import { aliased, DUCKDB_TYPE, fitted, misfits, type TypedColumn } from './publish-types.ts';
import { identifier, literal, literals } from './sql.ts';
import type { LakeColumn, RecordsJob } from './worker.ts';

/** A field's column in the lake: a related record's field `LoginGeo.City` is `LoginGeo_City`. */
export function columnName(field: string): string {
  return field.replaceAll('.', '_');
}

/** Column name → DuckDB type of the Parquet files, in order. */
export function parquetColumns(job: RecordsJob): Record<string, string> {
  return {
    event_key: 'VARCHAR',
    event_time: 'TIMESTAMP',
    ...Object.fromEntries(job.columns.map(({ name, type }) => [columnName(name), DUCKDB_TYPE[type]])),
    _misfits: 'VARCHAR',
    _raw_id: 'BIGINT',
  };
}

/** How DuckDB is to read a page: `newline_delimited` is faster, and refuses a document of more than one line. */
export interface PageReading {
  readonly format: 'newline_delimited' | 'unstructured';
  /** Bytes; the reader's memory follows it. */
  readonly longest: number;
}

/**
 * SQL that makes the temp table `records` of all records in the job's pages, with `event_date`, `age` and `sound` besides
 * the columns of the files; in order of time, so that a date is found without looking at all of them. Not told that a page
 * is one record, DuckDB would read 32 of them twice to find out, whatever `auto_detect` says.
 */
export function createRecords(job: RecordsJob, reading: PageReading): string {
  const fields = fieldsOf(job);
  const inputs = job.inputs.map(
    ({ path, rawId, span }, age) =>
      `(${literal(path)}, ${String(rawId)}::BIGINT, ${String(age)}, ${String(span?.from ?? -EVER)}::BIGINT, ${String(span?.to ?? EVER)}::BIGINT)`,
  );
  const present = job.key.map((field) => `${fieldOf(field)} IS NOT NULL`);
  return recordsTable(
    job,
    `WITH input(path, raw_id, age, first, last) AS (VALUES ${inputs.join(', ')}),
    record AS (
      SELECT filename, unnest(records) AS record FROM read_json(
        ${literals(job.inputs.map(({ path }) => path))}, compression = 'zstd', format = '${reading.format}',
        auto_detect = false, records = 'true', maximum_object_size = ${String(reading.longest)}, filename = true,
        columns = {records: ${literal(`${recordType([...fields.map(({ name }) => name), ...job.key])}[]`)}})),
    cells AS (
      SELECT raw_id, age, first, last, ${eventKey(job)} AS event_key, NULL AS told, '${NO_DATE}' AS date,
        ${['record IS NOT NULL', ...present].join(' AND ')} AS is_keyed,
        ${fields.map(({ name }, index) => `${fieldOf(name)} AS c${String(index)}`).join(', ')}
      FROM record JOIN input ON filename = path)`,
  );
}

/** SQL that makes the same table of a file that writePlainPages wrote. @param longest bytes of its longest line */
export function createPlainRecords(job: RecordsJob, file: string, longest: number): string {
  const cells = fieldsOf(job).map((_, index) => `cells[${String(index + 1)}] AS c${String(index)}`);
  return recordsTable(
    job,
    `WITH cells AS (
      SELECT raw_id, age, ${String(-EVER)} AS first, ${String(EVER)} AS last, key AS event_key, told, date, true AS is_keyed,
        ${cells.join(', ')}
      FROM read_json(${literal(file)}, format = 'newline_delimited', compression = 'uncompressed', auto_detect = false,
        maximum_object_size = ${String(Math.max(SHORTEST_PLAIN, longest))},
        columns = {raw_id: 'BIGINT', age: 'INTEGER', key: 'VARCHAR', date: 'VARCHAR', told: 'JSON', cells: 'VARCHAR[]'}))`,
  );
}

/** No time is further from 1970, ms. */
const EVER = Number.MAX_SAFE_INTEGER;
/** Bytes; the reader's memory follows it. */
const SHORTEST_PLAIN = 16 << 20;

/** @param cells the cells as texts, `c0`, `c1`, … in the order of fieldsOf, and what else is known of each record */
function recordsTable(job: RecordsJob, cells: string): string {
  const fields = fieldsOf(job);
  const columns = fields.map(({ name, type }, index): TypedColumn => {
    const text = `c${String(index)}`;
    return { name: columnName(name), type, text, value: type === 'text' ? text : `t${String(index)}` };
  });
  const time =
    job.snapshotAt === undefined
      ? columns[fields.findIndex(({ name }) => name === job.timeColumn)]?.value
      : fitted(literal(job.snapshotAt), 'timestamp');
  const declared = columns.filter(({ name }) => job.columns.some((column) => columnName(column.name) === name));
  return `CREATE OR REPLACE TEMP TABLE records AS
    ${cells},
    fitted AS (
      SELECT *${columns.map(({ text, type, value }) => (type === 'text' ? '' : `, ${fitted(text, type)} AS ${value}`)).join('')}
      FROM cells)
    SELECT event_key, ${time ?? 'NULL'}::TIMESTAMP AS event_time,
      coalesce(event_time::DATE, date::DATE) AS event_date,
      ${declared.map(({ name, value }) => `${aliased(value, name)}, `).join('')}
      CASE WHEN told IS NULL THEN ${misfits(columns)}
        ELSE json_merge_patch(coalesce(${misfits(columns)}, '{}'), told)::VARCHAR END AS _misfits,
      raw_id AS _raw_id, age,
      is_keyed ${job.snapshotAt === undefined ? 'AND coalesce(epoch_ms(event_time) BETWEEN first AND last, false)' : ''} AS sound
    FROM fitted
    ORDER BY event_time`;
}

/** SQL that leaves each event key in the temp table `records` once, as the newest page has it. Few are there more often. */
export const KEEP_NEWEST = `DELETE FROM records WHERE rowid IN (
  SELECT rowid FROM records
  WHERE event_key IN (SELECT event_key FROM records GROUP BY event_key HAVING count(*) > 1)
  QUALIFY row_number() OVER (PARTITION BY event_key ORDER BY age DESC, event_time DESC) > 1)`;

/** The job's columns and the time column, which is a time whatever it is declared as. */
export function fieldsOf(job: RecordsJob): readonly LakeColumn[] {
  if (job.timeColumn === undefined) return job.columns;
  const time: LakeColumn = { name: job.timeColumn, type: 'timestamp' };
  return [...job.columns.filter(({ name }) => name !== job.timeColumn), time];
}

/** SQL of the values of the key, joined; a record without them is known by all that it holds. */
function eventKey({ key, snapshotAt }: RecordsJob): string {
  const values = key.map(fieldOf);
  if (snapshotAt !== undefined) values.push(literal(snapshotAt.slice(0, 10)));
  if (key.length === 0) {
    const number = 'row_number() OVER (PARTITION BY record ORDER BY filename)::VARCHAR';
    return `concat_ws('|', ${['md5(record::VARCHAR)', number, ...values].join(', ')})`;
  }
  const missing = values.map((value) => `${value} IS NULL`).join(' OR ');
  return `CASE WHEN ${missing} THEN md5(record::VARCHAR) ELSE concat_ws('|', ${values.join(', ')}) END`;
}

/** SQL of one field of `record`: `LoginGeo.City` is a field of a nested record. */
function fieldOf(field: string): string {
  return ['record', ...field.split('.').map(identifier)].join('.');
}

interface RecordType {
  [field: string]: RecordType;
}

/** The DuckDB type of a record with these fields, all text: `STRUCT("Id" VARCHAR, "LoginGeo" STRUCT("City" VARCHAR))`. */
function recordType(fields: readonly string[]): string {
  const root: RecordType = {};
  for (const field of fields) {
    let level = root;
    for (const name of field.split('.')) level = level[name] ??= {};
  }
  return structOf(root);
}

function structOf(type: RecordType): string {
  const fields = Object.entries(type).map(
    ([name, nested]) => `${identifier(name)} ${Object.keys(nested).length > 0 ? structOf(nested) : 'VARCHAR'}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}
