import { makeId, to15 } from '../../ids.ts';
import type { SharedFile } from '../content/shared-file.ts';
import { latestVersion } from '../content/rows.ts';
import { SECOND } from '../time.ts';
import { plainColumns } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { Recorder } from './recorder.ts';

const transferColumns = plainColumns(`
  DOCUMENT_ID:Id VERSION_ID:Id SIZE_BYTES:Number TRANSACTION_TYPE FILE_TYPE FILE_PREVIEW_TYPE DOCUMENT_ID_DERIVED:Id
  VERSION_ID_DERIVED:Id`);

function transferCells(file: SharedFile, at: number, transaction: string): Record<string, string> {
  const version = latestVersion(file, at);
  const preview = transaction === 'VersionRenditionDownload';
  return {
    DOCUMENT_ID: to15(file.documentId),
    DOCUMENT_ID_DERIVED: file.documentId,
    VERSION_ID: to15(version.id),
    VERSION_ID_DERIVED: version.id,
    SIZE_BYTES: String(version.size),
    TRANSACTION_TYPE: transaction,
    FILE_TYPE: file.kind.fileType,
    FILE_PREVIEW_TYPE: preview ? 'THUMB720BY480' : '',
  };
}

export const contentTransfer: EventType = {
  name: 'ContentTransfer',
  free: false,
  columns: () => transferColumns,
  events(day) {
    const recorder = new Recorder(day, 'ContentTransfer');
    const { random } = recorder;
    for (const file of day.files) {
      for (const version of file.versions)
        recorder.add(version.at, { userId: file.owner.id }, transferCells(file, version.at, 'saveVersion'));
    }
    for (const session of day.sessions) {
      for (const at of recorder.moments(session, random.between(0, 1))) {
        const known = day.files.filter((file) => file.versions[0].at < at);
        if (known.length === 0) continue;
        recorder.add(
          at,
          session,
          transferCells(random.pick(known), at, random.pick(['VersionDownloadAction', 'VersionRenditionDownload'])),
        );
      }
    }
    const { takeover } = day;
    if (takeover !== undefined) {
      const known = day.files.filter((file) => file.versions[0].at < takeover.session.at);
      known.slice(0, 40).forEach((file, index) => {
        const at = takeover.session.at + (3_000 + index * 11) * SECOND;
        recorder.add(at, takeover.session, transferCells(file, at, 'VersionDownloadAction'));
      });
    }
    return recorder.events;
  },
};

const distributionColumns = plainColumns('DELIVERY_ID:Id VERSION_ID:Id RELATED_ENTITY_ID:Id DELIVERY_LOCATION ACTION');

/** Public links made and opened; whoever opens one is not logged in, so VIEW rows have no user. */
export const contentDistribution: EventType = {
  name: 'ContentDistribution',
  free: false,
  columns: () => distributionColumns,
  events(day) {
    const recorder = new Recorder(day, 'ContentDistribution');
    for (const file of day.files) {
      const { delivery } = file;
      if (delivery === undefined) continue;
      const cells = {
        DELIVERY_ID: to15(delivery.id),
        VERSION_ID: to15(latestVersion(file, delivery.at).id),
        RELATED_ENTITY_ID: to15(file.links[1]?.linkedEntityId ?? ''),
        DELIVERY_LOCATION: 'File',
      };
      recorder.add(delivery.at, { userId: delivery.owner.id }, { ...cells, ACTION: 'INSERT' });
      for (const at of delivery.views) recorder.add(at + 417, {}, { ...cells, ACTION: 'VIEW' });
    }
    return recorder.events;
  },
};

const linkColumns = plainColumns('DOCUMENT_ID:Id SHARED_WITH_ENTITY_ID:Id SHARING_OPERATION SHARING_PERMISSION');

export const contentDocumentLink: EventType = {
  name: 'ContentDocumentLink',
  free: false,
  columns: () => linkColumns,
  events(day) {
    const recorder = new Recorder(day, 'ContentDocumentLink');
    for (const file of day.files) {
      for (const link of file.links) {
        recorder.add(
          link.at,
          { userId: file.owner.id },
          {
            DOCUMENT_ID: to15(file.documentId),
            SHARED_WITH_ENTITY_ID: to15(link.linkedEntityId),
            SHARING_OPERATION: 'INSERT',
            SHARING_PERMISSION: link.shareType,
          },
        );
      }
    }
    return recorder.events;
  },
};

const attachmentColumns = plainColumns('ENTITY_ID:Id FILE_TYPE');

/** The file is called DocumentAttachmentDownloads, its rows DocumentAttachmentDownoads: so it is documented. */
export const documentAttachmentDownloads: EventType = {
  name: 'DocumentAttachmentDownloads',
  free: false,
  columns: () => attachmentColumns,
  events(day) {
    const recorder = new Recorder(day, 'DocumentAttachmentDownoads');
    const { random } = recorder;
    for (const session of day.sessions) {
      if (!random.chance(0.1)) continue;
      const [at = session.at] = recorder.moments(session, 1);
      recorder.add(at, session, {
        ENTITY_ID: to15(makeId('00P', random.between(1, 900))),
        FILE_TYPE: random.pick(['application/pdf', 'image/png', 'text/plain; charset="utf-8"']),
      });
    }
    return recorder.events;
  },
};
