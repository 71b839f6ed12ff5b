import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { MANAGE_USERS, VIEW_ALL_USERS } from './needs.ts';
import { fields, type SnapshotSource } from './source.ts';

/** Users as they are. Object Reference, User; the number of failed sign-ins takes Manage Users, UserRole its relationship. */
export const userSnapshot: SnapshotSource = {
  kind: 'snapshot',
  name: 'user_snapshot',
  title: 'Users',
  object: 'User',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id Username Name Email UserType ProfileId Profile.Name UserRoleId ManagerId Department'),
    ...fields('text', 'FederationIdentifier'),
    ...fields('boolean', 'IsActive'),
    ...fields('timestamp', 'CreatedDate LastLoginDate LastPasswordChangeDate'),
  ],
  optional: [{ fields: fields('text', 'UserRole.Name') }, { fields: fields('bigint', 'NumberOfFailedLogins') }],
  paging: { by: 'id' },
  cadence: DAY,
  overlap: 0,
  needs: [{ anyOf: [VIEW_ALL_USERS, MANAGE_USERS], costs: () => t('users that are not shared with the account') }],
  whenEmpty: () => t('The org shows no users.'),
};
