import type { SnapshotSource, SourceField } from './source.ts';

/** Where a query of a snapshot begins. */
export type SnapshotPlace =
  /** Behind this Id; null: at the first. */
  | { readonly afterId: string | null }
  /** Behind so many records. */
  | { readonly offset: number }
  /** At the records that have one of these values. */
  | { readonly values: readonly string[] };

/** One query of a snapshot. */
export function snapshotQuery(source: SnapshotSource, fields: readonly SourceField[], place: SnapshotPlace): string {
  const names = fields.map((field) => field.name).join(', ');
  return `SELECT ${names} FROM ${source.object} ${clauses(source, place)}`;
}

function clauses({ paging }: SnapshotSource, place: SnapshotPlace): string {
  if ('afterId' in place) return `${place.afterId === null ? '' : `WHERE Id > ${id(place.afterId)} `}ORDER BY Id ASC`;
  if ('offset' in place)
    return `LIMIT ${String(paging.by === 'offset' ? paging.most : 1)} OFFSET ${String(place.offset)}`;
  return `WHERE ${paging.by === 'values' ? paging.field : 'Id'} IN (${place.values.map(id).join(', ')})`;
}

function id(value: string): string {
  return `'${value.replaceAll(/[^A-Za-z0-9]/g, '')}'`;
}
