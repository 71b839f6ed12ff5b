import { isId, to18 } from '../ids.ts';
import { json, type Reply } from '../http/reply.ts';
import type { SessionRequest } from '../http/request.ts';
import type { Row } from '../model.ts';
import type { ObjectDefinition } from '../objects/catalog.ts';
import { findObject, findRow, visibleFields } from '../objects/registry.ts';
import type { Org } from '../org.ts';
import { notFound, SalesforceError } from '../salesforce-error.ts';
import { fieldNamed } from '../soql/path.ts';
import { compileProjection } from '../soql/projection.ts';

/** `GET /sobjects/User/005…?fields=…`. */
export function retrieve(_org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const { viewer } = request;
  const object = objectOf(request, groups[1]);
  const row = recordOf(request, object, groups[2]);
  const names = request.query.get('fields');
  const fields =
    names === null
      ? visibleFields(object, viewer)
      : names.split(',').map((name) => {
          const field = fieldNamed(object, name.trim(), viewer);
          if (field !== undefined) return field;
          throw new SalesforceError(
            400,
            'INVALID_FIELD',
            `No such column '${name.trim()}' on sobject of type ${object.name}`,
          );
        });
  const get = (): null => null;
  const project = compileProjection(
    object,
    fields.map((field) => ({ steps: [], object, field, get })),
    viewer,
  );
  return json(project([row]).slice(1, -1));
}

/** @throws SalesforceError NOT_FOUND */
export function objectOf(request: SessionRequest, name: string | undefined): ObjectDefinition {
  const object = findObject(name ?? '', 'data', request.viewer);
  if (object === undefined) throw notFound();
  return object;
}

/** The record if it exists and the user may see it. @throws SalesforceError MALFORMED_ID, NOT_FOUND */
export function recordOf(request: SessionRequest, object: ObjectDefinition, id: string | undefined): Row {
  if (id === undefined || !isId(id)) {
    throw new SalesforceError(400, 'MALFORMED_ID', `malformed id ${id ?? ''}`, ['Id']);
  }
  const row = findRow(object, to18(id), request.viewer);
  const mayBeSeen = object.rowFilter?.(request.viewer) ?? (() => true);
  if (row === undefined || !mayBeSeen(row)) {
    throw notFound();
  }
  return row;
}
