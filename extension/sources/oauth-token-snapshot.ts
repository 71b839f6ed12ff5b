import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { CUSTOMIZE_APPLICATION } from './needs.ts';
import { fields, type SnapshotSource } from './source.ts';

/**
 * Which applications hold access to which accounts. Object Reference, OauthToken: Id is always null; a query brings
 * 2,500 records at most, and further ones with OFFSET, or by UserId: the SOQL reference allows no OFFSET above 2,000.
 * Without Customize Application one sees one's own tokens only. AccessToken, RequestToken and DeleteToken are secrets and are never asked for.
 */
export const oauthTokenSnapshot: SnapshotSource = {
  kind: 'snapshot',
  name: 'oauth_token_snapshot',
  title: 'OAuth tokens',
  object: 'OauthToken',
  key: [],
  fields: [
    ...fields('text', 'AppName AppMenuItemId UserId'),
    ...fields('timestamp', 'LastUsedDate'),
    ...fields('bigint', 'UseCount'),
  ],
  optional: [{ fields: fields('timestamp', 'CreatedDate') }],
  paging: { by: 'offset', most: 2500, user: 'UserId' },
  owner: 'UserId',
  cadence: DAY,
  overlap: 0,
  needs: [{ anyOf: [CUSTOMIZE_APPLICATION], costs: () => t('OAuth tokens of other users'), isOptional: true }],
  whenEmpty: () => t('No application holds an OAuth token.'),
};
