import type { Row } from '../model.ts';
import type { FieldDefinition, ObjectDefinition } from './catalog.ts';
import { connectedAppObjects } from './connected-apps.ts';
import { contentObjects } from './content.ts';
import { eventLogFile } from './event-log-file.ts';
import { licenseObjects } from './licenses.ts';
import { loginObjects } from './login-history.ts';
import { organization } from './organization.ts';
import { permissionObjects } from './permission-sets.ts';
import { setupAuditTrail } from './setup-audit-trail.ts';
import { toolingObjects } from './tooling.ts';
import { userObjects } from './user.ts';
import type { Org } from '../org.ts';
import type { Viewer } from './viewer.ts';

/** Every object of the simulated org. Adding one is adding its definition here. */
export const objects: readonly ObjectDefinition[] = [
  ...connectedAppObjects,
  ...contentObjects,
  eventLogFile,
  ...licenseObjects,
  ...loginObjects,
  organization,
  ...permissionObjects,
  setupAuditTrail,
  ...toolingObjects,
  ...userObjects,
];

const byName = new Map(objects.map((object) => [`${object.api}/${object.name.toLowerCase()}`, object]));

/** The object of that name if this user of this org may know of it. The Tooling API shows the data objects too. */
export function findObject(name: string, api: 'data' | 'tooling', viewer: Viewer): ObjectDefinition | undefined {
  const key = name.toLowerCase();
  const object = byName.get(`${api}/${key}`) ?? (api === 'tooling' ? byName.get(`data/${key}`) : undefined);
  return object?.visible(viewer) === true ? object : undefined;
}

export function visibleFields(object: ObjectDefinition, viewer: Viewer): readonly FieldDefinition[] {
  const fields = typeof object.fields === 'function' ? object.fields(viewer) : object.fields;
  return fields.filter(
    (field) =>
      viewer.apiVersion >= field.since && field.visible(viewer) && !viewer.org.faults.hides(object.name, field.name),
  );
}

const rowsSeen = new WeakMap<Viewer, Map<ObjectDefinition, readonly Row[]>>();

/** Rows by Id, and which rows these were: an org that only grows needs no new index for every new row. */
interface Index {
  readonly rows: Map<unknown, Row>;
  last: Row | undefined;
  count: number;
}

const indexes = new WeakMap<Org, Map<ObjectDefinition, Index>>();

/** All rows of an object, the same array throughout one request; visibility of rows is the caller's to apply. */
export function rowsOf(object: ObjectDefinition, viewer: Viewer): readonly Row[] {
  const seen = rowsSeen.get(viewer) ?? new Map<ObjectDefinition, readonly Row[]>();
  rowsSeen.set(viewer, seen);
  const rows = seen.get(object) ?? object.rows(viewer);
  seen.set(object, rows);
  return rows;
}

/** Finds rows by Id, whether or not the viewer may see them; what that needs is made when it is first asked. */
export function rowFinder(object: ObjectDefinition, viewer: Viewer): (id: unknown) => Row | undefined {
  const { users } = viewer.org.state;
  if (object.name === 'User') return (id) => users.get(id as string);
  let index: ReadonlyMap<unknown, Row> | undefined;
  return (id) => {
    if (id === null || id === undefined) return undefined;
    index ??= indexOf(object, viewer);
    return index.get(id);
  };
}

export function findRow(object: ObjectDefinition, id: string, viewer: Viewer): Row | undefined {
  return rowFinder(object, viewer)(id);
}

function indexOf(object: ObjectDefinition, viewer: Viewer): ReadonlyMap<unknown, Row> {
  const rows = rowsOf(object, viewer);
  if (object.ascendingBy === undefined) return new Map(rows.map((row) => [row['Id'], row]));
  const ofOrg = indexes.get(viewer.org) ?? new Map<ObjectDefinition, Index>();
  indexes.set(viewer.org, ofOrg);
  const known = ofOrg.get(object);
  const grown = known !== undefined && known.count <= rows.length && rows[known.count - 1] === known.last;
  const index: Index = grown ? known : { rows: new Map(), last: undefined, count: 0 };
  for (const row of index.count === 0 ? rows : rows.slice(index.count)) index.rows.set(row['Id'], row);
  index.last = rows.at(-1);
  index.count = rows.length;
  ofOrg.set(object, index);
  return index.rows;
}
