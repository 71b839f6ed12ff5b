import { makeId, numberFrom } from '../../ids.ts';
import type { Row } from '../../model.ts';
import { LOGIN_HOST } from '../sign-ins/staff.ts';
import { restDate } from '../time.ts';
import type { Delivery, FileLink, FileVersion, SharedFile } from './shared-file.ts';

const HOST = `https://${LOGIN_HOST}`;

/** The newest version at the instant `until`; the first one where none is older. */
export function latestVersion(file: SharedFile, until: number): FileVersion {
  return file.versions.findLast((version) => version.at <= until) ?? file.versions[0];
}

export function contentDocumentRow(file: SharedFile, until: number): Row {
  const latest = latestVersion(file, until);
  return {
    Id: file.documentId,
    ...audit(file.owner.id, file.versions[0].at, latest.at),
    Title: file.title,
    Description: null,
    OwnerId: file.owner.id,
    ParentId: null,
    FileExtension: file.kind.extension,
    FileType: file.kind.fileType,
    ContentSize: latest.size,
    ContentModifiedDate: restDate(latest.at),
    LatestPublishedVersionId: latest.id,
    PublishStatus: 'R',
    SharingOption: 'A',
    SharingPrivacy: 'N',
    IsArchived: false,
    ArchivedById: null,
    ArchivedDate: null,
    IsInternalOnly: false,
    ContentAssetId: null,
    LastViewedDate: null,
    LastReferencedDate: null,
    IsDeleted: false,
  };
}

export function contentVersionRow(file: SharedFile, version: FileVersion, until: number): Row {
  return {
    Id: version.id,
    ...audit(file.owner.id, version.at, version.at),
    ContentDocumentId: file.documentId,
    IsLatest: version.id === latestVersion(file, until).id,
    VersionNumber: String(version.number),
    Title: file.title,
    Description: null,
    ReasonForChange: version.number > 1 ? 'Updated figures' : null,
    PathOnClient: `${file.title}.${file.kind.extension}`,
    FileExtension: file.kind.extension,
    FileType: file.kind.fileType,
    ContentSize: version.size,
    ContentUrl: null,
    ContentLocation: 'S',
    ContentBodyId: makeId('05T', numberFrom(version.id)),
    Checksum: numberFrom(version.id).toString(16).padStart(12, '0').padEnd(32, 'a7'),
    ContentModifiedById: file.owner.id,
    ContentModifiedDate: restDate(version.at),
    FirstPublishLocationId: file.owner.id,
    OwnerId: file.owner.id,
    Origin: 'H',
    PublishStatus: 'R',
    SharingOption: 'A',
    SharingPrivacy: 'N',
    IsMajorVersion: true,
    IsAssetEnabled: false,
    TagCsv: null,
    RatingCount: 0,
    PositiveRatingCount: 0,
    NegativeRatingCount: 0,
    FeaturedContentBoost: null,
    FeaturedContentDate: null,
    NetworkId: null,
    ExternalDataSourceId: null,
    IsDeleted: false,
  };
}

export function contentDocumentLinkRow(file: SharedFile, link: FileLink): Row {
  return {
    Id: link.id,
    LinkedEntityId: link.linkedEntityId,
    ContentDocumentId: file.documentId,
    ShareType: link.shareType,
    Visibility: link.visibility,
    SystemModstamp: restDate(link.at),
    IsDeleted: false,
  };
}

export function contentDistributionRow(file: SharedFile, delivery: Delivery, until: number): Row {
  const views = delivery.views.filter((at) => at <= until);
  const [first, last] = [views[0], views.at(-1)];
  const version = latestVersion(file, delivery.at);
  const key = delivery.id.slice(3, 15);
  return {
    Id: delivery.id,
    ...audit(delivery.owner.id, delivery.at, delivery.at),
    SystemModstamp: restDate(last ?? delivery.at),
    OwnerId: delivery.owner.id,
    Name: file.title,
    ContentVersionId: version.id,
    ContentDocumentId: file.documentId,
    RelatedRecordId: file.links.find((link) => link.linkedEntityId.startsWith('00'))?.linkedEntityId ?? null,
    PreferencesAllowPDFDownload: file.kind.extension !== 'csv',
    PreferencesAllowOriginalDownload: true,
    PreferencesPasswordRequired: delivery.password !== null,
    PreferencesNotifyOnVisit: false,
    PreferencesLinkLatestVersion: true,
    PreferencesAllowViewInBrowser: true,
    PreferencesExpires: delivery.expiresAt !== null,
    PreferencesNotifyRndtnComplete: false,
    ExpiryDate: delivery.expiresAt === null ? null : restDate(delivery.expiresAt),
    Password: delivery.password,
    ViewCount: views.length,
    FirstViewDate: first === undefined ? null : restDate(first),
    LastViewDate: last === undefined ? null : restDate(last),
    DistributionPublicUrl: `${HOST}/sfc/p/${key}/a/${delivery.id}`,
    ContentDownloadUrl: `${HOST}/sfc/dist/version/download/?oid=&ids=${version.id}&d=%2Fa%2F${key}`,
    PdfDownloadUrl:
      file.kind.extension === 'csv'
        ? null
        : `${HOST}/sfc/dist/version/renditionDownload?rendition=PDF&ids=${version.id}`,
    IsDeleted: false,
  };
}

function audit(userId: string, createdAt: number, modifiedAt: number): Row {
  return {
    CreatedDate: restDate(createdAt),
    CreatedById: userId,
    LastModifiedDate: restDate(modifiedAt),
    LastModifiedById: userId,
    SystemModstamp: restDate(modifiedAt),
  };
}
