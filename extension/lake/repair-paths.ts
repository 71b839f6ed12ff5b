import type { UnitKey } from './ledger-units.ts';
import { segment } from './paths.ts';

/** What the path of a Parquet file says. */
export interface UnitPath extends Omit<UnitKey, 'eventType'> {
  /** Empty for sources without event types; undefined where the path holds it shortened. */
  readonly eventType: string | undefined;
}

const EVENTS = /^lake\/([\w-]+)\/event_type=([^/]+)\/event_date=(\d{4}-\d\d-\d\d)\/([\w-]+)\.parquet$/;
const RECORDS = /^lake\/([\w-]+)\/event_date=(\d{4}-\d\d-\d\d)\/\1\.parquet$/;
const BUNDLE = /^lake\/([\w-]+)\/event_type=([^/]+)\/event_month=\d{4}-\d\d\/bundle-[0-9a-f]+\.parquet$/;

/** A raw file: an event log file, a page of records, or what was saved of one. */
const RAW_FILE =
  /^raw\/(?:[\w-]+\/[\w%-]+\/\d{4}-\d\d-\d\d\/(?:day|hour-\d\d-\d+)-[\w%-]+-\d+\.csv|[\w-]+\/\d{4}-\d\d-\d\d\/(?:salvaged|\d{8}T\d{9}Z(?:-\d{8}T\d{9}Z)?)-[0-9a-f]{16}\.json)\.zst$/;
/** What is not complete yet: a raw file beside its destination, a file of the lake worker's. */
const UNFINISHED_RAW = /^(.*)\.\d+\.part$/;
const UNFINISHED_UNIT = /^(.*\/)\.([^/]*)\.\d\.tmp$/;
const QUARANTINE = /\.quarantine\.ndjson$/;

/** Whether Orgwatch gives a raw file, a unit or a bundle this path, relative to the org's folder: only such are deleted. */
export function isLakeFile(file: string): boolean {
  return RAW_FILE.test(file) || EVENTS.test(file) || RECORDS.test(file) || BUNDLE.test(file);
}

/** Whether it is one of those, or its quarantine, that was not complete yet. */
export function isUnfinished(file: string): boolean {
  const raw = UNFINISHED_RAW.exec(file)?.[1];
  const [, folder, name] = UNFINISHED_UNIT.exec(file) ?? [];
  const unit = name === undefined ? undefined : `${folder ?? ''}${name.replace(QUARANTINE, '.parquet')}`;
  return (raw !== undefined && RAW_FILE.test(raw)) || (unit !== undefined && isLakeFile(unit));
}

/** Reads the path of a bundle, relative to the org's folder; undefined when it is none. */
export function readBundlePath(file: string): Pick<UnitPath, 'source' | 'eventType'> | undefined {
  const [, source, typeSegment] = BUNDLE.exec(file) ?? [];
  return source === undefined || typeSegment === undefined ? undefined : { source, eventType: nameOf(typeSegment) };
}

/** Reads the path of a Parquet file, relative to the org's folder; undefined when Orgwatch names none so. */
export function readUnitPath(file: string): UnitPath | undefined {
  const [, recordSource, recordDate] = RECORDS.exec(file) ?? [];
  if (recordSource !== undefined && recordDate !== undefined) {
    return { source: recordSource, eventType: '', eventDate: recordDate, part: 'all' };
  }
  const [, source, typeSegment, eventDate, part] = EVENTS.exec(file) ?? [];
  if (source === undefined || typeSegment === undefined || eventDate === undefined || part === undefined)
    return undefined;
  return { source, eventType: nameOf(typeSegment), eventDate, part };
}

function nameOf(typeSegment: string): string | undefined {
  try {
    const name = decodeURIComponent(typeSegment);
    return segment(name) === typeSegment ? name : undefined;
  } catch {
    return undefined;
  }
}
