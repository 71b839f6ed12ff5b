import { makeId } from './ids.ts';
import type { SetupChange } from './metadata/index.ts';
import type { OrgState, Row } from './model.ts';
import type { Viewer } from './objects/viewer.ts';
import { toSalesforceDate } from './soql/dates.ts';

/** Setup Audit Trail of what clients really did to this org: deploys, profiles given, permission sets assigned. */
export class AuditLog {
  readonly #now: () => Date;
  readonly #rows: Row[] = [];
  #merged: { base: readonly Row[]; own: number; rows: readonly Row[] } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get size(): number {
    return this.#rows.length;
  }

  add(change: SetupChange): void {
    const date = toSalesforceDate(this.#now().getTime());
    this.#rows.push({
      Id: makeId('0Ym', 0x7000000000 + this.#rows.length),
      Action: change.action,
      Section: change.section,
      Display: change.display,
      CreatedDate: date,
      CreatedById: change.userId,
      DelegateUser: null,
      ResponsibleNamespacePrefix: null,
      CreatedByContext: null,
      CreatedByIssuer: null,
      SystemModstamp: date,
    });
  }

  /** The rows of the dataset and these, ascending by CreatedDate; the same array while neither changes. */
  mergedWith(base: readonly Row[]): readonly Row[] {
    if (this.#rows.length === 0) return base;
    if (this.#merged?.base !== base || this.#merged.own !== this.#rows.length) {
      const byDate = (a: Row, b: Row): number => ((a['CreatedDate'] as string) < (b['CreatedDate'] as string) ? -1 : 1);
      this.#merged = { base, own: this.#rows.length, rows: [...base, ...this.#rows].sort(byDate) };
    }
    return this.#merged.rows;
  }
}

/** A user who was given another profile leaves a row behind; other changes to users do not. */
export function auditUserChange(viewer: Viewer, before: Row, after: Row): void {
  if (before['ProfileId'] === after['ProfileId']) return;
  const { state, auditLog } = viewer.org;
  const [from, to] = [before, after].map((user) => state.profiles.get(String(user['ProfileId'])));
  const kind = (custom: boolean | undefined): string => (custom === true ? 'cust' : 'std');
  auditLog.add({
    action: `changedprofileforuser${kind(from?.custom)}to${kind(to?.custom)}`,
    section: 'Manage Users',
    display: `Changed profile for user ${nameOf(after)} from ${from?.name ?? ''} to ${to?.name ?? ''}`,
    userId: viewer.caller.userId,
  });
}

export function auditAssignment(viewer: Viewer, assignment: Row): void {
  const { state, auditLog } = viewer.org;
  const user = state.users.get(String(assignment['AssigneeId'])) ?? {};
  auditLog.add({
    action: 'PermSetAssign',
    section: 'Manage Users',
    display: `Permission set ${labelOf(state, assignment)}: assigned to user ${nameOf(user)}`,
    userId: viewer.caller.userId,
  });
}

function nameOf(user: Row): string {
  return `${String(user['Name'])} (UserID: [${String(user['Id']).slice(0, 15)}])`;
}

function labelOf(state: OrgState, assignment: Row): string {
  return state.permissionSets.get(String(assignment['PermissionSetId']))?.label ?? '';
}
