import { identifier, literal } from './sql.ts';
import type { LakeColumnType } from './worker.ts';

/** DuckDB's name of each column type. */
export const DUCKDB_TYPE: Readonly<Record<LakeColumnType, string>> = {
  text: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
};

/** A column on its way from text to its type: SQL of the text, and SQL of the value, which is NULL where the text does not fit. */
export interface TypedColumn {
  readonly name: string;
  readonly type: LakeColumnType;
  readonly text: string;
  readonly value: string;
}

/** SQL of `text` (an expression of type VARCHAR) as `type`; NULL where it does not fit without loss. */
export function fitted(text: string, type: LakeColumnType): string {
  switch (type) {
    case 'text':
      return text;
    case 'timestamp':
      return timestamp(text);
    case 'double':
      return `CASE WHEN abs(TRY_CAST(${text} AS DOUBLE)) <= ${EXACT_DOUBLE} THEN TRY_CAST(${text} AS DOUBLE) END`;
    case 'bigint':
      return `TRY_CAST(${text} AS BIGINT)`;
    case 'boolean':
      return `TRY_CAST(${text} AS BOOLEAN)`;
  }
}

/** Whole numbers up to here are exact in a double; NaN and infinity are beyond. */
const EXACT_DOUBLE = String(Number.MAX_SAFE_INTEGER);

/**
 * Salesforce writes times as `2026-11-24T05:30:00.000Z`, `2026-11-24T05:30:00.000+0000`, and in event log files also
 * as `20261124053000.000` or `20261124053000`, all in UTC. Any other offset is reckoned with.
 * Words that DuckDB takes for times (infinity, epoch) are none.
 */
function timestamp(text: string): string {
  return `CASE
    WHEN ${text}[1:1] NOT BETWEEN '0' AND '9' THEN NULL
    WHEN ${text}[5:5] <> '-' THEN TRY_STRPTIME(${text}, ['%Y%m%d%H%M%S.%g', '%Y%m%d%H%M%S'])
    WHEN ${text} LIKE '%Z' OR ${text} LIKE '%+0000' THEN TRY_CAST(${text} AS TIMESTAMP)
    ELSE timezone('UTC', TRY_CAST(${text} AS TIMESTAMPTZ)) END`;
}

/**
 * SQL of the `_misfits` column: a JSON object of column name → text for the values of a row that did not fit, NULL
 * where all did.
 */
export function misfits(columns: readonly TypedColumn[]): string {
  const typed = columns.filter(({ type }) => type !== 'text');
  if (typed.length === 0) return 'NULL::VARCHAR';
  const isMisfit = ({ text, value }: TypedColumn): string => `(${text} IS NOT NULL AND ${value} IS NULL)`;
  const entries = typed.map(
    (column) => `{k: ${literal(column.name)}, v: CASE WHEN ${isMisfit(column)} THEN ${column.text} END}`,
  );
  return `CASE WHEN ${typed.map(isMisfit).join(' OR ')} THEN
    to_json(map_from_entries(list_filter([${entries.join(', ')}], lambda e: e.v IS NOT NULL)))::VARCHAR END`;
}

/** SQL of how many values a set of rows holds in `_misfits`. */
export const MISFIT_COUNT = 'coalesce(sum(len(json_keys(_misfits))), 0)';

/** Names of the lake's own columns; no column of an org takes one of them. `filename` is DuckDB's name of the file. */
const OWN_COLUMNS = ['event_key', 'event_time', 'event_date', 'event_type', '_misfits', '_raw_id', '_part', 'filename'];

/**
 * A name for each of `names` that is unique without regard to case, also against `taken`: DuckDB's columns are.
 * Empty names become `column`, further ones of the same name get a number.
 */
export function uniqueNames(names: readonly string[], taken: readonly string[] = OWN_COLUMNS): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return names.map((name) => {
    const base = name.replaceAll('\0', '\uFFFD') || 'column';
    let unique = base;
    for (let count = 2; used.has(unique.toLowerCase()); count++) unique = `${base}_${String(count)}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

/** `value AS "name"`. */
export function aliased(value: string, name: string): string {
  return `${value} AS ${identifier(name)}`;
}
