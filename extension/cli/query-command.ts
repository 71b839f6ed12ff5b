import path from 'node:path';
import type { Command } from 'commander';
import { insightViews } from '../insights/views.ts';
import { openLedger } from '../lake/ledger.ts';
import { EXPORT_FORMATS } from '../lake/worker.ts';
import type { ExportFormat, LakeWorker, QueryRequest, QueryResult } from '../lake/worker.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { toCsv } from '../lake/csv.ts';
import { findLake } from './find-lake.ts';
import { oneOf, wholeNumber } from './option-values.ts';
import type { CommandContext } from './context.ts';
import { bytes, count } from './quantity.ts';
import { progressLine } from './progress.ts';
import { queryJson, queryText } from './query-text.ts';
import { listShippedQueries } from './shipped-text.ts';
import { readSql } from './sql-input.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';

const FORMATS = ['table', ...EXPORT_FORMATS] as const;
type Format = (typeof FORMATS)[number];
type PrintedFormat = Exclude<Format, 'parquet'>;

interface QueryCommandOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly list?: true;
  readonly format?: Format;
  readonly output?: string;
  readonly limit?: number;
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
    .option(
      '--format <format>',
      'table, json, csv, or with --output parquet (default: table)',
      oneOf('--format', FORMATS),
    )
    .option('--output <file>', 'write all rows to this file, as json, csv or parquet (default: as its name ends)')
    .option(
      '--limit <n>',
      `rows to answer at most (default: ${DEFAULT_LIMIT}; with --output all)`,
      wholeNumber('--limit', 1),
    );
  withCommonOptions(command).action(async (typed: string | undefined, options: QueryCommandOptions) => {
    if (options.list) return terminal.out(listShippedQueries(options.json === true, terminal));
    const sql = await readSql({ typed, file: options.file, name: options.name });
    const target = options.output === undefined ? undefined : exportTarget(options.output, options.format);
    const format = printable(options.format ?? (options.json ? 'json' : 'table'), target !== undefined);
    const orgId = await findLake(options.dataDir, options.targetOrg);
    const lake = { dataDir: options.dataDir, orgId, terminal };
    if (target !== undefined) {
      const { limit } = options;
      const written = await onLake(lake, async (worker, request) => {
        const { id } = await worker.keep({ ...request, sql, ...(limit === undefined ? {} : { limit }) }, signal);
        return worker.export({ id, ...target }, signal);
      });
      return terminal.out(`${count(written.rows, 'row')} in ${written.path} (${bytes(written.bytes)}).\n`);
    }
    const result = await onLake(lake, (worker, request) =>
      worker.query({ ...request, sql, limit: options.limit ?? DEFAULT_LIMIT }, signal),
    );
    terminal.out(formatted(result, format, terminal));
  });
}

interface LakeToAsk {
  readonly dataDir: string;
  readonly orgId: string;
  readonly terminal: Terminal;
}

async function onLake<T>(
  { dataDir, orgId, terminal }: LakeToAsk,
  ask: (worker: LakeWorker, request: Omit<QueryRequest, 'sql'>) => Promise<T>,
): Promise<T> {
  using progress = progressLine(terminal);
  progress.show('Asking the lake …');
  using ledger = openLedger(dataDir, orgId);
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  try {
    return await ask(worker, { units: ledger.units.published(), views: insightViews });
  } catch (error) {
    throw hinted(error);
  }
}

/** Where to and how: as --format says, else as the file's name ends. @throws OrgwatchError USAGE */
function exportTarget(output: string, format: Format | undefined): { format: ExportFormat; output: string } {
  const wanted = format ?? path.extname(output).slice(1).toLowerCase();
  const known = EXPORT_FORMATS.find((each) => each === wanted);
  if (known !== undefined) return { format: known, output: path.resolve(output) };
  throw new OrgwatchError('USAGE', `A file is written as ${EXPORT_FORMATS.join(', ')}.`, {
    actions: ['Say which with --format.'],
  });
}

/** @throws OrgwatchError USAGE for Parquet that would be printed */
function printable(format: Format, isWritten: boolean): PrintedFormat {
  if (format !== 'parquet') return format;
  if (isWritten) return 'table';
  throw new OrgwatchError('USAGE', 'Parquet is written to a file.', { actions: ['Name it with --output.'] });
}

/** DuckDB says what is wrong with a statement, and where; what there is to ask is ours to say. */
function hinted(error: unknown): unknown {
  if (!(error instanceof OrgwatchError) || error.actions.length > 0) return error;
  const actions = ['orgwatch query "SHOW TABLES" lists the tables, "DESCRIBE login_history" the columns of one.'];
  return new OrgwatchError(error.code, error.message, { actions, cause: error });
}

function formatted(result: QueryResult, format: PrintedFormat, terminal: Terminal): string {
  switch (format) {
    case 'table':
      return queryText(result, terminal);
    case 'json':
      return `${JSON.stringify(queryJson(result), null, 2)}\n`;
    case 'csv':
      return toCsv(result);
  }
}
