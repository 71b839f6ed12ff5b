import type { DuckDBConnection } from '@duckdb/node-api';
import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { literal } from './sql.ts';

/** Table functions that read no file and change nothing; all others are refused. */
const TABLE_FUNCTIONS = new Set([
  'unnest',
  'range',
  'generate_series',
  'repeat',
  'repeat_row',
  'json_each',
  'json_tree',
  'duckdb_columns',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
  'pragma_table_info',
  'pragma_version',
  'pg_timezone_names',
  'icu_calendar_names',
]);

/** EXPLAIN, its options, and what is explained. */
const EXPLAIN = /^(?:\s|--[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*explain\b(?:\s*\([^)]*\))?(\s+analyze\b)?/i;

/**
 * The statement to run for `sql`, where it is exactly one and only reads the lake's views, as DuckDB's own parser
 * understands it (DESCRIBE, SHOW and SUMMARIZE are SELECTs to it). An explained statement is checked, too: EXPLAIN
 * ANALYZE runs it.
 * @throws OrgwatchError SQL_REJECTED, SQL_FAILED when it does not parse
 */
export async function readOnlyStatement(connection: DuckDBConnection, sql: string): Promise<string> {
  const explained = EXPLAIN.exec(sql);
  if (explained) {
    const statement = await readOnlyStatement(connection, sql.slice(explained[0].length));
    return `EXPLAIN ${explained[1] ? 'ANALYZE ' : ''}${statement}`;
  }
  const parsed = await parse(connection, sql);
  if (parsed.error) {
    if (parsed.error_type === 'not implemented')
      throw rejected(t('Queries only read: SELECT, DESCRIBE, SHOW, SUMMARIZE.'));
    throw new OrgwatchError('SQL_FAILED', parsed.error_message ?? t('The statement cannot be read.'));
  }
  if (parsed.statements?.length !== 1) throw rejected(t('One statement at a time, please.'));
  for (const node of nodes(parsed.statements)) checkNode(node);
  return sql;
}

interface Parsed {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

async function parse(connection: DuckDBConnection, sql: string): Promise<Parsed> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(sql)})::VARCHAR`);
  return JSON.parse(String(reader.getRows()[0]?.[0])) as Parsed;
}

type Node = Readonly<Record<string, unknown>>;

/** All objects of a syntax tree. Not recursive: a tree may be deeper than the stack. */
function* nodes(tree: unknown): Generator<Node> {
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) yield next as Node;
    for (const child of Object.values(next)) open.push(child);
  }
}

function checkNode(node: Node): void {
  if (node['type'] === 'TABLE_FUNCTION') {
    const name = String((node['function'] as Node | undefined)?.['function_name']).toLowerCase();
    if (!TABLE_FUNCTIONS.has(name)) throw rejected(t('{0} is not for queries on the lake.', `${name}()`));
  }
  // A table named like a file is the file to DuckDB.
  if (node['type'] === 'BASE_TABLE' && /[./\\:*?[\]]/.test(String(node['table_name']))) {
    throw rejected(t('{0} is a file, not a view of the lake.', String(node['table_name'])));
  }
}

function rejected(message: string): OrgwatchError {
  return new OrgwatchError('SQL_REJECTED', message, { actions: [t('SHOW TABLES lists the views of the lake.')] });
}
