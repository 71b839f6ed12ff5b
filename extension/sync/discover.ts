import { t } from '@vscode/l10n';
import type { DiscoveredFile } from '../lake/ledger-files.ts';
import type { Position } from '../lake/ledger-windows.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { parseTime, utcDate } from '../shared/utc.ts';
import { eventLogQuery, HOURLY_FIELDS } from '../sources/soql.ts';
import type { EventLogSource } from '../sources/source.ts';
import { absentFields, learnAbsence } from './absent-fields.ts';
import { dayName, supersededBy, unitsOf } from './event-log-units.ts';
import { isWanted } from './event-types.ts';
import type { SourceRun } from './source-run.ts';

/**
 * Notes in the ledger every event log file that the org has listed since the cursor. A file that is noted is never
 * forgotten until it is in the lake, so the cursor may pass it.
 */
export async function discover(run: SourceRun, source: EventLogSource): Promise<void> {
  run.tell('discover');
  const { ledger, door, signal, beginning } = run.parts;
  const cursor = ledger.windows.cursor(source.name);
  const from = cursor ? cursor.time - source.overlap : (beginning(source.name) ?? null);
  for (;;) {
    const hourly = !HOURLY_FIELDS.some((field) => absentFields(run).has(field));
    const soql = eventLogQuery({ from, to: null }, hourly);
    try {
      const options = { purpose: t('query {0}', source.object), onCall: run.onCall, signal };
      for await (const page of door.query(soql, options)) note(run, source, page.records);
      break;
    } catch (error) {
      learnAbsence(run, error, hourly ? [{ fields: HOURLY_FIELDS }] : []);
    }
  }
  const choice = run.parts.eventTypes ?? {};
  ledger.transaction(() => {
    ledger.scope.passOverPruned(source.name);
    ledger.scope.chooseEventTypes(source.name, (eventType) => isWanted(choice, eventType));
  });
  passOverSuperseded(run, source);
}

function note(run: SourceRun, source: EventLogSource, records: readonly Record<string, unknown>[]): void {
  const { ledger, clock } = run.parts;
  const files = records.map((record) => fileOf(source, record));
  ledger.transaction(() => {
    let last: Position | undefined;
    for (const file of files) {
      ledger.files.discover(file, clock.now());
      last = { time: file.createdDate, id: file.salesforceId };
    }
    if (last) ledger.windows.advance(source.name, last);
  });
}

/** A day that has its daily file needs none of its hourly files: they are not even downloaded. */
export function passOverSuperseded(run: SourceRun, source: EventLogSource): void {
  const { ledger } = run.parts;
  const days = new Map(ledger.files.eventLogFiles(source.name, 'discovered').map((file) => [dayName(file), file]));
  ledger.transaction(() => {
    for (const { eventType, eventDate } of days.values()) {
      const listed = ledger.files.eventLogFilesOf(source.name, eventType, eventDate);
      const all = listed.filter((file) => file.state !== 'gone');
      const passed = supersededBy(unitsOf(all), all).filter((file) => file.state === 'discovered');
      ledger.files.mark(passed, 'superseded');
    }
  });
}

/** A daily file that is made anew has a new CreatedDate; if it kept its Id it would still be another file. */
export function fileOf(source: EventLogSource, record: Record<string, unknown>): DiscoveredFile {
  const text = (name: string): string | null => (typeof record[name] === 'string' ? record[name] : null);
  const salesforceId = text('Id');
  const eventType = text('EventType');
  const logDate = parseTime(record['LogDate']);
  const createdDate = parseTime(record['CreatedDate']);
  if (salesforceId === null || eventType === null || Number.isNaN(logDate) || Number.isNaN(createdDate)) {
    throw new OrgwatchError(
      'RESPONSE_INVALID',
      t('An EventLogFile record lacks its Id, EventType, LogDate or CreatedDate.'),
    );
  }
  const length = record['LogFileLength'];
  return {
    source: source.name,
    identity: `${salesforceId}@${String(createdDate)}`,
    eventType,
    eventDate: utcDate(logDate),
    salesforceId,
    interval: record['Interval'] === 'Hourly' ? 'Hourly' : 'Daily',
    sequence: typeof record['Sequence'] === 'number' ? record['Sequence'] : 0,
    logDate,
    createdDate,
    fieldNames: text('LogFileFieldNames'),
    fieldTypes: text('LogFileFieldTypes'),
    declaredBytes: typeof length === 'number' ? length : null,
  };
}
