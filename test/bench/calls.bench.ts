import { Connection } from 'jsforce';
import { SOURCES } from '../../extension/sources/registry.ts';
import { bounded, row, startOrg, type Bench } from './bench.ts';
import { syncFrom } from './lake.ts';

const pages = (records: number): number => Math.max(1, Math.ceil(records / 2_000));
const EVENT_TYPES = { include: ['Login', 'ReportExport', 'ApiTotalUsage'] };

/** Calls by source against the fewest that the API allows: a page of 2,000 records, a file, a page of the list of files. */
export const calls: Bench = {
  name: 'calls',
  run: async ({ scale, folder }) => {
    await using org = await startOrg({ scenario: 'shield', scale: 2 * scale });
    const first = await syncFrom(org.address, folder, { eventTypes: EVENT_TYPES });
    const again = await syncFrom(org.address, folder, { eventTypes: EVENT_TYPES });
    const { instanceUrl, accessToken } = org.address;
    const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
    const listed = (await connection.query('SELECT count() FROM EventLogFile')).totalSize;
    let total = 0;
    let floors = 0;
    const rows = first.sources.map(({ source, requests, rows: count, files }) => {
      const { kind, ...declared } = SOURCES.find(({ name }) => name === source) ?? { kind: undefined };
      const floor =
        kind === 'event-log'
          ? files + pages(listed)
          : 'paging' in declared && declared.paging.by === 'values'
            ? // What is shared is asked for by name, so many names a query.
              requests
            : pages(count);
      total += requests;
      floors += floor;
      const what = `${String(requests)} calls, ${count.toLocaleString('en')} rows, ${String(files)} pages or files`;
      return row(source, what, `floor ${String(floor)}`);
    });
    const asked = SOURCES.filter(({ kind }) => kind !== 'snapshot').length;
    return [
      ...rows,
      bounded('all sources over the floor', 100 * (total / floors - 1), ' %', '≤', 3),
      bounded('a sync with nothing new', again.quota.requests, ' calls', '≤', asked),
    ];
  },
};
