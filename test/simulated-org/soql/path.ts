import type { Row } from '../model.ts';
import type { FieldDefinition, ObjectDefinition } from '../objects/catalog.ts';
import { findObject, rowFinder, visibleFields } from '../objects/registry.ts';
import type { Viewer } from '../objects/viewer.ts';
import { noSuchColumn, noSuchRelationship, noSuchType, placeOf, soqlError } from './soql-error.ts';

/** A step of a field path: from a row of one object to the row that its reference points at. */
export interface Step {
  readonly relationship: string;
  readonly object: ObjectDefinition;
  readonly follow: (row: Row) => Row | undefined;
}

/** A field path such as `CreatedBy.Profile.Name`, resolved. */
export interface Path {
  readonly steps: readonly Step[];
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
  /** The field's value seen from a row of the query's object; null where a reference is empty. */
  readonly get: (row: Row) => unknown;
}

/** What names in a query are resolved against. */
export interface Scope {
  readonly soql: string;
  readonly object: ObjectDefinition;
  readonly alias: string | undefined;
  readonly viewer: Viewer;
}

/** @throws SalesforceError INVALID_TYPE. */
export function objectNamed(soql: string, name: string, api: 'data' | 'tooling', viewer: Viewer): ObjectDefinition {
  const object = findObject(name, api, viewer);
  if (object === undefined) throw noSuchType(soql, name, placeOf(soql, name, placeOf(soql, 'FROM')));
  return object;
}

/** @throws SalesforceError INVALID_FIELD for a field or relationship that the viewer's org does not show. */
export function resolvePath(scope: Scope, text: string): Path {
  const names = text.split('.');
  const prefixes = [scope.alias, scope.object.name].map((name) => name?.toLowerCase());
  if (names.length > 1 && prefixes.includes((names[0] as string).toLowerCase())) names.shift();
  const at = placeOf(scope.soql, text);
  let object = scope.object;
  const steps: Step[] = [];
  for (const name of names.slice(0, -1)) {
    const step = followRelationship(scope, object, name, at);
    steps.push(step);
    object = step.object;
  }
  const last = names.at(-1) as string;
  const field = fieldNamed(object, last, scope.viewer);
  if (field === undefined) throw noSuchColumn(scope.soql, last, object.name, at);
  return { steps, object, field, get: getter(steps, field, scope.viewer) };
}

export type Use = 'filtered' | 'sorted' | 'grouped';

/** @throws SalesforceError where the field cannot be used so: INVALID_FIELD to filter, MALFORMED_QUERY to sort or group. */
export function requireUse(scope: Scope, path: Path, use: Use, text: string): void {
  const { filterable, sortable, groupable } = path.field;
  const allowed = use === 'filtered' ? filterable : use === 'sorted' ? sortable : groupable;
  if (allowed) return;
  const clause = { filtered: 'WHERE', sorted: 'ORDER', grouped: 'GROUP' }[use];
  throw soqlError(
    use === 'filtered' ? 'INVALID_FIELD' : 'MALFORMED_QUERY',
    scope.soql,
    placeOf(scope.soql, text, placeOf(scope.soql, clause)),
    `field '${path.field.name}' can not be ${use} in a query call`,
  );
}

export function fieldNamed(object: ObjectDefinition, name: string, viewer: Viewer): FieldDefinition | undefined {
  const wanted = name.toLowerCase();
  return visibleFields(object, viewer).find((field) => field.name.toLowerCase() === wanted);
}

function followRelationship(scope: Scope, object: ObjectDefinition, name: string, at: number): Step {
  const wanted = name.toLowerCase();
  const reference = visibleFields(object, scope.viewer).find(
    (field) => field.relationshipName?.toLowerCase() === wanted,
  );
  const target = reference?.referenceTo[0];
  const targetObject = target === undefined ? undefined : findObject(target, 'data', scope.viewer);
  if (reference === undefined || targetObject === undefined) throw noSuchRelationship(scope.soql, name, at);
  const find = rowFinder(targetObject, scope.viewer);
  return {
    relationship: reference.relationshipName as string,
    object: targetObject,
    follow: (row) => find(row[reference.name]),
  };
}

function getter(steps: readonly Step[], field: FieldDefinition, viewer: Viewer): (row: Row) => unknown {
  const { name, value } = field;
  const read = value === undefined ? (row: Row) => row[name] ?? null : (row: Row) => value(row, viewer);
  if (steps.length === 0) return read;
  return (row) => {
    let current: Row | undefined = row;
    for (const step of steps) {
      current = step.follow(current);
      if (current === undefined) return null;
    }
    return read(current);
  };
}
