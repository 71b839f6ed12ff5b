import { Connection } from 'jsforce';
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
    await using org = await startOrg({ scenario: 'shield', scale: ORG_SCALE * scale, latency: LATENCY });
    const { instanceUrl, accessToken } = org.address;
    const since = new Date(Date.now() - 60 * DAY);
    // Makes the org make its rows, which are made when they are asked for.
    const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
    await connection.query(`SELECT count() FROM LoginHistory WHERE LoginTime >= ${since.toISOString()}`);
    let rows = 0;
    let calls = 0;
    const ours = await seconds(async () => {
      const report = await syncFrom(org.address, folder, { sources: ['login_history'], since });
      rows = report.sources[0]?.rows ?? 0;
      calls = report.quota.requests;
    });
    const fields = source.fields
      .map(({ name }) => name)
      .concat(source.optional.flatMap((each) => each.fields.map(({ name }) => name)));
    const before = await org.counted();
    const theirs = await seconds(async () => {
      const soql = `SELECT ${fields.join(', ')} FROM LoginHistory WHERE LoginTime >= ${since.toISOString()} ORDER BY LoginTime, Id`;
      const result = await connection.query(soql, { autoFetch: true, maxFetch: 10_000_000 });
      if (result.records.length < rows * 0.99) throw new Error('jsforce fetched fewer rows.');
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
