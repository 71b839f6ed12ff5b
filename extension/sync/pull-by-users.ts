import { t } from '@vscode/l10n';
import { MOST_IDS } from '../sources/soql.ts';
import type { SnapshotPaging, SourceField } from '../sources/source.ts';
import { queryPart, type SnapshotPull } from './query-part.ts';
import { isRecord } from './read-page.ts';

/**
 * Brings what is left of a snapshot to disk by whose records they are: those of some users at a time, fewer where they
 * have more records than a query brings.
 */
export async function pullByUsers(
  pull: SnapshotPull,
  fields: readonly SourceField[],
  { most, user }: SnapshotPaging & { by: 'offset' },
): Promise<boolean> {
  const left = (await userIds(pull)).filter((id) => pull.reached === null || id > pull.reached);
  let users = MOST_IDS;
  for (let from = 0; from < left.length;) {
    const count = Math.max(1, Math.floor(Math.min(users, pull.portions.most)));
    const values = left.slice(from, from + count);
    let isTaken = true;
    let came = 0;
    await queryPart(pull, fields, { field: user, values }, (page) => {
      // A query that brings as many as one brings may have left some out.
      isTaken = values.length === 1 || page.totalSize < most;
      if (!isTaken) return undefined;
      came += page.records.length;
      const isShort = page.done && came >= most;
      if (isShort) tellShort(pull, values, most);
      return {
        reached: page.done ? (values.at(-1) ?? null) : pull.reached,
        isLast: page.done && from + count >= left.length,
        isAllToBeHad: isShort,
      };
    });
    if (isTaken) from += count;
    else users = Math.max(1, Math.floor(values.length / 2));
  }
  const { ledger } = pull.run.parts;
  if (left.length === 0) ledger.transaction(() => ledger.windows.move(pull.window.id, null, true));
  return true;
}

/** One user alone has as many records as a query brings. */
function tellShort({ run, source }: SnapshotPull, [user = '']: readonly string[], most: number): void {
  run.short.push(t('{0} of user {1} beyond the first {2}', source.object, user, most));
}

/** Of every user that the account sees, in order. */
async function userIds({ run }: SnapshotPull): Promise<readonly string[]> {
  const { door, signal } = run.parts;
  const ids: string[] = [];
  const options = { purpose: t('query {0}', 'User'), onCall: run.onCall, signal };
  for await (const page of door.query('SELECT Id FROM User ORDER BY Id ASC', options)) {
    for (const entry of page.records.filter(isRecord)) ids.push(String(entry['Id']));
  }
  return ids.sort();
}
