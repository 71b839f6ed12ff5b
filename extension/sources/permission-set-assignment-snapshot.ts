import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { ASSIGN_PERMISSION_SETS, MANAGE_USERS, VIEW_SETUP } from './needs.ts';
import { PERMISSIONS_THAT_MATTER } from './permissions-that-matter.ts';
import { fields, type SnapshotSource } from './source.ts';

/**
 * Who holds which permission set, with the permissions that matter. Each profile has a permission set of its own, so
 * that these are all permissions of all users, whichever way they came. Object Reference, PermissionSetAssignment: where
 * user access policies are on, an assignment that is revoked stays as a row with IsRevoked; elsewhere there is no such field.
 */
export const permissionSetAssignmentSnapshot: SnapshotSource = {
  kind: 'snapshot',
  name: 'permission_set_assignment_snapshot',
  title: 'Permission set assignments',
  object: 'PermissionSetAssignment',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id AssigneeId PermissionSetId PermissionSetGroupId PermissionSet.Name PermissionSet.Label'),
    ...fields('text', 'PermissionSet.ProfileId'),
    ...fields('boolean', 'PermissionSet.IsOwnedByProfile'),
    ...fields('timestamp', 'SystemModstamp'),
  ],
  optional: [
    { fields: fields('timestamp', 'ExpirationDate') },
    { fields: fields('boolean', 'IsActive') },
    { fields: fields('boolean', 'IsRevoked') },
    ...PERMISSIONS_THAT_MATTER.map((name) => ({
      fields: fields('boolean', `PermissionSet.Permissions${name}`),
    })),
  ],
  paging: { by: 'id' },
  cadence: DAY,
  overlap: 0,
  needs: [{ anyOf: [VIEW_SETUP, ASSIGN_PERMISSION_SETS, MANAGE_USERS], costs: () => t('permission set assignments') }],
  whenEmpty: () => t('No permission set is assigned to anybody.'),
};
