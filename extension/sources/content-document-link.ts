import { t } from '@vscode/l10n';
import { DAY } from '../shared/utc.ts';
import { QUERY_ALL_FILES } from './needs.ts';
import { fields, type SnapshotSource } from './source.ts';

/**
 * With whom the files that have a public link are shared besides. Object Reference, ContentDocumentLink: a query has to
 * name documents (or links, or who they are shared with); a link that is taken away leaves no trace, so this is a
 * snapshot. 300 ids keep the address of a request well below what Salesforce takes.
 */
export const contentDocumentLink: SnapshotSource = {
  kind: 'snapshot',
  name: 'content_document_link',
  title: 'Shares of public files',
  object: 'ContentDocumentLink',
  key: ['Id'],
  fields: [
    ...fields('text', 'Id ContentDocumentId LinkedEntityId ShareType Visibility'),
    ...fields('boolean', 'IsDeleted'),
    ...fields('timestamp', 'SystemModstamp'),
  ],
  optional: [{ fields: fields('text', 'LinkedEntity.Name') }],
  paging: {
    by: 'values',
    field: 'ContentDocumentId',
    source: 'content_distribution',
    column: 'ContentDocumentId',
    most: 300,
  },
  cadence: DAY,
  overlap: 0,
  needs: [{ anyOf: [QUERY_ALL_FILES], costs: () => t('shares of files of other users') }],
  whenEmpty: () => t('No file has a public link, so that there is no share to ask for.'),
};
