import { Storage } from '../../extension/lake/storage.ts';
import { toCsv } from '../lake/csv.ts';
import { bounded, row, seconds, startOrg, type Bench } from './bench.ts';
import { EVENT_TYPES, dateOf, emptyLake, noteFile } from './filled-lake.ts';
import { syncFrom } from './lake.ts';

const FILES = 10_000;
const ROWS = 20;
const NAMES = ['EVENT_TYPE', 'TIMESTAMP', 'REQUEST_ID', 'USER_ID', 'RUN_TIME', 'URI', 'CLIENT_IP', 'TIMESTAMP_DERIVED'];
const TYPES = 'String,DateTime,String,Id,Number,String,IP,DateTime';

/** Small event log files that lie on disk, of 38 types: how fast a run brings them into the lake and puts them together. */
export const smallFiles: Bench = {
  name: 'small-files',
  run: async ({ scale, folder }) => {
    await using org = await startOrg({ scenario: 'no-shield', scale: 0.01 });
    const files = Math.round(FILES * scale);
    {
      using ledger = await emptyLake(folder, org.address.orgId);
      const storage = new Storage(ledger.paths);
      for (let index = 0; index < files; index++) {
        const eventType = EVENT_TYPES[index % EVENT_TYPES.length] ?? '';
        const day = Math.floor(index / EVENT_TYPES.length);
        const id = noteFile(ledger, eventType, day, NAMES.join(','), TYPES);
        const csv = Buffer.from(toCsv([NAMES, ...rowsOf(eventType, dateOf(day), index)]));
        const landed = await storage.land(`raw/event_log/${eventType}/${dateOf(day)}/day.csv.zst`, [csv]);
        ledger.transaction(() => {
          ledger.files.land(id, landed, Date.now());
        });
      }
    }
    let rows = 0;
    const options = { sources: ['event_log'], eventTypes: { include: EVENT_TYPES } };
    const taken = await seconds(async () => {
      rows = (await syncFrom(org.address, folder, options)).sources[0]?.rows ?? 0;
    });
    if (rows !== files * ROWS) throw new Error(`${String(rows)} rows came of ${String(files)} files.`);
    return [
      row('files of 20 rows, 38 event types', files.toLocaleString('en')),
      row('published and put together', `${taken.toFixed(1)} s`),
      bounded('a file', (taken * 1_000) / files, ' ms', '≤', 15),
    ];
  },
};

function rowsOf(eventType: string, date: string, file: number): string[][] {
  return Array.from({ length: ROWS }, (_, row) => {
    const time = `${date}T10:${String(row).padStart(2, '0')}:00.000Z`;
    const stamp = `${time.replace(/[-:TZ]/g, '')}`;
    return [
      eventType,
      stamp,
      `${String(file)}-${String(row)}`,
      '005000000000001',
      String(row),
      '/home',
      '192.0.2.1',
      time,
    ];
  });
}
