import { contentDeliveriesOn } from '../access.ts';
import type { Row } from '../model.ts';
import { SalesforceError } from '../salesforce-error.ts';
import { auditFields, defineObject, field, idField, isDeletedField } from './catalog.ts';
import { holds, type Viewer } from './viewer.ts';

/** Query All Files shows every file; without it, not even View All Data shows more than one's own. */
const ownFiles =
  (key: string) =>
  (viewer: Viewer): ((row: Row) => boolean) | undefined => {
    if (holds(viewer, 'QueryAllFiles')) return undefined;
    const { userId } = viewer.caller;
    return (row) => row[key] === userId;
  };

const preferences = [
  'AllowPDFDownload',
  'AllowOriginalDownload',
  'PasswordRequired',
  'NotifyOnVisit',
  'LinkLatestVersion',
  'AllowViewInBrowser',
  'Expires',
  'NotifyRndtnComplete',
] as const;

const contentDistribution = defineObject({
  name: 'ContentDistribution',
  label: 'Content Delivery',
  labelPlural: 'Content Deliveries',
  keyPrefix: '05D',
  visible: (viewer) => contentDeliveriesOn(viewer.org.state),
  fields: [
    idField(),
    field('OwnerId', 'reference', 'CFGSU', { to: 'User' }),
    field('Name', 'string', 'CFGSU', { length: 100 }),
    isDeletedField(),
    ...auditFields(),
    field('ContentVersionId', 'reference', 'CFGNS', { to: 'ContentVersion' }),
    field('ContentDocumentId', 'reference', 'FGNS', { to: 'ContentDocument', relationship: null }),
    field('RelatedRecordId', 'reference', 'CFGNS', { to: 'Account', relationship: 'RelatedRecord' }),
    ...preferences.map((name) => field(`Preferences${name}`, 'boolean', 'CFU')),
    field('ExpiryDate', 'datetime', 'CFNSU'),
    field('Password', 'string', 'GNS', { length: 20 }),
    field('ViewCount', 'int', 'FGNS'),
    field('FirstViewDate', 'datetime', 'FNS'),
    field('LastViewDate', 'datetime', 'FNS'),
    field('DistributionPublicUrl', 'string', 'NS'),
    field('ContentDownloadUrl', 'string', 'NS', { since: 40 }),
    field('PdfDownloadUrl', 'string', 'NS', { since: 40 }),
  ],
  rows: (viewer) => viewer.org.dataset.contentDistributions(viewer.now),
  rowFilter: (viewer) => {
    const hidden = viewer.org.state.scenario.deliveriesNeedPermission === true;
    return hidden && !holds(viewer, 'DistributeFromPersWksp') ? () => false : ownFiles('OwnerId')(viewer);
  },
});

const contentVersion = defineObject({
  name: 'ContentVersion',
  keyPrefix: '068',
  fields: [
    idField(),
    field('ContentDocumentId', 'reference', 'CFGNS', { to: 'ContentDocument' }),
    field('IsLatest', 'boolean', 'FGS'),
    field('ContentSize', 'int', 'FGNS'),
    field('FileType', 'string', 'FGS', { length: 20 }),
    field('FileExtension', 'string', 'FGNS', { length: 40 }),
    field('Title', 'string', 'CFGSU'),
    field('Description', 'textarea', 'CNU', { length: 1000 }),
    field('PathOnClient', 'string', 'CFGNS', { length: 500 }),
    field('VersionNumber', 'string', 'FGNS', { length: 20 }),
    field('Checksum', 'string', 'FGNS', { length: 50 }),
    field('OwnerId', 'reference', 'CFGNSU', { to: 'User' }),
    field('SharingOption', 'picklist', 'CFGSU'),
    field('PublishStatus', 'picklist', 'FGS'),
    field('ReasonForChange', 'string', 'CFGNSU', { length: 1000 }),
    field('ContentUrl', 'url', 'CFGNSU', { length: 1300 }),
    field('ContentLocation', 'picklist', 'CFGS', { picklist: ['S', 'E', 'L'] }),
    field('ContentBodyId', 'reference', 'CFGNS', { to: 'ContentBody' }),
    field('ContentModifiedById', 'reference', 'FGNS', { to: 'User' }),
    field('ContentModifiedDate', 'datetime', 'FNS'),
    field('Origin', 'picklist', 'CFGS', { picklist: ['C', 'H'] }),
    field('SharingPrivacy', 'picklist', 'CFGSU', { picklist: ['N', 'P'] }),
    field('IsMajorVersion', 'boolean', 'CFGS'),
    field('IsAssetEnabled', 'boolean', 'CFGSU'),
    field('TagCsv', 'textarea', 'CNU', { length: 2000 }),
    field('RatingCount', 'int', 'FGNS'),
    field('PositiveRatingCount', 'int', 'FGNS'),
    field('NegativeRatingCount', 'int', 'FGNS'),
    field('FeaturedContentBoost', 'int', 'FGNS'),
    field('FeaturedContentDate', 'date', 'FGNS'),
    field('NetworkId', 'reference', 'CFGNS', { to: 'Network' }),
    field('ExternalDataSourceId', 'reference', 'CFGNS', { to: 'ExternalDataSource' }),
    field('FirstPublishLocationId', 'reference', 'CFGNS', { to: 'Account', relationship: 'FirstPublishLocation' }),
    isDeletedField(),
    ...auditFields(),
  ],
  rows: (viewer) => viewer.org.dataset.contentVersions(viewer.now),
  rowFilter: ownFiles('OwnerId'),
});

