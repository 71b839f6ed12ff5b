import type { OrgState } from './model.ts';

/** What a user may do: the profile's permissions and those of all assigned permission sets. */
export function permissionsOf(state: OrgState, userId: string): Set<string> {
  const user = state.users.get(userId);
  const profile = state.profiles.get(String(user?.['ProfileId']));
  const permissions = new Set(profile?.permissions);
  for (const assignment of state.assignments.values()) {
    if (assignment['AssigneeId'] !== userId) continue;
    const assigned = state.permissionSets.get(String(assignment['PermissionSetId']));
    for (const permission of assigned?.permissions ?? []) permissions.add(permission);
  }
  return permissions;
}

/** Whether content deliveries are on now: ContentSettings as deploys left it. */
export function contentDeliveriesOn(state: OrgState): boolean {
  return String(state.settings.get('ContentSettings')?.['enableContentDistribution']) === 'true';
}
