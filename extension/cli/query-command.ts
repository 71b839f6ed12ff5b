import path from 'node:path';
import type { Command } from 'commander';
import { insightViews } from '../insights/views.ts';
import { toCsv } from '../lake/csv.ts';
import { readLedger } from '../lake/ledger.ts';
import { isTrusted } from '../lake/trust.ts';
import { EXPORT_FORMATS } from '../lake/worker.ts';
import type { LakeWorker, QueryRequest, QueryResult } from '../lake/worker.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { findLake } from '../sync/find-lake.ts';
import { oneOf, wholeNumber } from './option-values.ts';
import type { CommandContext } from './context.ts';
import { bytes, count } from './quantity.ts';
import { NOT_TRUSTED } from './not-trusted.ts';
import { progressLine } from './progress.ts';
import { queryJson, queryText } from './query-text.ts';
import { listShippedQueries } from './shipped-text.ts';
import { readSql } from './sql-input.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';
import { jsonDocument } from './terminal.ts';

const FORMATS = ['table', ...EXPORT_FORMATS] as const;
type Format = (typeof FORMATS)[number];

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
    const { dataDir, targetOrg, output } = options;
    const ask = output === undefined ? printing(options, terminal) : writing(output, options);
    const orgId = await findLake(dataDir, targetOrg);
    const onLake = { dataDir, orgId, terminal };
    terminal.out(await asked(onLake, (worker, request) => ask(worker, { ...request, sql }, signal)));
  });
}

/** Asks the lake; what is then to be said. */
type Ask = (worker: LakeWorker, request: QueryRequest, signal: AbortSignal) => Promise<string>;

/** @throws OrgwatchError USAGE for Parquet, which is not for printing */
function printing({ format, json, limit = DEFAULT_LIMIT }: QueryCommandOptions, terminal: Terminal): Ask {
  const printed = format ?? (json ? 'json' : 'table');
  if (printed === 'parquet') {
    throw new OrgwatchError('USAGE', 'Parquet is written to a file.', { actions: ['Name it with --output.'] });
  }
  return async (worker, request, signal) =>
    formatted(await worker.query({ ...request, limit }, signal), printed, terminal);
}

/** As --format says, else as the file's name ends. @throws OrgwatchError USAGE */
function writing(output: string, { format, limit }: QueryCommandOptions): Ask {
  const wanted = format ?? path.extname(output).slice(1).toLowerCase();
  const written = EXPORT_FORMATS.find((each) => each === wanted);
  if (written === undefined) {
    throw new OrgwatchError('USAGE', `A file is written as ${EXPORT_FORMATS.join(', ')}.`, {
      actions: ['Say which with --format.'],
    });
  }
  return async (worker, request, signal) => {
    const { id } = await worker.keep({ ...request, ...(limit === undefined ? {} : { limit }) }, signal);
    const file = await worker.export({ id, format: written, output: path.resolve(output) }, signal);
    return `${count(file.rows, 'row')} in ${file.path} (${bytes(file.bytes)}).\n`;
  };
}

interface LakeToAsk {
  readonly dataDir: string;
  readonly orgId: string;
  readonly terminal: Terminal;
}

async function asked<T>(
  { dataDir, orgId, terminal }: LakeToAsk,
  ask: (worker: LakeWorker, request: Omit<QueryRequest, 'sql'>) => Promise<T>,
): Promise<T> {
  using progress = progressLine(terminal);
  progress.show('Asking the lake …');
  using ledger = readLedger(dataDir, orgId);
  if (!isTrusted(ledger)) terminal.err(`${NOT_TRUSTED}\n`);
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  try {
    return await ask(worker, { units: ledger.units.published(), views: insightViews });
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

function formatted(result: QueryResult, format: Exclude<Format, 'parquet'>, terminal: Terminal): string {
  switch (format) {
    case 'table':
      return queryText(result, terminal);
    case 'json':
      return jsonDocument(queryJson(result));
    case 'csv':
      return toCsv(result);
  }
}
