import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { defused, defusedSql } from './csv.ts';
import { uniqueNames } from './publish-types.ts';
import { KEPT_TABLE } from './query-table.ts';
import { identifier, literal } from './sql.ts';
import { storageError } from './storage-error.ts';
import { numberOf, readRows } from './worker-rows.ts';
import type { ExportedFile, ExportFormat, ExportJob, QueryColumn } from './worker.ts';

const OPTIONS: Readonly<Record<ExportFormat, string>> = {
  csv: 'FORMAT csv, HEADER true',
  json: 'FORMAT json, ARRAY true',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
};

/**
 * Writes a kept result to a file of the user's: DuckDB writes it in `folder`, which is all that it may reach; from there
 * it is copied beside its destination and renamed, so that what was there before is replaced whole or not at all.
 */
export async function exportKept(
  connection: DuckDBConnection,
  columns: readonly QueryColumn[],
  { format, output }: ExportJob,
  folder: string,
): Promise<ExportedFile> {
  const made = path.join(folder, `export-${randomUUID()}.tmp`);
  // A name that nobody can guess: a link that waits there would lead elsewhere.
  const beside = path.join(path.dirname(output), `.${path.basename(output)}.${randomUUID()}.tmp`);
  const select = selectFor(format, columns);
  try {
    await connection.run(`COPY (${select}) TO ${literal(made)} (${OPTIONS[format]}, USE_TMP_FILE false)`);
    const [count] = await readRows(connection, `SELECT count(*) FROM ${KEPT_TABLE}`);
    await place(made, beside, output);
    return { path: output, rows: numberOf(count?.[0]), bytes: (await stat(output)).size };
  } finally {
    await rm(made, { force: true });
  }
}

async function place(made: string, beside: string, output: string): Promise<void> {
  try {
    await copyFile(made, beside, constants.COPYFILE_EXCL);
    await rename(beside, output);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw storageError(error, path.dirname(output));
  }
}

function selectFor(format: ExportFormat, columns: readonly QueryColumn[]): string {
  const names = uniqueNames(
    columns.map(({ name }) => name),
    [],
  );
  const select = columns.map(({ type }, index) => {
    const name = names[index] ?? '';
    const value = VALUES[format](`c${String(index)}`, type);
    return `${value} AS ${identifier(format === 'csv' ? defused(name) : name)}`;
  });
  return `SELECT ${select.join(', ')} FROM ${KEPT_TABLE} ORDER BY rowid`;
}

/** SQL of a column as each format takes it. */
const VALUES: Readonly<Record<ExportFormat, (column: string, type: string) => string>> = {
  csv: (column, type) => {
    if (isTime(type)) return isoTimeSql(column);
    if (isPlain(type)) return column;
    return defusedSql(isNested(type) ? `to_json(${column})::VARCHAR` : `${column}::VARCHAR`);
  },
  json: (column, type) => (isTime(type) ? isoTimeSql(column) : column),
  // Parquet has no integers of 128 bits, and DuckDB would make doubles of them.
  parquet: (column, type) => {
    if (/^U?HUGEINT$/.test(type)) return `${column}::DECIMAL(38, 0)`;
    return /^(?:UNION|BIT$|BIGNUM$)/.test(type) ? `${column}::VARCHAR` : column;
  },
};

function isNested(type: string): boolean {
  return /^(?:STRUCT|MAP|UNION)|\]$/.test(type);
}

/** Types whose values are never a formula. */
function isPlain(type: string): boolean {
  return /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|DATE|TIME|UUID)$/.test(type);
}

function isTime(type: string): boolean {
  return /^TIMESTAMP/.test(type);
}

/** ISO 8601 with Z, as queries answer times; microseconds only where there are any. */
function isoTimeSql(column: string): string {
  const as = (fraction: string): string => `strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.${fraction}Z')`;
  return `CASE WHEN microsecond(${column}::TIMESTAMP) % 1000 = 0 THEN ${as('%g')} ELSE ${as('%f')} END`;
}
