import path from 'node:path';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { DAY, utcDate } from '../../extension/shared/utc.ts';
import { unitPath } from '../../extension/sync/publish-event-log.ts';

export const EVENT_TYPES = Array.from({ length: 38 }, (_, index) => `Bench${String(index).padStart(2, '0')}`);

/** The UTC date so many days before 1 October 2026: days that are closed. */
export function dateOf(daysBefore: number): string {
  return utcDate(Date.UTC(2026, 9, 1) - daysBefore * DAY);
}

/** Notes a daily event log file in the ledger as landed, or as published; its id. */
export function noteFile(ledger: Ledger, eventType: string, daysBefore: number, names: string, types: string): number {
  const eventDate = dateOf(daysBefore);
  const salesforceId = `0AT${eventType}${eventDate}`;
  const logDate = Date.parse(eventDate);
  const createdDate = logDate + 2 * DAY;
  const identity = `${salesforceId}@${String(createdDate)}`;
  const file = { source: 'event_log', identity, eventType, eventDate, salesforceId, interval: 'Daily' } as const;
  const facts = { sequence: 0, logDate, createdDate, fieldNames: names, fieldTypes: types, declaredBytes: null };
  ledger.files.discover({ ...file, ...facts }, createdDate);
  return ledger.care.awaited('event_log', identity) ?? 0;
}

/** Where the unit of a type and day has its file. */
export function dayFile(ledger: Ledger, eventType: string, eventDate: string): string {
  return unitPath(ledger.paths, { source: 'event_log', eventType, eventDate, part: 'day' });
}

/** An empty lake of an org. */
export async function emptyLake(folder: string, orgId: string): Promise<Ledger> {
  const ledger = openLedger(path.join(folder, 'data'), orgId);
  await new Storage(ledger.paths).prepare();
  return ledger;
}
