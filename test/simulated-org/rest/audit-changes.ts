import type { OrgState, Row } from '../model.ts';
import type { Viewer } from '../objects/viewer.ts';

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
