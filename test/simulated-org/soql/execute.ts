import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Row } from '../model.ts';
import type { ObjectDefinition, WhereShape } from '../objects/catalog.ts';
import { rowsOf, visibleFields } from '../objects/registry.ts';
import type { Viewer } from '../objects/viewer.ts';
import { SalesforceError } from '../salesforce-error.ts';
import { aggregate } from './aggregate.ts';
import { columnsOfAggregate, columnsOfPaths, type ColumnMetadata } from './columns.ts';
import { leavesOf, treeOf, type Leaf, type Tree } from './condition.ts';
import { sortIndexes, sortKeys } from './order.ts';
import { parse } from './parse.ts';
import { objectNamed, resolvePath, type Path, type Scope } from './path.ts';
import { compileTree, type Predicate } from './predicate.ts';
import { compileProjection } from './projection.ts';
import { candidates } from './range.ts';
import { malformedQuery, noSuchRelationship, placeOf } from './soql-error.ts';

export interface QueryOptions {
  readonly api: 'data' | 'tooling';
  /** queryAll: deleted rows too. */
  readonly all: boolean;
}

/** An answered query. Rows are already filtered, sorted and cut; records become JSON only when they are asked for. */
export interface QueryResult {
  readonly object: ObjectDefinition;
  readonly totalSize: number;
  /** How many records there are to fetch: 0 for count(). */
  readonly size: number;
  /** JSON text of an array of them. */
  readonly records: (start: number, end: number) => string;
  readonly columns: ColumnMetadata[];
  readonly aggregate: boolean;
}

const MAX_OFFSET = 2000;

/** @throws SalesforceError in Salesforce's words for whatever the query gets wrong. */
export function runQuery(viewer: Viewer, soql: string, options: QueryOptions): QueryResult {
  const query = parse(soql);
  return execute(viewer, soql, query, options);
}

