import type { RecordSource, SourceField } from './source.ts';

/** A record's place in a source's order: its time in ms since 1970, then its id. */
export interface SoqlPosition {
  readonly time: number;
  readonly id: string;
}

export interface SoqlSpan {
  /** Inclusive, ms; null: from the beginning. */
  readonly from: number | null;
  /** Exclusive, ms; null: to the end. */
  readonly to: number | null;
  /** Only what comes after this record. */
  readonly after?: SoqlPosition | null;
}

/** The fields to ask for, less those that are absent in this org. */
export function presentFields(
  source: Pick<RecordSource, 'fields' | 'optional'>,
  absent: ReadonlySet<string>,
): readonly SourceField[] {
  return [...source.fields, ...source.optional.flatMap((group) => group.fields)].filter(
    (field) => !absent.has(field.name),
  );
}

/** The query for a span of records, in the order of time and Id, so that each record has one place. */
export function recordsQuery(source: RecordSource, fields: readonly SourceField[], span: SoqlSpan): string {
  const { object, timeField } = source;
  const names = fields.map((field) => field.name).join(', ');
  return `SELECT ${names} FROM ${object}${where(timeField, span)} ORDER BY ${timeField} ASC, Id ASC`;
}

/** The query for how many records there are; its answer is a totalSize. @param timeField of a span; without it all are counted */
export function countQuery(object: string, timeField?: string, span: SoqlSpan = { from: null, to: null }): string {
  return `SELECT COUNT() FROM ${object}${timeField === undefined ? '' : where(timeField, span)}`;
}

/** Without these there is no event log file. */
export const EVENT_LOG_KEY: readonly string[] = ['Id', 'EventType', 'LogDate', 'CreatedDate'];

const EVENT_LOG_FACTS: readonly string[] = ['LogFileLength', 'LogFileFieldNames', 'LogFileFieldTypes'];

/** Fields that orgs without hourly event log files do not have. */
export const HOURLY_FIELDS: readonly string[] = ['Interval', 'Sequence'];

/** The fields of event log files to ask for, less those that are absent in this org; the hourly ones both or none. */
export function eventLogFields(absent: ReadonlySet<string> = new Set()): readonly string[] {
  const hourly = HOURLY_FIELDS.some((field) => absent.has(field)) ? [] : HOURLY_FIELDS;
  return [...EVENT_LOG_KEY, ...EVENT_LOG_FACTS.filter((field) => !absent.has(field)), ...hourly];
}

/**
 * The query for event log files. Salesforce answers daily files only, unless a condition on Sequence asks for both.
 * @param fields eventLogFields()
 */
export function eventLogQuery(span: SoqlSpan, fields: readonly string[]): string {
  const isHourly = HOURLY_FIELDS.every((field) => fields.includes(field));
  const conditions = where('CreatedDate', span, isHourly ? ['Sequence >= 0'] : []);
  return `SELECT ${fields.join(', ')} FROM EventLogFile${conditions} ORDER BY CreatedDate ASC, Id ASC`;
}

/** Ids of a query: together they keep its address well below what Salesforce takes. */
export const MOST_IDS = 200;

/** The query for which of some event log files are still there. A condition on Id brings hourly files, too. */
export function eventLogIdsQuery(ids: readonly string[]): string {
  return `SELECT Id FROM EventLogFile WHERE Id IN (${ids.map((id) => `'${idLiteral(id)}'`).join(', ')})`;
}

function where(timeField: string, { from, to, after }: SoqlSpan, others: readonly string[] = []): string {
  const conditions = [...others];
  if (after) {
    const time = literal(after.time);
    // The first condition says nothing new, but an index on the time can do with it, as it cannot with an OR.
    conditions.push(`${timeField} >= ${time}`, `(${timeField} > ${time} OR Id > '${idLiteral(after.id)}')`);
  } else if (from !== null) conditions.push(`${timeField} >= ${literal(from)}`);
  if (to !== null) conditions.push(`${timeField} < ${literal(to)}`);
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function literal(time: number): string {
  return new Date(time).toISOString();
}

function idLiteral(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9]/g, '');
}

/** A text as SOQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
