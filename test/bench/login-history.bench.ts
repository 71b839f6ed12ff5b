import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from 'jsforce';
import type { SyncReport } from '../../extension/sync/report.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { loginHistory as source } from '../../extension/sources/login-history.ts';
import { bounded, row, seconds, startOrg, type Bench } from './bench.ts';
import { syncFrom } from './lake.ts';

/** Of an org whose sign-ins of 60 days are about a million. */
const ORG_SCALE = 120;
const LATENCY = 100;

/** Sign-ins at 100 ms a request, against jsforce's own autoFetch of the same query, which goes page after page. */
export const loginHistory: Bench = {
  name: 'login-history',
  run: async ({ scale, folder }) => {
    await using simulated = await startOrg({ scenario: 'shield', scale: ORG_SCALE * scale });
    const recordings = path.join(folder, 'recordings');
    await mkdir(recordings);
    await using org = await simulated.recorded(recordings, LATENCY);
    const { instanceUrl, accessToken } = org.address;
    const since = new Date(Date.now() - 60 * DAY);
    const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
    const pull = (to: string): Promise<SyncReport> =>
      syncFrom(org.address, path.join(folder, to), { sources: ['login_history'], since });
    const fields = source.fields
      .map(({ name }) => name)
      .concat(source.optional.flatMap((each) => each.fields.map(({ name }) => name)));
    const soql = `SELECT ${fields.join(', ')} FROM LoginHistory WHERE LoginTime >= ${since.toISOString()} ORDER BY LoginTime, Id`;
    const autoFetch = async (): Promise<number> =>
      (await connection.query(soql, { autoFetch: true, maxFetch: 10_000_000 })).records.length;
    // Each pages in its own way: what the org makes for each is made before the clock runs.
    await pull('before');
    await autoFetch();
    let rows = 0;
    let calls = 0;
    const ours = await seconds(async () => {
      const report = await pull('measured');
      rows = report.sources[0]?.rows ?? 0;
      calls = report.quota.requests;
    });
    const before = await org.counted();
    const theirs = await seconds(async () => {
      if ((await autoFetch()) < rows * 0.99) throw new Error('jsforce fetched fewer rows.');
    });
    const theirCalls = (await org.counted()) - before;
    return [
      row(`sign-ins, at ${String(LATENCY)} ms a request`, rows.toLocaleString('en')),
      row('whole sync, until they are in the lake', `${ours.toFixed(1)} s, ${String(calls)} calls`),
      row('jsforce autoFetch of the same query, into memory', `${theirs.toFixed(1)} s, ${String(theirCalls)} calls`),
      bounded('jsforce : whole sync', theirs / ours, '×', '≥', 4),
      bounded('calls more than jsforce', 100 * (calls / theirCalls - 1), ' %', '≤', 3),
    ];
  },
};
