import { findPermission } from '../metadata/permissions.ts';
import { field, type FieldDefinition } from './catalog.ts';
import type { Viewer } from './viewer.ts';

/** `Permissions…` fields: those of the org only, so that asking for another is INVALID_FIELD. */
export function permissionFields(viewer: Viewer, flags: string): FieldDefinition[] {
  return [...viewer.org.state.knownPermissions].map((name) =>
    field(`Permissions${name}`, 'boolean', flags, { label: findPermission(name)?.label ?? name }),
  );
}

/** The values of those fields. */
export function permissionValues(known: ReadonlySet<string>, held: ReadonlySet<string>): Record<string, boolean> {
  return Object.fromEntries([...known].map((name) => [`Permissions${name}`, held.has(name)]));
}
