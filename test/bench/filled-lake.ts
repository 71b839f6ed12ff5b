import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import { literal } from '../../extension/lake/sql.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { DAY, utcDate } from '../../extension/shared/utc.ts';
import { unitPath } from '../../extension/sync/publish-event-log.ts';

export const EVENT_TYPES = Array.from({ length: 38 }, (_, index) => `Bench${String(index).padStart(2, '0')}`);

/** 1 October 2026: a day that is closed, and those before it. */
const NEWEST = Date.UTC(2026, 9, 1);

/** The UTC date so many days before another one. */
export function dateOf(daysBefore: number, newest = NEWEST): string {
  return utcDate(newest - daysBefore * DAY);
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

const COLUMNS = {
  ...{ event_key: 'VARCHAR', event_time: 'TIMESTAMP', event_type: 'VARCHAR', USER_ID: 'VARCHAR', CLIENT_IP: 'VARCHAR' },
  ...{ RUN_TIME: 'DOUBLE', _misfits: 'VARCHAR', _raw_id: 'BIGINT' },
};

/**
 * Fills a lake with event log files of all types: a file a type and day, all of a type alike, as what is measured is how
 * much there is.
 * @param rows of each file
 * @param newest of the days
 */
export async function fillEventLog(ledger: Ledger, days: number, rows: number, newest = NEWEST): Promise<void> {
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  const sizes = new Map<string, number>();
  for (const eventType of EVENT_TYPES) {
    const first = dayFile(ledger, eventType, dateOf(0, newest));
    await mkdir(path.dirname(first), { recursive: true, mode: 0o700 });
    await duckdb.run(
      `COPY (SELECT md5(n::VARCHAR) AS event_key,
         TIMESTAMP ${literal(dateOf(0, newest))} + n * INTERVAL 1 MILLISECOND AS event_time,
         ${literal(eventType)} AS event_type, '005' || (n % 500) AS USER_ID, '192.0.2.' || (n % 250) AS CLIENT_IP,
         (n % 1000)::DOUBLE AS RUN_TIME, NULL::VARCHAR AS _misfits, 1::BIGINT AS _raw_id FROM range(${rows}) AS t(n))
       TO ${literal(first)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    sizes.set(eventType, (await stat(first)).size);
    for (let day = 1; day < days; day++) {
      const file = dayFile(ledger, eventType, dateOf(day, newest));
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await copyFile(first, file);
    }
  }
  duckdb.closeSync();
  ledger.transaction(() => {
    for (const [eventType, bytes] of sizes)
      for (let day = 0; day < days; day++) {
        const eventDate = dateOf(day, newest);
        const key = { source: 'event_log', eventType, eventDate, part: 'day' };
        const facts = { rows, bytes, eventFrom: 0, eventTo: 1, columns: COLUMNS, misfits: 0, quarantined: 0 };
        ledger.units.put({ ...key, ...facts, path: dayFile(ledger, eventType, eventDate) }, 0);
      }
  });
}