function execute(viewer: Viewer, soql: string, query: Query & { sObject: string }, options: QueryOptions): QueryResult {
  const object = objectNamed(soql, query.sObject, options.api, viewer);
  if ((query.offset ?? 0) > MAX_OFFSET && object.paging === undefined) {
    throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  const scope: Scope = { soql, object, alias: query.sObjectAlias, viewer };
  const [first] = query.fields ?? [];
  const calls = (query.fields ?? []).some((field) => field.type === 'FieldFunctionExpression' && field.isAggregateFn);
  const bareCount = first?.type === 'FieldFunctionExpression' && calls && first.parameters.length === 0;
  const paths = calls || query.groupBy !== undefined ? undefined : selectedPaths(scope, query);

  const rows = rowsOf(object, viewer);
  const matching = filter(scope, query, rows, options);
  if (bareCount) return countResult(object, cut(matching, query).length);
  if (paths === undefined) {
    const result = aggregate(
      scope,
      query,
      Array.from(matching, (index) => rows[index] as Row),
    );
    const records = cut(result.records, query);
    return {
      object,
      totalSize: records.length,
      size: records.length,
      records: (start, end) => `[${records.slice(start, end).join(',')}]`,
      columns: columnsOfAggregate(result.columns),
      aggregate: true,
    };
  }
  const keys = sortKeys(scope, listOf(query.orderBy));
  const indexes = cut(sortIndexes(rows, matching, keys), query);
  const project = compileProjection(object, paths, viewer);
  return {
    object,
    totalSize: indexes.length,
    size: Math.min(indexes.length, object.paging?.query ?? Infinity),
    records: (start, end) => project(Array.from(indexes.subarray(start, end), (index) => rows[index] as Row)),
    columns: columnsOfPaths(paths),
    aggregate: false,
  };
}

function countResult(object: ObjectDefinition, totalSize: number): QueryResult {
  return { object, totalSize, size: 0, records: () => '[]', columns: [], aggregate: true };
}

function selectedPaths(scope: Scope, query: Query): Path[] {
  return (query.fields ?? []).flatMap((selected): Path[] => {
    switch (selected.type) {
      case 'Field':
        return [resolvePath(scope, selected.field)];
      case 'FieldRelationship':
        return [resolvePath(scope, selected.rawValue ?? [...selected.relationships, selected.field].join('.'))];
      case 'FieldFunctionExpression':
        return functionPaths(scope, query, selected.functionName, selected.parameters);
      case 'FieldSubquery': {
        const name = selected.subquery.relationshipName;
        throw noSuchRelationship(scope.soql, name, placeOf(scope.soql, name));
      }
      case 'FieldTypeof':
        throw malformedQuery("unexpected token: 'TYPEOF'");
    }
  });
}

function functionPaths(scope: Scope, query: Query, name: string, parameters: readonly unknown[]): Path[] {
  const [argument] = parameters;
  if (typeof argument !== 'string') throw malformedQuery(`unexpected token: '${name}'`);
  if (name.toUpperCase() !== 'FIELDS') return [resolvePath(scope, argument)];
  const which = argument.toUpperCase();
  if (which !== 'STANDARD' && (query.limit === undefined || query.limit > 200)) {
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  if (which === 'CUSTOM') return [];
  return visibleFields(scope.object, scope.viewer).map((field) => resolvePath(scope, field.name));
}

/** Indexes of the rows that the user may see and the query asks for, in the order of `rows`. */
function filter(scope: Scope, query: Query, rows: readonly Row[], options: QueryOptions): Uint32Array {
  const { object, viewer } = scope;
  const tree = query.where === undefined ? undefined : treeOf(query.where, scope.soql);
  const predicates: Predicate[] = [];
  if (tree !== undefined) predicates.push(compileTree(scope, tree, (inner) => semiJoin(scope, inner, options)));
  const rule = object.queryRule?.(viewer, shapeOf(scope, tree));
  if (rule !== undefined) predicates.push(rule);
  const visible = object.rowFilter?.(viewer);
  if (visible !== undefined) predicates.push(visible);
  if (!options.all) predicates.push((row) => row['IsDeleted'] !== true);

  const [first, end] = candidates(scope, rows, tree);
  const matching = new Uint32Array(end - first);
  let count = 0;
  for (let index = first; index < end; index++) {
    const row = rows[index] as Row;
    if (predicates.every((predicate) => predicate(row))) matching[count++] = index;
  }
  return matching.subarray(0, count);
}

function semiJoin(scope: Scope, inner: Query, options: QueryOptions): ReadonlySet<unknown> {
  if (inner.sObject === undefined) throw malformedQuery('A semi join sub-select needs a FROM clause');
  const object = objectNamed(scope.soql, inner.sObject, options.api, scope.viewer);
  const innerScope: Scope = { ...scope, object, alias: inner.sObjectAlias };
  const [path] = selectedPaths(innerScope, inner);
  if (path === undefined) throw malformedQuery('A semi join sub-select must select one field');
  const rows = rowsOf(object, scope.viewer);
  return new Set(Array.from(filter(innerScope, inner, rows, options), (index) => path.get(rows[index] as Row)));
}

function shapeOf(scope: Scope, tree: Tree | undefined): WhereShape {
  const leaves = tree === undefined ? [] : leavesOf(tree);
  const fields = new Set<string>();
  const pinned = new Set<string>();
  for (const leaf of leaves) {
    const name = fieldOf(scope, leaf);
    if (name === undefined) continue;
    fields.add(name);
    if (leaf.operator === '=' || leaf.operator === 'IN') pinned.add(name);
  }
  return { fields, pinned };
}

function fieldOf(scope: Scope, leaf: Leaf): string | undefined {
  if (!('field' in leaf)) return undefined;
  const path = resolvePath(scope, leaf.field);
  return path.steps.length === 0 ? path.field.name.toLowerCase() : undefined;
}

function cut<T extends { slice(start: number, end: number): T }>(items: T, query: Query): T {
  const start = query.offset ?? 0;
  return items.slice(start, query.limit === undefined ? Number.MAX_SAFE_INTEGER : start + query.limit);
}

function listOf<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
