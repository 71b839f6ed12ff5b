import path from 'node:path';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { segment } from '../../extension/lake/paths.ts';
import { DAY } from '../../extension/shared/utc.ts';

export const EVENT_TYPES = Array.from({ length: 38 }, (_, index) => `Bench${String(index).padStart(2, '0')}`);

/** The UTC date so many days before 1 October 2026: days that are closed. */
export function dateOf(daysBefore: number): string {
  return new Date(Date.UTC(2026, 9, 1) - daysBefore * DAY).toISOString().slice(0, 10);
}

/** Notes a daily event log file in the ledger as landed, or as published; its id. */
export function noteFile(ledger: Ledger, eventType: string, daysBefore: number, names: string, types: string): number {
  const eventDate = dateOf(daysBefore);
  const salesforceId = `0AT${eventType}${eventDate}`;
  const createdDate = Date.parse(eventDate) + 2 * DAY;
  ledger.files.discover(
    {
      ...{
        source: 'event_log',
        identity: `${salesforceId}@${String(createdDate)}`,
        eventType,
        eventDate,
        salesforceId,
      },
      ...{ interval: 'Daily', sequence: 0, logDate: Date.parse(eventDate), createdDate },
      ...{ fieldNames: names, fieldTypes: types, declaredBytes: null },
    },
    createdDate,
  );
  return ledger.care.awaited('event_log', `${salesforceId}@${String(createdDate)}`) ?? 0;
}

/** Where the unit of a type and day has its file. */
export function unitPath(ledger: Ledger, eventType: string, eventDate: string): string {
  const folder = path.join(ledger.paths.lake, 'event_log', `event_type=${segment(eventType)}`);
  return path.join(folder, `event_date=${eventDate}`, 'day.parquet');
}

/** An empty lake of an org. */
export async function emptyLake(folder: string, orgId: string): Promise<Ledger> {
  const ledger = openLedger(path.join(folder, 'data'), orgId);
  await new Storage(ledger.paths).prepare();
  return ledger;
}
