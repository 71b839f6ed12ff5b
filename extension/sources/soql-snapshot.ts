import type { SourceField } from './source.ts';

/** Where a query of a snapshot begins. */
export type SnapshotPlace =
  /** Behind this Id; null: at the first. So many records at most; Infinity: all. */
  | { readonly afterId: string | null; readonly most: number }
  /** Behind so many records; so many at most. */
  | { readonly offset: number; readonly most: number }
  /** At the records that have one of these values in a field. */
  | { readonly field: string; readonly values: readonly string[] };

/** One query of a snapshot. */
export function snapshotQuery(object: string, fields: readonly SourceField[], place: SnapshotPlace): string {
  const names = fields.map((field) => field.name).join(', ');
  return `SELECT ${names} FROM ${object} ${clauses(place)}`;
}

function clauses(place: SnapshotPlace): string {
  if ('values' in place) return `WHERE ${place.field} IN (${place.values.map(id).join(', ')})`;
  if ('offset' in place) return `LIMIT ${String(place.most)} OFFSET ${String(place.offset)}`;
  const condition = place.afterId === null ? '' : `WHERE Id > ${id(place.afterId)} `;
  return `${condition}ORDER BY Id ASC${place.most === Infinity ? '' : ` LIMIT ${String(place.most)}`}`;
}

function id(value: string): string {
  return `'${value.replaceAll(/[^A-Za-z0-9]/g, '')}'`;
}
