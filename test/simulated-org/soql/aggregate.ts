import type { FieldFunctionExpression, FunctionExp, GroupByClause, Query } from '@jetstreamapp/soql-parser-js';
import type { Row } from '../model.ts';
import type { FieldType } from '../objects/catalog.ts';
import { treeOf, type Leaf, type Tree } from './condition.ts';
import { resolveFunction } from './functions.ts';
import { comparatorOf, directionOf } from './order.ts';
import { requireUse, resolvePath, type Scope } from './path.ts';
import { serialise } from './projection.ts';
import { malformedQuery, placeOf, soqlError } from './soql-error.ts';

/** A column of an aggregate result: a grouped field or the outcome of a function. */
export interface AggregateColumn {
  readonly key: string;
  readonly label: string;
  readonly aggregate: boolean;
  readonly type: FieldType;
  readonly valueOf: (group: Group) => unknown;
}

/** Rows that share the values of the grouped fields. */
interface Group {
  readonly values: readonly unknown[];
  readonly rows: Row[];
}

interface Grouping {
  readonly text: string;
  readonly type: FieldType;
  readonly get: (row: Row) => unknown;
}

/** AggregateResult records as JSON texts, in the query's order; no LIMIT applied yet. */
export function aggregate(
  scope: Scope,
  query: Query,
  rows: readonly Row[],
): { columns: AggregateColumn[]; records: string[] } {
  const groupings = listOf(query.groupBy).map((clause) => groupingOf(scope, clause));
  const columns = columnsOf(scope, query, groupings);
  let groups = groupRows(rows, groupings);
  if (query.having !== undefined) {
    const tree = treeOf(query.having, scope.soql);
    groups = groups.filter((group) => holdsFor(scope, tree, group, groupings));
  }
  const keys = listOf(query.orderBy).map((clause) => ({
    get: 'field' in clause ? named(scope, clause.field, columns, groupings) : computed(scope, clause.fn).valueOf,
    ...directionOf(clause),
  }));
  groups.sort(comparatorOf(keys));
  const records = groups.map((group) => {
    const values = columns.map(
      (column) => `,${JSON.stringify(column.key)}:${serialise(column.valueOf(group), column.type)}`,
    );
    return `{"attributes":{"type":"AggregateResult"}${values.join('')}}`;
  });
  return { columns, records };
}

function groupingOf(scope: Scope, clause: GroupByClause): Grouping {
  if ('field' in clause) {
    const path = resolvePath(scope, clause.field);
    requireUse(scope, path, 'grouped', clause.field);
    return { text: clause.field.toLowerCase(), type: path.field.type, get: path.get };
  }
  const call = resolveFunction(scope, clause.fn);
  return { text: (clause.fn.rawValue ?? '').toLowerCase(), type: call.type, get: call.get };
}

function groupRows(rows: readonly Row[], groupings: readonly Grouping[]): Group[] {
  if (groupings.length === 0) return [{ values: [], rows: [...rows] }];
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const values = groupings.map((grouping) => grouping.get(row));
    const key = JSON.stringify(values);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { values, rows: [] }));
    group.rows.push(row);
  }
  return [...groups.values()];
}

function columnsOf(scope: Scope, query: Query, groupings: readonly Grouping[]): AggregateColumn[] {
  let unnamed = 0;
  return (query.fields ?? []).map((selected) => {
    if (selected.type === 'FieldFunctionExpression') {
      const text = selected.rawValue ?? selected.functionName;
      const position = groupings.findIndex((grouping) => grouping.text === text.toLowerCase());
      const key = selected.alias ?? `expr${unnamed++}`;
      if (position >= 0) return groupColumn(groupings[position] as Grouping, position, key, text);
      return { ...computed(scope, selected), key };
    }
    if (selected.type !== 'Field' && selected.type !== 'FieldRelationship') {
      throw malformedQuery('Grouped query cannot use child relationships in the SELECT list');
    }
    const text = 'rawValue' in selected && selected.rawValue !== undefined ? selected.rawValue : selected.field;
    const position = groupings.findIndex((grouping) => grouping.text === text.toLowerCase());
    if (position < 0) {
      throw soqlError(
        'MALFORMED_QUERY',
        scope.soql,
        placeOf(scope.soql, text),
        `Field must be grouped or aggregated: ${text}`,
      );
    }
    const name = resolvePath(scope, text).field.name;
    const alias = 'alias' in selected ? selected.alias : undefined;
    return groupColumn(groupings[position] as Grouping, position, alias ?? name, text);
  });
}

