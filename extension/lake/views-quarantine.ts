import { literal } from './sql.ts';
import { fileVariable, type LakeView } from './views-view.ts';
import type { PublishedUnit } from './worker.ts';

export const QUARANTINE = 'quarantine';

/** A record is kept in quarantine with a text of up to 1 MiB, of which JSON may make several bytes a character. */
const LONGEST_LINE = 64 << 20;

const COLUMNS = {
  raw_id: 'BIGINT',
  byte: 'BIGINT',
  entry: 'BIGINT',
  error: 'VARCHAR',
  text: 'VARCHAR',
} as const;

/** Records that could not be read as rows, from the files beside the Parquet files: which, where from, why, and what they said. */
export function quarantineView(units: readonly PublishedUnit[]): LakeView {
  const files = units.flatMap(({ quarantine }) => quarantine ?? []);
  const columns = Object.entries(COLUMNS);
  const from =
    files.length === 0
      ? `(SELECT ${columns.map(([name, type]) => `NULL::${type} AS ${name}`).join(', ')}, NULL::VARCHAR AS filename WHERE false)`
      : `read_json(getvariable(${literal(fileVariable(QUARANTINE))}), format = 'newline_delimited', filename = true,
          hive_partitioning = false, maximum_object_size = ${String(LONGEST_LINE)},
          columns = {${columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ')}})`;
  const inPath = (pattern: string): string => `nullif(regexp_extract(filename, ${literal(`(?s).*${pattern}`)}, 1), '')`;
  const sql = `SELECT ${inPath(String.raw`[\\/]lake[\\/]([^\\/]+)[\\/]`)} AS source,
      ${inPath(String.raw`event_type=([^\\/]*)[\\/]`)} AS event_type,
      ${inPath('event_date=(.{10})')}::DATE AS event_date,
      error, text, raw_id AS _raw_id, coalesce(byte, entry) AS place
    FROM ${from}`;
  return { name: QUARANTINE, sql, files };
}
