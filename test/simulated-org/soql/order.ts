import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row } from '../model.ts';
import { comparable, familyOf } from './literal.ts';
import { requireUse, resolvePath, type Scope } from './path.ts';
import { malformedQuery } from './soql-error.ts';

type Comparator<T> = (a: T, b: T) => number;

/** One key to sort by. Nulls come first unless said otherwise, whatever the direction. */
export interface SortKey<T> {
  readonly get: (item: T) => unknown;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export function directionOf(clause: OrderByClause): { descending: boolean; nullsLast: boolean } {
  return { descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST' };
}

export function comparatorOf<T>(keys: readonly SortKey<T>[]): Comparator<T> {
  return (a, b) => {
    for (const key of keys) {
      const order = compareValues(key.get(a), key.get(b), key);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareValues(a: unknown, b: unknown, key: { descending: boolean; nullsLast: boolean }): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : key.nullsLast ? 1 : -1;
  if (b === null || b === undefined) return key.nullsLast ? -1 : 1;
  const order = (a as string) < (b as string) ? -1 : 1;
  return key.descending ? -order : order;
}

/** Keys of an ORDER BY over rows. @throws SalesforceError MALFORMED_QUERY for a field that cannot be sorted on. */
export function sortKeys(scope: Scope, clauses: readonly OrderByClause[]): SortKey<Row>[] {
  return clauses.map((clause) => {
    if (!('field' in clause)) throw malformedQuery(`unexpected token: '${clause.fn.functionName ?? ''}'`);
    const path = resolvePath(scope, clause.field);
    requireUse(scope, path, 'sorted', clause.field);
    const family = familyOf(path.field.type);
    const get = family === 'text' ? (row: Row) => comparable(family, path.get(row)) : path.get;
    return { get, ...directionOf(clause) };
  });
}

/** Sorts indexes into `rows`. Rows that compare equal keep the order of `rows`; sorted input costs one pass. */
export function sortIndexes(rows: readonly Row[], indexes: Uint32Array, keys: readonly SortKey<Row>[]): Uint32Array {
  if (keys.length === 0) return indexes;
  const compare = comparatorOf(keys);
  const byRow: Comparator<number> = (a, b) => compare(rows[a] as Row, rows[b] as Row);
  if (isSorted(indexes, byRow)) return indexes;
  const reversed = indexes.slice().reverse();
  if (isSorted(reversed, byRow)) return reversed;
  return indexes.sort(byRow);
}

function isSorted(indexes: Uint32Array, compare: Comparator<number>): boolean {
  for (let index = 1; index < indexes.length; index++) {
    if (compare(indexes[index - 1] as number, indexes[index] as number) > 0) return false;
  }
  return true;
}
