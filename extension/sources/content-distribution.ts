import { t } from '@vscode/l10n';
import { HOUR } from '../shared/utc.ts';
import { QUERY_ALL_FILES } from './needs.ts';
import { fields, type RecordSource } from './source.ts';

/**
 * Files shared by public link. Object Reference, ContentDistribution: can be queried only where content deliveries are
 * on. A record changes (views, expiry), so each version of it is an event of its own. The link's password is left out.
 * Only ContentVersionId is a relationship; ContentDocumentId is an id and no more, so the document is the version's.
 */
export const contentDistribution: RecordSource = {
  kind: 'records',
  name: 'content_distribution',
  title: 'Public file links',
  object: 'ContentDistribution',
  timeField: 'SystemModstamp',
  key: ['Id', 'SystemModstamp'],
  fields: [
    ...fields('text', 'Id OwnerId Name ContentVersionId ContentDocumentId RelatedRecordId'),
    ...fields('boolean', 'PreferencesAllowPDFDownload PreferencesAllowOriginalDownload PreferencesPasswordRequired'),
    ...fields('boolean', 'PreferencesNotifyOnVisit PreferencesLinkLatestVersion PreferencesAllowViewInBrowser'),
    ...fields('boolean', 'PreferencesExpires PreferencesNotifyRndtnComplete'),
    ...fields('timestamp', 'ExpiryDate'),
    ...fields('bigint', 'ViewCount'),
    ...fields('timestamp', 'FirstViewDate LastViewDate'),
    ...fields('text', 'DistributionPublicUrl'),
    ...fields('timestamp', 'CreatedDate'),
    ...fields('text', 'CreatedById'),
    ...fields('timestamp', 'LastModifiedDate'),
    ...fields('text', 'LastModifiedById'),
    ...fields('boolean', 'IsDeleted'),
    ...fields('timestamp', 'SystemModstamp'),
  ],
  optional: [
    {
      fields: [
        ...fields('text', 'ContentVersion.Title ContentVersion.FileType ContentVersion.FileExtension'),
        ...fields('bigint', 'ContentVersion.ContentSize'),
        ...fields('text', 'ContentVersion.VersionNumber ContentVersion.OwnerId'),
      ],
    },
    { fields: fields('text', 'Owner.Name Owner.Username') },
  ],
  cadence: HOUR,
  overlap: HOUR,
  backfill: undefined,
  withDeleted: true,
  needs: [{ anyOf: [QUERY_ALL_FILES], costs: () => t('public links to files that are not shared with the account') }],
  whenEmpty: () => t('No file is shared by public link.'),
  whenRefused: () =>
    t(
      'Salesforce shows no public links to this account: content deliveries are switched off in this org, or the account lacks Create Content Deliveries.',
    ),
};
