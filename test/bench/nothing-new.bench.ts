import path from 'node:path';
import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { bounded, median, row, seconds, startOrg, type Bench, type OrgProcess } from './bench.ts';
import { EVENT_TYPES, dateOf, dayFile, noteFile } from './filled-lake.ts';
import { syncFrom } from './lake.ts';

const SOURCES = ['login_history', 'setup_audit_trail', 'content_distribution', 'event_log'];
const ROUNDS = 7;

/** Syncs that find nothing new, in a small lake and in a large one. */
export const nothingNew: Bench = {
  name: 'nothing-new',
  run: async ({ scale, folder }) => {
    await using org = await startOrg({ scenario: 'no-shield', scale: 0.02 });
    const [few, many] = [Math.round(1_000 * scale), Math.round(100_000 * scale)];
    await syncFrom(org.address, folder, { sources: SOURCES });
    publishInLedger(org, folder, 0, few);
    const small = await medianSync(org, folder);
    publishInLedger(org, folder, few, many);
    const large = await medianSync(org, folder);
    return [
      row(`a sync with nothing new, ${few.toLocaleString('en')} published files`, `${(small * 1_000).toFixed(0)} ms`),
      row(`the same, ${many.toLocaleString('en')} published files`, `${(large * 1_000).toFixed(0)} ms`),
      bounded('large : small', large / small, '×', '≤', 1.2),
    ];
  },
};

/** Files that the ledger lists; no sync that finds nothing new opens one. */
function publishInLedger(org: OrgProcess, folder: string, from: number, to: number): void {
  using ledger = openLedger(path.join(folder, 'data'), org.address.orgId);
  ledger.transaction(() => {
    for (let index = from; index < to; index++) {
      const eventType = EVENT_TYPES[index % EVENT_TYPES.length] ?? '';
      const day = Math.floor(index / EVENT_TYPES.length);
      const id = noteFile(ledger, eventType, day, '', '');
      const eventDate = dateOf(day);
      ledger.files.land(id, { path: `raw/${String(index)}`, sha256: '', bytes: 1, storedBytes: 1 }, 0);
      ledger.files.mark([{ id }], 'published');
      const facts = { rows: 1, bytes: 1, eventFrom: 0, eventTo: 1, columns: {}, misfits: 0, quarantined: 0 };
      const key = { source: 'event_log', eventType, eventDate, part: 'day' };
      ledger.units.put({ ...key, ...facts, path: dayFile(ledger, eventType, eventDate) }, 0);
    }
  });
}

/** Seconds of a sync. */
async function medianSync(org: OrgProcess, folder: string): Promise<number> {
  await using worker = openLakeWorker({ dataFolder: path.join(folder, 'data', org.address.orgId) });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(await seconds(() => syncFrom(org.address, folder, { sources: SOURCES, worker })));
  }
  return median(times);
}
