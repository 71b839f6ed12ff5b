import type { Command } from 'commander';
import { insightViews } from '../insights/views.ts';
import { openLedger } from '../lake/ledger.ts';
import type { QueryResult } from '../lake/worker.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { toCsv } from './csv.ts';
import { findLake } from './find-lake.ts';
import { oneOf, wholeNumber } from './option-values.ts';
import type { CommandContext } from './context.ts';
import { progressLine } from './progress.ts';
import { queryJson, queryText } from './query-text.ts';
import { listShippedQueries } from './shipped-text.ts';
import { readSql } from './sql-input.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';

const FORMATS = ['table', 'json', 'csv'] as const;

interface QueryCommandOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly list?: true;
  readonly format?: (typeof FORMATS)[number];
  readonly limit: number;
}

const DEFAULT_LIMIT = 1000;

export function addQuery(root: Command, { terminal, signal }: CommandContext): void {
  const command = root
    .command('query')
    .description('ask the lake in SQL (DuckDB’s); reads only')
    .argument('[sql]', 'one SELECT; without it, --name, --file or stdin')
    .option('--list', 'list the queries that come with Orgwatch')
    .option('--name <query>', 'run one of those')
    .option('--file <file>', 'file that holds the SQL; - is stdin')
    .option('--format <format>', 'table, json or csv (default: table)', oneOf('--format', FORMATS))
    .option('--limit <n>', `rows to print at most`, wholeNumber('--limit', 1), DEFAULT_LIMIT);
  withCommonOptions(command).action(async (typed: string | undefined, options: QueryCommandOptions) => {
    if (options.list) return terminal.out(listShippedQueries(options.json === true, terminal));
    const sql = await readSql({ typed, file: options.file, name: options.name });
    const orgId = await findLake(options.dataDir, options.targetOrg);
    const result = await ask(options.dataDir, orgId, { sql, limit: options.limit }, terminal, signal);
    terminal.out(formatted(result, options.format ?? (options.json ? 'json' : 'table'), terminal));
  });
}

async function ask(
  dataDir: string,
  orgId: string,
  request: { readonly sql: string; readonly limit: number },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<QueryResult> {
  using progress = progressLine(terminal);
  progress.show('Asking the lake …');
  using ledger = openLedger(dataDir, orgId);
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  try {
    return await worker.query({ ...request, units: ledger.units.published(), views: insightViews }, signal);
  } catch (error) {
    throw hinted(error);
  }
}

/** DuckDB says what is wrong with a statement, and where; what there is to ask is ours to say. */
function hinted(error: unknown): unknown {
  if (!(error instanceof OrgwatchError) || error.actions.length > 0) return error;
  const actions = ['orgwatch query "SHOW TABLES" lists the tables, "DESCRIBE login_history" the columns of one.'];
  return new OrgwatchError(error.code, error.message, { actions, cause: error });
}

function formatted(result: QueryResult, format: (typeof FORMATS)[number], terminal: Terminal): string {
  switch (format) {
    case 'table':
      return queryText(result, terminal);
    case 'json':
      return `${JSON.stringify(queryJson(result), null, 2)}\n`;
    case 'csv':
      return toCsv(result);
  }
}
