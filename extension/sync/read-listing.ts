import type { DiscoveredFile } from '../lake/ledger-files.ts';
import { parseLikelyTime, utcDate } from '../shared/utc.ts';
import { isRecord } from './read-page.ts';

/** An entry of the list of event log files: the file that it names, or why it names none, and what of it is left out. */
export type Listed =
  | { readonly file: DiscoveredFile; readonly leftOut: readonly string[] }
  | { readonly file?: undefined; readonly problem: string };

/** Longer ones are none of Salesforce's: its own are of 60 characters at most, and lists of fields are cut at 1,333. */
const LONGEST_EVENT_TYPE = 255;
const LONGEST_LIST = 64 << 10;

/**
 * Reads one entry. Without an id, a type and both times there is no file; other facts that cannot be true are left out,
 * and the file is taken without. A daily file that is made again has a new CreatedDate; if it kept its Id it would still
 * be another file.
 */
export function readListed(source: string, entry: unknown): Listed {
  if (!isRecord(entry)) return { problem: 'it is no record' };
  const { Id: salesforceId, EventType: eventType, Interval: interval } = entry;
  const logDate = parseLikelyTime(entry['LogDate']);
  const createdDate = parseLikelyTime(entry['CreatedDate']);
  if (typeof salesforceId !== 'string' || !/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(salesforceId)) {
    return { problem: 'its Id is none' };
  }
  if (typeof eventType !== 'string' || eventType.trim() === '' || eventType.length > LONGEST_EVENT_TYPE) {
    return { problem: 'its EventType is none' };
  }
  if (!eventType.isWellFormed()) return { problem: 'its EventType is none' };
  if (Number.isNaN(logDate)) return { problem: 'its LogDate is no time that can be true' };
  if (Number.isNaN(createdDate)) return { problem: 'its CreatedDate is no time that can be true' };
  if (!isAbsent(interval) && interval !== 'Daily' && interval !== 'Hourly')
    return { problem: 'its Interval is unknown' };
  const leftOut: string[] = [];
  const take = <T>(name: string, read: (value: unknown) => T | undefined, otherwise: T): T => {
    const value = entry[name];
    const found = isAbsent(value) ? otherwise : read(value);
    if (found === undefined) leftOut.push(name);
    return found ?? otherwise;
  };
  const file: DiscoveredFile = {
    source,
    identity: `${salesforceId}@${String(createdDate)}`,
    eventType,
    eventDate: utcDate(logDate),
    salesforceId,
    interval: interval === 'Hourly' ? 'Hourly' : 'Daily',
    sequence: take('Sequence', wholeNumber, 0),
    logDate,
    createdDate,
    fieldNames: take<string | null>('LogFileFieldNames', shortText, null),
    fieldTypes: take<string | null>('LogFileFieldTypes', shortText, null),
    declaredBytes: take<number | null>('LogFileLength', wholeNumber, null),
  };
  return { file, leftOut };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST_LIST && value.isWellFormed() ? value : undefined;
}
