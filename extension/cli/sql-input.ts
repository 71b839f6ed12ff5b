import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { OrgwatchError } from '../shared/errors.ts';

/** The statement: typed as argument, from a file (`-` is stdin), or piped in. @throws OrgwatchError USAGE */
export async function readSql(typed: string | undefined, file: string | undefined): Promise<string> {
  if (typed !== undefined && file !== undefined) throw usage('SQL is given twice: as argument and with --file.');
  const sql = typed ?? (file !== undefined && file !== '-' ? await readSqlFile(file) : await readStdin());
  if (sql.trim() === '') throw usage('There is no SQL to run.');
  return sql;
}

async function readSqlFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${file} cannot be read (${code ?? 'unknown reason'}).`, error);
  }
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) throw usage('There is no SQL to run.');
  return text(process.stdin);
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
