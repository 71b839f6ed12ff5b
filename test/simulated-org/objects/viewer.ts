import type { Org } from '../org.ts';
import type { Caller } from '../oauth/sessions.ts';

/** Whose eyes a query looks through: the org, the running user and the API version of the request. */
export interface Viewer {
  readonly org: Org;
  readonly caller: Caller;
  /** E.g. 66 for v66.0. */
  readonly apiVersion: number;
  /** One instant for the whole request. */
  readonly now: Date;
}

export function holds(viewer: Viewer, ...anyOf: readonly string[]): boolean {
  return anyOf.some((permission) => viewer.caller.permissions.has(permission));
}
