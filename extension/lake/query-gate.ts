import type { DuckDBConnection } from '@duckdb/node-api';
import { t } from '@vscode/l10n';
import { OrgwatchError } from '../shared/errors.ts';
import { explainedStatement } from './query-explain.ts';
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

/** Scalar functions that tell where files lie, read another statement or keep a thread busy for nothing. */
const REFUSED_FUNCTIONS = new Set([
  'current_setting',
  'getenv',
  'getvariable',
  'json_execute_serialized_sql',
  'json_serialize_plan',
  'nextval',
  'pg_sleep',
  'setseed',
  'sleep_ms',
  'write_log',
]);

/** Characters of a name that a message repeats. */
const LONGEST_NAME = 200;

/** Views that DuckDB has everywhere and that tell the settings of the process. */
const REFUSED_TABLES = new Set([
  'duckdb_settings',
  'duckdb_secrets',
  'duckdb_logs',
  'pg_settings',
  'pg_prepared_statements',
]);

/** Where the views of the lake and DuckDB's own lie; a qualifier in front of a table that is none of these names a file. */
const CATALOGS = new Set(['', 'memory', 'temp', 'system']);
const SCHEMAS = new Set(['', 'main', 'temp', 'memory', 'information_schema', 'pg_catalog']);

/**
 * The statement to run for `sql`, where it is exactly one and only reads the lake's views, as DuckDB's own parser
 * understands it (DESCRIBE, SHOW and SUMMARIZE are SELECTs to it). An explained statement is checked, too: EXPLAIN
 * ANALYZE runs it.
 * @throws OrgwatchError SQL_REJECTED, SQL_FAILED when it does not parse
 */
export async function readOnlyStatement(connection: DuckDBConnection, sql: string): Promise<string> {
  const explained = explainedStatement(sql);
  if (explained) {
    await checkStatement(connection, explained.statement);
    return `EXPLAIN ${explained.isAnalyzed ? 'ANALYZE ' : ''}${explained.statement}`;
  }
  await checkStatement(connection, sql);
  return sql;
}

async function checkStatement(connection: DuckDBConnection, sql: string): Promise<void> {
  const parsed = await parse(connection, sql);
  if (parsed.error) {
    if (parsed.error_type === 'not implemented')
      throw rejected(t('Queries only read: SELECT, DESCRIBE, SHOW, SUMMARIZE.'));
    throw new OrgwatchError('SQL_FAILED', parsed.error_message ?? t('The statement cannot be read.'));
  }
  if (parsed.statements?.length !== 1) throw rejected(t('One statement at a time, please.'));
  for (const node of nodes(parsed.statements)) checkNode(node);
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
    const name = textOf((node['function'] as Node | undefined)?.['function_name']).toLowerCase();
    if (!TABLE_FUNCTIONS.has(name)) throw notForQueries(`${name}()`);
  }
  const called = textOf(node['function_name']).toLowerCase();
  if (REFUSED_FUNCTIONS.has(called)) throw notForQueries(`${called}()`);
  if (node['type'] === 'BASE_TABLE' || node['type'] === 'SHOW_REF') checkTable(node);
}

/** A table named like a file is the file to DuckDB, also where the name has parts: `"/folder/name".parquet`. */
function checkTable(node: Node): void {
  const [catalog = '', schema = '', table = ''] = ['catalog_name', 'schema_name', 'table_name'].map((part) =>
    textOf(node[part]),
  );
  if (!CATALOGS.has(catalog.toLowerCase()) || !SCHEMAS.has(schema.toLowerCase()) || /[./\\:*?[\]]/.test(table)) {
    const name = [catalog, schema, table].filter((part) => part !== '').join('.');
    throw rejected(t('{0} is a file, not a view of the lake.', name.slice(0, LONGEST_NAME)));
  }
  if (REFUSED_TABLES.has(table.replaceAll('"', '').toLowerCase())) throw notForQueries(table);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function notForQueries(name: string): OrgwatchError {
  return rejected(t('{0} is not for queries on the lake.', name.slice(0, LONGEST_NAME)));
}

function rejected(message: string): OrgwatchError {
  return new OrgwatchError('SQL_REJECTED', message, { actions: [t('SHOW TABLES lists the views of the lake.')] });
}
