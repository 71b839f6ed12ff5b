import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { shippedQuery } from '../insights/queries.ts';
import { OrgwatchError } from '../shared/errors.ts';

export interface SqlInput {
  /** Typed as argument. */
  readonly typed: string | undefined;
  /** Name of a file; `-` is stdin. */
  readonly file: string | undefined;
  /** Id of a query that comes with Orgwatch. */
  readonly name: string | undefined;
}

/** The statement from where it is given, else piped in. @throws OrgwatchError USAGE */
export async function readSql({ typed, file, name }: SqlInput): Promise<string> {
  if ([typed, file, name].filter((each) => each !== undefined).length > 1) {
    throw usage('SQL is given twice: take one of the argument, --name and --file.');
  }
  const sql = typed ?? (name !== undefined ? shipped(name) : await readSqlFrom(file));
  if (sql.trim() === '') throw usage('There is no SQL to run.');
  return sql;
}

function shipped(name: string): string {
  const query = shippedQuery(name);
  if (query !== undefined) return query.sql;
  throw new OrgwatchError('USAGE', `No query named “${name}” comes with Orgwatch.`, {
    actions: ['orgwatch query --list shows those that do.'],
  });
}

async function readSqlFrom(file: string | undefined): Promise<string> {
  return file === undefined || file === '-' ? readStdin() : readSqlFile(file);
}

async function readSqlFile(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    return await readBeginning(handle.createReadStream());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${file} cannot be read (${code ?? 'unknown reason'}).`, error);
  }
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) throw usage('There is no SQL to run.');
  return readBeginning(process.stdin);
}

/** More than any statement that is taken: a file may be a link to what never ends. In bytes. */
const MOST_READ = 8 << 20;

async function readBeginning(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_READ) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function usage(message: string, cause?: unknown): OrgwatchError {
  return new OrgwatchError('USAGE', message, {
    actions: [
      'orgwatch query "SELECT * FROM login_history LIMIT 20"',
      'orgwatch query --list shows the queries that come with Orgwatch.',
    ],
    ...(cause === undefined ? {} : { cause }),
  });
}