function groupColumn(grouping: Grouping, position: number, key: string, label: string): AggregateColumn {
  return { key, label, aggregate: false, type: grouping.type, valueOf: (group) => group.values[position] };
}

function computed(scope: Scope, call: FunctionExp | FieldFunctionExpression): AggregateColumn {
  const { functionName = '', parameters = [], rawValue = functionName } = call;
  const name = functionName.toUpperCase();
  const argument = parameters[0];
  if (typeof argument !== 'string') throw malformedQuery(`unexpected token: '${functionName}'`);
  const path = resolvePath(scope, argument);
  const valuesOf = (group: Group): unknown[] => group.rows.map(path.get).filter((value) => value !== null);
  const isNumber = path.field.type === 'int' || path.field.type === 'double';
  const refuse = (): never => {
    throw soqlError(
      'MALFORMED_QUERY',
      scope.soql,
      placeOf(scope.soql, functionName),
      `field ${path.field.name} does not support aggregate operator ${name}`,
    );
  };
  if (!scope.object.aggregates || ((name === 'SUM' || name === 'AVG') && !isNumber)) refuse();
  const functions: Record<string, [FieldType, (values: unknown[]) => unknown]> = {
    COUNT: ['int', (values) => values.length],
    COUNT_DISTINCT: ['int', (values) => new Set(values).size],
    MIN: [path.field.type, (values) => values.reduce((a, b) => ((a as string) <= (b as string) ? a : b), values[0])],
    MAX: [path.field.type, (values) => values.reduce((a, b) => ((a as string) >= (b as string) ? a : b), values[0])],
    SUM: ['double', (values) => (values.length === 0 ? null : sum(values))],
    AVG: ['double', (values) => (values.length === 0 ? null : sum(values) / values.length)],
  };
  const [type, reduce] = functions[name] ?? refuse();
  return { key: rawValue, label: rawValue, aggregate: true, type, valueOf: (group) => reduce(valuesOf(group)) ?? null };
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0);
}

function named(
  scope: Scope,
  text: string,
  columns: readonly AggregateColumn[],
  groupings: readonly Grouping[],
): (group: Group) => unknown {
  const position = groupings.findIndex((grouping) => grouping.text === text.toLowerCase());
  if (position >= 0) return (group) => group.values[position];
  const column = columns.find(({ key }) => key.toLowerCase() === text.toLowerCase());
  if (column !== undefined) return column.valueOf;
  throw soqlError(
    'MALFORMED_QUERY',
    scope.soql,
    placeOf(scope.soql, text, placeOf(scope.soql, 'ORDER')),
    `Ordered field must be grouped or aggregated: ${text}`,
  );
}

function holdsFor(scope: Scope, tree: Tree, group: Group, groupings: readonly Grouping[]): boolean {
  if (tree.kind === 'test') return compareHaving(scope, tree.test, group, groupings);
  if (tree.kind === 'not') return !holdsFor(scope, tree.part, group, groupings);
  const holds = (part: Tree): boolean => holdsFor(scope, part, group, groupings);
  return tree.kind === 'and' ? tree.parts.every(holds) : tree.parts.some(holds);
}

function compareHaving(scope: Scope, leaf: Leaf, group: Group, groupings: readonly Grouping[]): boolean {
  const value = 'fn' in leaf ? computed(scope, leaf.fn).valueOf(group) : named(scope, leaf.field, [], groupings)(group);
  const text = 'value' in leaf && typeof leaf.value === 'string' ? leaf.value : '';
  const wanted = text.startsWith("'") ? text.slice(1, -1) : Number(text);
  const operators: Record<string, (a: string, b: string) => boolean> = {
    '=': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  };
  const operator = operators[leaf.operator];
  if (operator === undefined) throw malformedQuery(`unexpected token: '${leaf.operator}'`);
  return operator(value as string, wanted as string);
}

function listOf<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
