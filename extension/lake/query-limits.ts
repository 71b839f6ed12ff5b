import { t } from '@vscode/l10n';
import { number } from '../shared/count.ts';
import { OrgwatchError } from '../shared/errors.ts';

/** Characters of a statement: 50,000 ids in a list fit. */
const LONGEST_STATEMENT = 1 << 20;
/** Characters of a cell that is shown. */
export const LONGEST_CELL = 1 << 20;
/** Characters of an answer that goes from the worker to its parent in one piece, as JSON; also when each takes six there. */
export const LARGEST_ANSWER = 64 << 20;
const MOST_COLUMNS = 5_000;

/** DuckDB takes seconds for thousands of comments that are not closed. */
const MOST_COMMENTS = 1_000;

/** @throws OrgwatchError SQL_REJECTED for a statement that takes too long to be looked at */
export function checkStatement(sql: string): string {
  if (sql.split('/*', MOST_COMMENTS + 2).length > MOST_COMMENTS + 1) {
    throw new OrgwatchError('SQL_REJECTED', t('The statement has more than {0} comments.', number(MOST_COMMENTS)));
  }
  if (sql.length <= LONGEST_STATEMENT) return sql;
  throw new OrgwatchError(
    'SQL_REJECTED',
    t('The statement is too long: {0} characters, {1} at most.', number(sql.length), number(LONGEST_STATEMENT)),
  );
}

/** @throws OrgwatchError SQL_REJECTED for a result that is too wide */
export function checkWidth(columns: number): void {
  if (columns <= MOST_COLUMNS) return;
  throw new OrgwatchError(
    'SQL_REJECTED',
    t('The result has too many columns: {0}, {1} at most.', number(columns), number(MOST_COLUMNS)),
    { actions: [t('Ask for the columns that you need.')] },
  );
}

export function tooLarge(): OrgwatchError {
  return new OrgwatchError('SQL_FAILED', t('The answer is larger than {0} MB.', number(LARGEST_ANSWER >> 20)), {
    actions: [t('Ask for fewer rows or columns, or write them to a file: Export, on the command line --output.')],
  });
}
