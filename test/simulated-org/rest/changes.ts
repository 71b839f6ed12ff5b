import { isId, makeId, to18 } from '../ids.ts';
import { json, noContent, type Reply } from '../http/reply.ts';
import { jsonBody, type SessionRequest } from '../http/request.ts';
import type { Row } from '../model.ts';
import type { FieldDefinition, ObjectDefinition } from '../objects/catalog.ts';
import { findRow } from '../objects/registry.ts';
import { holds } from '../objects/viewer.ts';
import type { Org } from '../org.ts';
import { methodNotAllowed, noAccess, SalesforceError } from '../salesforce-error.ts';
import { toSalesforceDate } from '../soql/dates.ts';
import { fieldNamed } from '../soql/path.ts';
import { auditAssignment, auditUserChange } from './audit-changes.ts';
import { objectOf, recordOf } from './retrieve.ts';

/** Which permission it takes to change records of an object; the tables where they are kept. */
const managed: Readonly<Record<string, { permission: string; table: 'users' | 'assignments' | 'userLogins' }>> = {
  User: { permission: 'ManageUsers', table: 'users' },
  UserLogin: { permission: 'ManageUsers', table: 'userLogins' },
  PermissionSetAssignment: { permission: 'AssignPermissionSets', table: 'assignments' },
};

/** `PATCH /sobjects/User/005…`: 204. */
export function changeRecord(org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const object = objectOf(request, groups[1]);
  const { permission, table } = managedBy(object, object.updateable, request.method);
  const row = recordOf(request, object, groups[2]);
  const changes = fieldValues(request, object, 'updateable');
  if (!holds(request.viewer, permission) && row['Id'] !== request.viewer.caller.userId) throw noAccess();
  if (!holds(request.viewer, permission) && 'ProfileId' in changes) throw noAccess();
  const changed: Row = { ...row, ...changes, ...stamps(request, false) };
  if (object.name === 'User') changed['Name'] = fullName(changed);
  org.state[table].set(String(row['Id']), changed);
  if (object.name === 'User') auditUserChange(request.viewer, row, changed);
  return noContent();
}

/** `POST /sobjects/PermissionSetAssignment`: 201 with the new Id. */
export function createRecord(org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const object = objectOf(request, groups[1]);
  const { permission, table } = managedBy(object, object.createable, request.method);
  if (!holds(request.viewer, permission)) throw noAccess();
  const values = fieldValues(request, object, 'createable');
  requireFields(object, values);
  if (object.name === 'PermissionSetAssignment') refuseDuplicate(org, values);
  if (object.name === 'User') refuseUsername(org, values);
  const id = makeId(object.keyPrefix ?? '000', 0x10000000 + org.state[table].size);
  const row: Row = { IsActive: true, IsDeleted: false, ...values, Id: id, ...stamps(request, true) };
  if (object.name === 'User') row['Name'] = fullName(row);
  org.state[table].set(id, row);
  if (object.name === 'PermissionSetAssignment') auditAssignment(request.viewer, row);
  return json({ id, success: true, errors: [] }, 201);
}

/** `DELETE /sobjects/PermissionSetAssignment/0Pa…`: 204. */
export function deleteRecord(org: Org, request: SessionRequest, groups: readonly string[]): Reply {
  const object = objectOf(request, groups[1]);
  const { permission, table } = managedBy(object, object.deletable, request.method);
  if (!holds(request.viewer, permission)) throw noAccess();
  const row = recordOf(request, object, groups[2]);
  org.state[table].delete(String(row['Id']));
  return noContent();
}

function managedBy(object: ObjectDefinition, allowed: boolean, method: string): (typeof managed)[string] {
  const entry = managed[object.name];
  if (entry === undefined || !allowed) throw methodNotAllowed(method, ['GET', 'HEAD']);
  return entry;
}

/** The body's values under the fields' own spelling; references are checked and made 18 characters long. */
function fieldValues(request: SessionRequest, object: ObjectDefinition, use: 'createable' | 'updateable'): Row {
  const values: Row = {};
  for (const [name, value] of Object.entries(jsonBody(request))) {
    if (name === 'attributes') continue;
    const field = fieldNamed(object, name, request.viewer);
    if (field === undefined) {
      throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
    if (!field[use]) {
      throw new SalesforceError(
        400,
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
        [field.name],
      );
    }
    values[field.name] = checkedValue(request, field, value);
  }
  return values;
}

function checkedValue(request: SessionRequest, field: FieldDefinition, value: unknown): unknown {
  if (value === null) return null;
  if (field.type === 'boolean' && typeof value !== 'boolean') {
    if (value === 'true' || value === 'false') return value === 'true';
    throw new SalesforceError(
      400,
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of boolean from VALUE_STRING value ${String(value)}`,
    );
  }
  if (field.type !== 'reference') return value;
  const id = String(value);
  if (!isId(id)) {
    throw new SalesforceError(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const target = field.referenceTo[0];
  const known = target === undefined ? undefined : findRow(objectOf(request, target), to18(id), request.viewer);
  if (known === undefined) {
    throw new SalesforceError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  return to18(id);
}

const required: Readonly<Record<string, readonly string[]>> = {
  PermissionSetAssignment: ['AssigneeId', 'PermissionSetId'],
  User: [
    'Username',
    'LastName',
    'Email',
    'Alias',
    'TimeZoneSidKey',
    'LocaleSidKey',
    'EmailEncodingKey',
    'ProfileId',
    'LanguageLocaleKey',
  ],
};

function requireFields(object: ObjectDefinition, values: Row): void {
  const missing = (required[object.name] ?? []).filter((name) => (values[name] ?? null) === null);
  if (missing.length === 0) return;
  throw new SalesforceError(
    400,
    'REQUIRED_FIELD_MISSING',
    `Required fields are missing: [${missing.join(', ')}]`,
    missing,
  );
}

function refuseDuplicate(org: Org, values: Row): void {
  for (const assignment of org.state.assignments.values()) {
    if (assignment['AssigneeId'] !== values['AssigneeId']) continue;
    if (assignment['PermissionSetId'] !== values['PermissionSetId']) continue;
    throw new SalesforceError(
      400,
      'DUPLICATE_VALUE',
      'Duplicate PermissionSetAssignment. Assignee: , Permission Set: ',
    );
  }
}

function refuseUsername(org: Org, values: Row): void {
  const wanted = String(values['Username']).toLowerCase();
  for (const user of org.state.users.values()) {
    if (String(user['Username']).toLowerCase() !== wanted) continue;
    throw new SalesforceError(
      400,
      'DUPLICATE_USERNAME',
      "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
      ['Username'],
    );
  }
}

function fullName(user: Row): string {
  return [user['FirstName'], user['LastName']].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

function stamps(request: SessionRequest, created: boolean): Row {
  const { now, caller } = request.viewer;
  const date = toSalesforceDate(now.getTime());
  const changed = { LastModifiedDate: date, LastModifiedById: caller.userId, SystemModstamp: date };
  return created ? { CreatedDate: date, CreatedById: caller.userId, ...changed } : changed;
}