const contentDocument = defineObject({
  name: 'ContentDocument',
  keyPrefix: '069',
  fields: [
    idField(),
    field('Title', 'string', 'FGSU'),
    field('FileType', 'string', 'FGNS', { length: 20 }),
    field('FileExtension', 'string', 'FGNS', { length: 40 }),
    field('ContentSize', 'int', 'FGNS'),
    field('Description', 'textarea', 'NU', { length: 1000 }),
    field('LatestPublishedVersionId', 'reference', 'FGNS', { to: 'ContentVersion' }),
    field('OwnerId', 'reference', 'FGSU', { to: 'User' }),
    field('ParentId', 'reference', 'FGNS', { to: 'ContentWorkspace' }),
    field('PublishStatus', 'picklist', 'FGS'),
    field('SharingOption', 'picklist', 'FGSU'),
    field('IsArchived', 'boolean', 'FGS'),
    field('ArchivedById', 'reference', 'FGNS', { to: 'User' }),
    field('ArchivedDate', 'date', 'FGNS'),
    field('ContentModifiedDate', 'datetime', 'FNS'),
    field('SharingPrivacy', 'picklist', 'FGSU', { picklist: ['N', 'P'] }),
    field('IsInternalOnly', 'boolean', 'FGS'),
    field('ContentAssetId', 'reference', 'FGNS', { to: 'ContentAsset' }),
    field('LastViewedDate', 'datetime', 'FNS'),
    field('LastReferencedDate', 'datetime', 'FNS'),
    isDeletedField(),
    ...auditFields(),
  ],
  rows: (viewer) => viewer.org.dataset.contentDocuments(viewer.now),
  rowFilter: ownFiles('OwnerId'),
});

const contentDocumentLink = defineObject({
  name: 'ContentDocumentLink',
  keyPrefix: '06A',
  fields: [
    idField(),
    field('LinkedEntityId', 'reference', 'CFGS', { to: 'User', relationship: 'LinkedEntity' }),
    field('ContentDocumentId', 'reference', 'CFGS', { to: 'ContentDocument' }),
    isDeletedField(),
    field('SystemModstamp', 'datetime', 'FS'),
    field('ShareType', 'picklist', 'CFGNSU', { picklist: ['V', 'C', 'I'] }),
    field('Visibility', 'picklist', 'CFGNSU', { picklist: ['AllUsers', 'InternalUsers', 'SharedUsers'] }),
  ],
  rows: (viewer) => viewer.org.dataset.contentDocumentLinks(viewer.now),
  queryRule: (viewer, { fields, pinned }) => {
    if (viewer.apiVersion >= 59 && holds(viewer, 'QueryAllFiles')) return undefined;
    if (!['id', 'contentdocumentid', 'linkedentityid'].some((name) => pinned.has(name))) {
      throw restriction(
        "ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
      );
    }
    const other = [...fields].some((name) => name !== 'id' && !name.endsWith('id'));
    if (other && !pinned.has('linkedentityid')) {
      throw restriction(
        'filtering on non-id fields is only permitted when filtering by ContentDocumentLink.LinkedEntityId using the equals operator.',
      );
    }
    return undefined;
  },
});

function restriction(text: string): SalesforceError {
  return new SalesforceError(400, 'MALFORMED_QUERY', `Implementation restriction: ${text}`);
}

export const contentObjects = [contentDistribution, contentVersion, contentDocument, contentDocumentLink];
