import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { dashboardSeries, dashboardSeriesOf } from '../../extension/insights/dashboard.ts';
import { startOfRange } from '../../extension/insights/series.ts';
import type { Range } from '../../extension/shared/dashboard-messages.ts';
import { insightViews } from '../../extension/insights/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { LakeFolder } from '../lake/lake-folder.ts';
import { publishEvents, publishRecords, signIn, userId } from './story.ts';

const NOW = Date.parse('2026-11-24T12:30:00Z');

const change = (at: string, section: string | null): object => ({
  Id: `0Ym-${at}-${section ?? ''}`,
  Action: 'PermSetAssign',
  Section: section,
  CreatedDate: `${at}.000+0000`,
  CreatedById: userId('ada'),
  CreatedBy: { Username: 'ada@example.com' },
});

const link = (id: string, password: boolean, expires: boolean): object => ({
  Id: id,
  Name: `O'Neil ${id}`,
  PreferencesPasswordRequired: password,
  PreferencesExpires: expires,
  ExpiryDate: expires ? '2027-01-01T00:00:00.000+0000' : null,
  SystemModstamp: '2026-11-20T10:00:00.000+0000',
  CreatedDate: '2026-11-20T10:00:00.000+0000',
});

describe('the series of the dashboard', () => {
  let lake: LakeFolder;
  let units: PublishedUnit[];

  before(async () => {
    lake = await LakeFolder.make();
    units = [
      ...(await publishRecords(lake, 'login_history', 'LoginTime', ['Id'], [
        signIn('ada', '2026-11-24T09:00:00'),
        signIn('ada', '2026-11-24T09:30:00', 'Sydney', 'Invalid Password'),
        signIn('bob', '2026-11-22T23:59:59', 'Bern'),
        signIn('bob', '2026-10-01T00:00:00', 'Unknown'),
      ] as never)),
      ...(await publishRecords(lake, 'setup_audit_trail', 'CreatedDate', ['Id'], [
        change('2026-11-24T10:00:00', 'Manage Users'),
        change('2026-11-23T10:00:00', null),
      ] as never)),
      ...(await publishRecords(lake, 'content_distribution', 'SystemModstamp', ['Id', 'SystemModstamp'], [
        link('a', false, false),
        link('b', true, true),
        link('c', false, false),
      ] as never)),
      ...(await publishEvents(lake, 'URI', '2026-11-24', [
        { EVENT_TYPE: 'URI', TIMESTAMP_DERIVED: '2026-11-24T11:00:00.000Z', USER_ID_DERIVED: userId("o'neil") },
        { EVENT_TYPE: 'URI', TIMESTAMP_DERIVED: '2026-11-24T11:00:01.000Z', USER_ID_DERIVED: userId('bob') },
      ])),
    ];
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  const rowsOf = async (id: string, range: Range) => {
    const series = dashboardSeriesOf(id);
    assert.ok(series);
    return (await lake.query(series.sql(range, startOfRange(range, NOW)), units, insightViews)).rows;
  };

  it('counts sign-ins by hour of the last day, and by day of the last week, quiet times included', async () => {
    const day = await rowsOf('sign-ins-over-time', '1');
    assert.equal(day.length, 24);
    assert.deepEqual(day[0], ['2026-11-23 13:00', 0, 0, 0]);
    assert.deepEqual(
      day.find(([bucket]) => bucket === '2026-11-24 09:00'),
      ['2026-11-24 09:00', 1, 1, 0],
    );
    const week = await rowsOf('sign-ins-over-time', '7');
    assert.deepEqual(week, [
      ...['18', '19', '20', '21'].map((date) => [`2026-11-${date}`, 0, 0, 0]),
      ['2026-11-22', 1, 0, 0],
      ['2026-11-23', 0, 0, 0],
      ['2026-11-24', 1, 1, 0],
    ]);
    assert.equal((await rowsOf('sign-ins-over-time', 'all'))[0]?.[0], '2026-10-01');
  });

  it('ranks countries, users, Setup sections, event types and protections', async () => {
    assert.deepEqual(await rowsOf('sign-ins-by-country', '30'), [
      ['CH', 2, 0, 0],
      ['AU', 0, 1, 0],
    ]);
    assert.deepEqual((await rowsOf('top-users', '30'))[0], ['ada@example.com', 4]);
    assert.deepEqual(await rowsOf('setup-changes-by-section', '7'), [
      ['Manage Users', 1],
      [null, 1],
    ]);
    assert.deepEqual(await rowsOf('event-volume-by-type', '1'), [['URI', 2]]);
    assert.deepEqual(await rowsOf('public-links-by-protection', '1'), [
      ['none', 2],
      ['password and expiry', 1],
    ]);
  });

  for (const range of ['7', 'all'] as const)
    it(`has behind each bar as many rows as the bar says, range ${range}`, async () => {
      const since = startOfRange(range, NOW);
      for (const series of dashboardSeries) {
        const { rows } = await lake.query(series.sql(range, since), units, insightViews);
        for (const [bucket, ...numbers] of rows) {
          const total = numbers.reduce((sum: number, value) => sum + Number(value), 0);
          if (total === 0) continue;
          const behind = await lake.query(series.rows(bucket as string | null, range, since), units, insightViews);
          assert.equal(behind.rowCount, total, `${series.id} ${String(bucket)}`);
        }
      }
    });

  it('has rows, or none, on a lake without events', async () => {
    for (const series of dashboardSeries) {
      const { rows } = await lake.query(series.sql('30', startOfRange('30', NOW)), [], insightViews);
      assert.ok(
        rows.every(([, ...numbers]) => numbers.every((value) => value === 0)),
        series.id,
      );
      assert.deepEqual(
        (await lake.query(series.rows("x'y", '30', startOfRange('30', NOW)), [], insightViews)).rows,
        [],
      );
    }
  });
});
