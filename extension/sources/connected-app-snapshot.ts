import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { fields, type SnapshotSource } from './source.ts';

/** Connected apps that are installed. Object Reference, ConnectedApplication. */
export const connectedAppSnapshot: SnapshotSource = {
  kind: 'snapshot',
  name: 'connected_app_snapshot',
  title: 'Connected apps',
  object: 'ConnectedApplication',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id Name StartUrl'),
    ...fields('boolean', 'OptionsAllowAdminApprovedUsersOnly OptionsHasSessionLevelPolicy'),
    ...fields('boolean', 'OptionsRefreshTokenValidityMetric'),
    ...fields('bigint', 'RefreshTokenValidityPeriod'),
  ],
  optional: [],
  paging: { by: 'id' },
  cadence: DAY,
  overlap: 0,
  needs: [],
  whenEmpty: () =>
    t('No connected app is installed. Apps that are used without being installed are not listed by Salesforce.'),
};
