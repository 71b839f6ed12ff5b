import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { VIEW_SETUP } from './needs.ts';
import { PERMISSIONS_THAT_MATTER } from './permissions-that-matter.ts';
import { fields, type SnapshotSource } from './source.ts';

/** Profiles as they are, with the permissions that matter. Object Reference, Profile. */
export const profileSnapshot: SnapshotSource = {
  kind: 'snapshot',
  name: 'profile_snapshot',
  title: 'Profiles',
  object: 'Profile',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id Name UserType UserLicenseId Description'),
    ...fields('timestamp', 'CreatedDate LastModifiedDate'),
    ...fields('text', 'LastModifiedById'),
  ],
  optional: [
    { fields: fields('text', 'UserLicense.Name') },
    ...PERMISSIONS_THAT_MATTER.map((name) => ({ fields: fields('boolean', `Permissions${name}`) })),
  ],
  paging: { by: 'id' },
  cadence: DAY,
  overlap: 0,
  needs: [{ anyOf: [VIEW_SETUP], costs: () => t('profiles') }],
  whenEmpty: () => t('The org shows no profiles.'),
};
