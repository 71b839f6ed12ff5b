import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { asSqlText } from '../../extension/insights/query.ts';
import { shippedQueries, shippedQuery } from '../../extension/insights/queries.ts';
import { insightViews } from '../../extension/insights/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { LakeFolder, objects } from '../lake/lake-folder.ts';
import { publishEvents, publishRecords, signIn, userId } from './story.ts';

const WRONG = 'Invalid Password';

describe('shipped queries', () => {
  let lake: LakeFolder;
  const units: PublishedUnit[] = [];

  before(async () => {
    lake = await LakeFolder.make();
    const everyDay = Array.from({ length: 40 }, (_, day) =>
      new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10),
    );
    units.push(
      ...(await publishRecords(
        lake,
        'login_history',
        'LoginTime',
        ['Id'],
        [
          ...everyDay.map((day) => signIn('anna', day)),
          signIn('anna', '2026-10-10T08:30:00', 'Sydney'),
          signIn('bert', '2026-10-10'),
          signIn('bert', '2026-10-10T10:00:00', 'Bern'),
          ...['carl', 'dora', 'emil', 'fred', 'gina', 'hans'].map((user, minute) =>
            signIn(user, `2026-10-11T03:0${String(minute)}:00`, 'Unknown', WRONG),
          ),
          signIn('emil', '2026-10-11T03:20:00', 'Unknown'),
          ...[1, 2, 3, 4, 5].map((minute) => signIn('ines', `2026-10-12T09:0${String(minute)}:00`, 'Bern', WRONG)),
          signIn('ines', '2026-10-12T09:10:00', 'Zurich'),
          signIn('jack', '2026-09-01'),
          signIn('jack', '2026-10-20', 'Unknown'),
        ],
      )),
      ...(await publishRecords(
        lake,
        'setup_audit_trail',
        'CreatedDate',
        ['Id'],
        [
          change('1', 'bert', 'PermSetAssign', '2026-10-10T12:00:00', 'パーミッションセット'),
          change('2', 'anna', 'changedApexClass', '2026-10-10T12:00:00', 'Changed X Apex Class code'),
          change('3', 'anna', 'suOrgAdminLogin', '2026-10-10T13:00:00', 'Logged in using Login-As access for Bert'),
        ],
      )),
      ...(await publishRecords(
        lake,
        'content_distribution',
        'SystemModstamp',
        ['Id', 'SystemModstamp'],
        [
          link('open', 'bert', '2026-10-10T15:00:00', { PreferencesPasswordRequired: false, ViewCount: 3 }),
          link('open', 'bert', '2026-10-11T15:00:00', { PreferencesPasswordRequired: false, ViewCount: 7 }),
          link('shut', 'anna', '2026-10-10T14:00:00', {
            PreferencesPasswordRequired: true,
            PreferencesExpires: true,
            ExpiryDate: '2026-12-01T00:00:00.000+0000',
          }),
          link('gone', 'anna', '2026-10-10T14:00:00', { IsDeleted: true }),
        ],
      )),
      ...(await publishEvents(lake, 'Login', '2026-10-11', [
        { USER_ID: userId('emil').slice(0, 15), USER_NAME: 'emil@example.com', TIMESTAMP: '20261011032000.000' },
      ])),
      ...(await publishEvents(lake, 'Report', '2026-10-08', [report('anna', 20)])),
      ...(await publishEvents(lake, 'Report', '2026-10-09', [
        report('anna', 30),
        report('bert', 90_000, 'ReportRunFromLightning'),
      ])),
      ...(await publishEvents(lake, 'Report', '2026-10-10', [report('anna', 50_000), report('anna', 10_000)])),
    );
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  function change(Id: string, user: string, Action: string, at: string, Display: string) {
    const CreatedBy = { Username: `${user}@example.com`, Name: user };
    return { Id, Action, CreatedDate: `${at}.000+0000`, CreatedById: userId(user), CreatedBy, Display, Section: 'x' };
  }

  /** A version of a link, all made at the same time. */
  function link(name: string, user: string, at: string, more: Readonly<Record<string, unknown>>) {
    const made = { CreatedById: userId(user), OwnerId: userId(user), CreatedDate: '2026-10-10T14:00:00.000+0000' };
    return { Id: `05D-${name}`, Name: name, ...made, SystemModstamp: `${at}.000+0000`, ...more };
  }

  function report(user: string, rows: number, ORIGIN = 'ReportExported') {
    return {
      USER_ID_DERIVED: userId(user),
      ROW_COUNT: String(rows),
      ORIGIN,
      REPORT_ID: '00O000000000001',
      RUN_TIME: String(rows),
    };
  }

  async function answer(id: string): Promise<Record<string, unknown>[]> {
    const query = shippedQuery(id);
    assert.ok(query, id);
    return objects(await lake.query(query.sql, units, insightViews));
  }

  const pick = (rows: readonly Record<string, unknown>[], ...names: readonly string[]) =>
    rows.map((row) => names.map((name) => row[name]));

  it('all run on an empty lake, and as the text that a person opens', async () => {
    for (const query of shippedQueries) {
      assert.deepEqual((await lake.query(query.sql, [], insightViews)).rows, [], query.id);
      assert.ok((await lake.query(asSqlText(query), units, insightViews)).columns.length > 0, query.id);
      assert.match(asSqlText(query), /^-- [A-Z]/);
    }
    const ids = shippedQueries.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(shippedQuery('nope'), undefined);
  });

  it('find addresses that fail', async () => {
    assert.deepEqual(
      pick(
        await answer('failed-sign-ins-by-source'),
        'client_ip',
        'failures',
        'users',
        'succeeded_after',
        'usual_reason',
      ),
      [
        ['203.0.113.66', 6, 6, true, WRONG],
        ['192.0.2.2', 5, 1, false, WRONG],
      ],
    );
  });

  it('find passwords tried on many users, and who fell for it', async () => {
    assert.deepEqual(pick(await answer('password-spray'), 'client_ip', 'hour', 'users', 'attempts', 'got_in'), [
      ['203.0.113.66', '2026-10-11T03:00:00.000Z', 6, 6, ['emil@example.com']],
    ]);
  });

  it('find a password that was guessed', async () => {
    assert.deepEqual(
      pick(await answer('guessed-passwords'), 'who', 'signed_in_at', 'failures', 'from_another_address', 'failed_from'),
      [[userId('ines'), '2026-10-12T09:10:00.000Z', 5, true, ['192.0.2.2']]],
    );
  });

  it('find a journey that no plane makes, and not one by train', async () => {
    const [row, ...others] = await answer('impossible-travel');
    assert.equal(others.length, 0);
    assert.deepEqual(
      [row?.['who'], row?.['first_place'], row?.['second_place'], row?.['hours']],
      ['anna@example.com', 'Zürich, CH', 'Sydney, AU', 0.5],
    );
    assert.ok(Math.abs(Number(row?.['km']) - 16_560) < 100, String(row?.['km']));
  });

  it('find a new country and an account that wakes up', async () => {
    assert.deepEqual(pick(await answer('new-country'), 'who', 'country'), [
      [userId('jack'), 'NL'],
      ['anna@example.com', 'AU'],
    ]);
    assert.deepEqual(pick(await answer('dormant-accounts'), 'who', 'days_silent', 'client_ip'), [
      [userId('jack'), 49, '203.0.113.66'],
    ]);
  });

  it('find an export far beyond what a user takes', async () => {
    assert.deepEqual(pick(await answer('mass-export'), 'who', 'event_date', 'records', 'usual_records', 'actions'), [
      ['anna@example.com', '2026-10-10', 60_000, 30, 2],
    ]);
  });

  it('find a permission that was followed by a public link, in any language', async () => {
    assert.deepEqual(pick(await answer('permission-then-link'), 'who', 'change', 'link', 'views'), [
      ['bert@example.com', 'PermSetAssign', 'open', 7],
    ]);
  });

  it('find links that anybody can open', async () => {
    assert.deepEqual(
      pick(await answer('open-public-links'), 'name', 'made_by', 'has_password', 'expires_at', 'views'),
      [['open', 'bert@example.com', false, null, 7]],
    );
  });

  it('find what weakens the org, and who acted as somebody else', async () => {
    assert.deepEqual(pick(await answer('risky-setup-changes'), 'who', 'action'), [
      ['anna@example.com', 'suOrgAdminLogin'],
      ['bert@example.com', 'PermSetAssign'],
    ]);
    assert.deepEqual(pick(await answer('signed-in-as'), 'who', 'action'), [['anna@example.com', 'suOrgAdminLogin']]);
  });

  it('count by day', async () => {
    const days = await answer('events-by-day');
    assert.deepEqual(pick(days.slice(-1), 'event_date', 'sign_ins', 'setup_changes', 'events'), [
      ['2026-09-01', 2, 0, 0],
    ]);
    const [tenth] = pick(
      days.filter((day) => day['event_date'] === '2026-10-10'),
      'sign_ins',
      'setup_changes',
      'events',
    );
    assert.deepEqual(tenth, [4, 3, 2]);
  });

  it('tell activities in one schema', async () => {
    const rows = objects(
      await lake.query(
        `SELECT source, action, user_id, outcome, records, client_ip FROM activities
         WHERE event_date = '2026-10-10' AND user_id = '${userId('anna')}' ORDER BY ALL`,
        units,
        insightViews,
      ),
    );
    assert.deepEqual(pick(rows, 'source', 'action', 'outcome', 'records', 'client_ip'), [
      ['event_log_report', 'report-export', null, 10_000, null],
      ['event_log_report', 'report-export', null, 50_000, null],
      ['login_history', 'sign-in', 'success', null, '192.0.2.1'],
      ['login_history', 'sign-in', 'success', null, '198.51.100.7'],
      ['setup_audit_trail', 'setup:changedApexClass', 'success', null, null],
      ['setup_audit_trail', 'setup:suOrgAdminLogin', 'success', null, null],
    ]);
  });
});
