import type { Command } from 'commander';
import { openLedger } from '../lake/ledger.ts';
import type { QueryResult } from '../lake/worker.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { toCsv } from './csv.ts';
import { findLake } from './find-lake.ts';
import { oneOf, wholeNumber } from './option-values.ts';
import type { CommandContext } from './program.ts';
import { progressLine } from './progress.ts';
import { queryJson, queryText } from './query-text.ts';
import { readSql } from './sql-input.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';

const FORMATS = ['table', 'json', 'csv'] as const;

interface QueryCommandOptions extends CommonOptions {
  readonly file?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly limit: number;
}

const DEFAULT_LIMIT = 1000;

export function addQuery(root: Command, { terminal, signal }: CommandContext): void {
  const command = root
    .command('query')
    .description('ask the lake in SQL (DuckDB’s); reads only')
    .argument('[sql]', 'one SELECT; without it, --file or stdin')
    .option('--file <file>', 'file that holds the SQL; - is stdin')
    .option('--format <format>', 'table, json or csv (default: table)', oneOf('--format', FORMATS))
    .option('--limit <n>', `rows to print at most`, wholeNumber('--limit', 1), DEFAULT_LIMIT);
  withCommonOptions(command).action(async (typed: string | undefined, options: QueryCommandOptions) => {
    const sql = await readSql(typed, options.file);
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
  return await worker.query({ ...request, units: ledger.units.published() }, signal);
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
