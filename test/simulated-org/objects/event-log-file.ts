import { auditFields, defineObject, field, idField, isDeletedField } from './catalog.ts';
import { holds, type Viewer } from './viewer.ts';

const hourly = (viewer: Viewer): boolean => viewer.org.state.scenario.hourly;

/**
 * Daily files only, unless the WHERE clause speaks of `Interval`, `Sequence` or `Id`: any of them brings the hourly
 * files in, and then the comparison itself decides. Orgs without hourly files have neither field.
 */
export const eventLogFile = defineObject({
  name: 'EventLogFile',
  keyPrefix: '0AT',
  ascendingBy: 'CreatedDate',
  visible: (viewer) => holds(viewer, 'ViewEventLogFiles', 'ViewAllData'),
  fields: [
    idField(),
    isDeletedField(),
    ...auditFields(),
    field('EventType', 'picklist', 'FGS', { length: 50 }),
    field('LogDate', 'datetime', 'FS'),
    field('LogFileLength', 'double', 'FS'),
    field('LogFileContentType', 'string', '', { length: 50 }),
    field('ApiVersion', 'double', 'FS'),
    field('LogFileFieldNames', 'string', 'N', { length: 1333 }),
    field('LogFileFieldTypes', 'string', 'N', { length: 1333 }),
    field('LogFile', 'base64', '', {
      value: (row, viewer) =>
        `/services/data/v${viewer.apiVersion}.0/sobjects/EventLogFile/${String(row['Id'])}/LogFile`,
    }),
    field('Interval', 'picklist', 'FGNS', { since: 37, visible: hourly, picklist: ['Daily', 'Hourly'] }),
    field('Sequence', 'int', 'FGNS', { since: 37, visible: hourly }),
  ],
  rows: (viewer) => viewer.org.dataset.eventLogFiles(viewer.now),
  queryRule: (viewer, where) => {
    if (!hourly(viewer)) return undefined;
    if (['interval', 'sequence', 'id'].some((name) => where.fields.has(name))) return undefined;
    return (row) => row['Interval'] !== 'Hourly';
  },
});
