import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Row } from '../model.ts';
import { isValidId, sample } from './support/sample.ts';
import type { Sample } from './support/sample.ts';

describe('simulated org: sign-ins', function () {
  this.timeout(60_000);
  let org: Sample;
  let rows: readonly Row[];
  before(() => {
    org = sample();
    rows = org.dataset.loginHistory(org.clock.now);
  });

  it('are about 9,000 in 60 days, and go back further than that', () => {
    const since = '2026-09-25T05:30:00.000+0000';
    const count = rows.filter((row) => String(row['LoginTime']) >= since).length;
    assert.ok(count > 7_500 && count < 10_500, String(count));
    assert.ok(String(rows[0]?.['LoginTime']) < '2026-06-01');
  });

  it('are ascending by time then Id, with valid Ids that are all different', () => {
    const keys = rows.map((row) => `${String(row['LoginTime'])}${String(row['Id'])}`);
    assert.deepEqual(keys, [...keys].sort());
    assert.ok(rows.every((row) => isValidId(row['Id'], '0Ya') && isValidId(row['LoginGeoId'], '04F')));
    assert.equal(new Set(rows.map((row) => row['Id'])).size, rows.length);
  });

  it('are of users that there are, and each has its place', () => {
    const users = new Set(org.population.users.map((user) => user['Id']));
    assert.ok(rows.every((row) => users.has(row['UserId'])));
    const geos = new Map(org.dataset.loginGeo(org.clock.now).map((geo) => [geo['Id'], geo]));
    for (const row of rows) {
      const geo = geos.get(row['LoginGeoId']);
      assert.equal(geo?.['LoginTime'], row['LoginTime']);
      assert.equal(geo?.['CountryIso'], row['CountryIso']);
    }
  });

  it('include several in the same second, one at midnight exactly, and every way to fail', () => {
    const times = rows.map((row) => String(row['LoginTime']));
    assert.ok(new Set(times).size < times.length - 100);
    assert.ok(times.filter((time) => time.endsWith('T00:00:00.000+0000')).length >= 60);
    const statuses = new Set(rows.map((row) => row['Status']));
    for (const status of ['Success', 'Invalid Password', 'User is Frozen', 'User is Inactive', 'Password Lockout']) {
      assert.ok(statuses.has(status), status);
    }
    for (const field of ['LoginType', 'Application', 'Browser', 'Platform', 'ApiType']) {
      assert.ok(new Set(rows.map((row) => row[field])).size >= 3, field);
    }
  });

  it('include a password spray: one address, many users, one minute', () => {
    const failed = rows.filter((row) => row['SourceIp'] === '203.0.113.66');
    const minutes = Map.groupBy(failed, (row) => String(row['LoginTime']).slice(0, 16));
    const widest = Math.max(...[...minutes.values()].map((group) => new Set(group.map((row) => row['UserId'])).size));
    assert.ok(widest >= 30, String(widest));
    assert.ok(failed.every((row) => row['Status'] !== 'Success'));
  });

  it('include an impossible journey: one user, two countries, both successful, within an hour', () => {
    const journeys = rows.filter((row) => row['CountryIso'] === 'VN' && row['Status'] === 'Success');
    assert.ok(journeys.length >= 5);
    for (const there of journeys) {
      const at = Date.parse(String(there['LoginTime']));
      const here = rows.find((row) => {
        const before = at - Date.parse(String(row['LoginTime']));
        return row['UserId'] === there['UserId'] && row['Status'] === 'Success' && before > 0 && before < 3_600_000;
      });
      assert.ok(here !== undefined && here['CountryIso'] !== 'VN');
    }
  });

  it('appear as the clock passes them, and asking twice makes nothing anew', () => {
    const noon = new Date('2026-11-23T12:00:00.000Z');
    const earlier = org.dataset.loginHistory(noon);
    assert.ok(earlier.every((row) => String(row['LoginTime']) <= '2026-11-23T12:00:00.000+0000'));
    assert.ok(rows.some((row) => String(row['LoginTime']) > '2026-11-23T12:00:00.000+0000'));
    assert.equal(org.dataset.loginHistory(noon), org.dataset.loginHistory(noon));
  });
});
