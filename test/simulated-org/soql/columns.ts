import type { FieldType, ObjectDefinition } from '../objects/catalog.ts';
import type { AggregateColumn } from './aggregate.ts';
import type { Path } from './path.ts';

/** One entry of `columnMetadata`, which `?columns=true` asks for. */
export interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: ColumnMetadata[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

const apexTypes: Partial<Record<FieldType, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  date: 'Date',
  datetime: 'Datetime',
};

function column(name: string, type: FieldType | undefined): ColumnMetadata {
  const apexType = type === undefined ? null : (apexTypes[type] ?? 'String');
  return {
    aggregate: false,
    apexType,
    booleanType: type === 'boolean',
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: type === 'int' || type === 'double',
    textType: apexType === 'String' || apexType === 'Id',
    updatable: false,
  };
}

/** Columns of a plain query; fields of a related record lie in `joinColumns` of their relationship. */
export function columnsOfPaths(paths: readonly Path[]): ColumnMetadata[] {
  const columns: ColumnMetadata[] = [];
  for (const { steps, field } of paths) {
    let level = columns;
    for (const { relationship } of steps) {
      let join = level.find((candidate) => candidate.foreignKeyName === relationship);
      if (join === undefined) level.push((join = { ...column(relationship, undefined), foreignKeyName: relationship }));
      level = join.joinColumns;
    }
    level.push({ ...column(field.name, field.type), insertable: field.createable, updatable: field.updateable });
  }
  return columns;
}

export function columnsOfAggregate(columns: readonly AggregateColumn[]): ColumnMetadata[] {
  return columns.map(({ key, label, type, aggregate }) => ({ ...column(key, type), aggregate, displayName: label }));
}

/** The body of `GET /query?q=…&columns=true`. */
export function columnsBody(object: ObjectDefinition, columns: readonly ColumnMetadata[]): object {
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: columns.some(({ aggregate }) => aggregate),
    idSelected: columns.some(({ columnName }) => columnName === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}
