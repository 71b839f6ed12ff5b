import path from 'node:path';
import type { Ledger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { LakeWorker } from '../../extension/lake/worker.ts';
import { compact } from '../../extension/sync/compact.ts';
import { bounded, row, seconds, type Bench } from './bench.ts';
import { EVENT_TYPES, emptyLake, fillEventLog } from './filled-lake.ts';

const DAYS = 365;
const BY_DAY_AND_TYPE = 'SELECT event_type, event_date, count(*) FROM event_log GROUP BY ALL';

/** Queries over a year of 38 event types, before and after small files are put together, and over ten million events. */
export const query: Bench = {
  name: 'query',
  run: async ({ scale, folder }) => {
    const year = await measure(path.join(folder, 'year'), Math.max(40, Math.round(DAYS * scale)), 20);
    const rows = Math.round((10_000_000 * scale) / (30 * EVENT_TYPES.length));
    const month = await measure(path.join(folder, 'month'), 30, rows);
    const events = month.events.toLocaleString('en');
    return [
      row(
        `a year of 38 event types: files before, after`,
        `${year.before.toLocaleString('en')}, ${String(year.after)}`,
      ),
      row('count(*) over it, before files are put together', `${year.apart.toFixed(2)} s`),
      bounded('count(*) over it, after', year.together, ' s', '≤', 1),
      row('putting them together', `${year.compaction.toFixed(1)} s`),
      bounded(`${events} events by day and type`, month.byDayAndType, ' s', '≤', 1),
    ];
  },
};

async function measure(folder: string, days: number, rows: number) {
  using ledger = await emptyLake(folder, '00D000000000001AAA');
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  await fillEventLog(ledger, days, rows);
  const ask = async (sql: string): Promise<number> => {
    const units = ledger.units.published();
    await worker.query({ sql: 'SELECT 1', units });
    return seconds(() => worker.query({ sql, units }));
  };
  const before = ledger.units.published().length;
  const apart = await ask('SELECT count(*) FROM event_log');
  const compaction = await seconds(() => putTogether(ledger, worker));
  const counted = await worker.query({ sql: 'SELECT count(*) FROM event_log', units: ledger.units.published() });
  const events = Number(counted.rows[0]?.[0]);
  if (events !== days * rows * EVENT_TYPES.length) throw new Error(`${String(events)} events are in the lake.`);
  const together = await ask('SELECT count(*) FROM event_log');
  const byDayAndType = await ask(BY_DAY_AND_TYPE);
  return { before, after: ledger.units.published().length, apart, compaction, together, byDayAndType, events };
}

function putTogether(ledger: Ledger, worker: LakeWorker): Promise<number> {
  const parts = { ledger, worker, clock: { now: () => Date.UTC(2026, 10, 1) }, signal: new AbortController().signal };
  return compact(parts, 'event_log', EVENT_TYPES);
}
