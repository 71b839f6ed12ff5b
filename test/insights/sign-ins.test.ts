import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { shippedQuery } from '../../extension/insights/queries.ts';
import { signInsByCountry } from '../../extension/insights/series/sign-ins-by.ts';
import { signInsOverTime } from '../../extension/insights/series/sign-ins-over-time.ts';
import { insightViews } from '../../extension/insights/views.ts';
import type { PublishedUnit } from '../../extension/lake/worker.ts';
import { LakeFolder, objects } from '../lake/lake-folder.ts';
import { publishEvents, publishRecords, signIn, userId } from './story.ts';

const WRONG = 'Invalid Password';
const DAY = '2026-10-12';
const at = (time: string): string => `${DAY}T${time}:00`;

/** The event log file's word for a sign-in of LoginHistory. */
const code = (user: string, time: string, LOGIN_STATUS: string, SOURCE_IP = '192.0.2.1') => ({
  USER_ID_DERIVED: userId(user),
  TIMESTAMP: `${DAY.replaceAll('-', '')}${time.replace(':', '')}00.417`,
  SOURCE_IP,
  CLIENT_IP: 'Salesforce.com IP',
  LOGIN_STATUS,
});

describe('sign-ins', () => {
  let lake: LakeFolder;
  const units: PublishedUnit[] = [];
  const minutes = Array.from({ length: 6 }, (_, minute) => `0${String(minute)}`);

  before(async () => {
    lake = await LakeFolder.make();
    const fromApp = { LoginType: 'Remote Access 2.0', Application: 'Some Integration' };
    units.push(
      ...(await publishRecords(
        lake,
        'login_history',
        'LoginTime',
        ['Id'],
        [
          // Somebody guesses kate's password while she works: her own sign-ins come in between, the last just before.
          signIn('kate', '2026-10-11', 'Zurich'),
          ...minutes.map((minute) => signIn('kate', at(`09:${minute}`), 'Unknown', WRONG)),
          ...minutes.map((minute) => signIn('kate', at(`09:1${minute.slice(1)}`), 'Zurich')),
          signIn('kate', at('09:20'), 'Unknown'),
          // Her desk after that is no guess.
          signIn('kate', at('09:30'), 'Zurich'),
          // Many users may not sign in from here; no password is tried.
          ...['lena', 'marc', 'nina', 'olaf', 'paul', 'quin'].map((user) =>
            signIn(user, at('10:00'), 'Bern', 'Restricted IP'),
          ),
          // Her integration runs on another continent.
          signIn('rosa', at('11:00'), 'Zurich'),
          { ...signIn('rosa', at('11:20'), 'Sydney'), ...fromApp },
          { ...signIn('rosa', at('11:25'), 'Sydney'), LoginType: 'Application', ApiType: 'SOAP Partner' },
          signIn('rosa', at('11:30'), 'Zurich'),
          // Told in another language; codes exist for the first two.
          signIn('sara', at('12:00'), 'Zurich', '成功'),
          signIn('sara', at('12:05'), 'Zurich', 'パスワードが無効です'),
          signIn('sara', at('12:10'), 'Zurich', '成功'),
          signIn('sara', at('12:15'), 'Zurich', 'パスワードが無効です'),
          signIn('sara', at('12:20'), 'Zurich', '不明'),
          // What the code says decides, also against the text.
          signIn('tina', at('13:00'), 'Zurich', 'Success'),
          signIn('tina', at('13:05'), 'Zurich', 'Failed: Computer activation required'),
        ],
      )),
      ...(await publishEvents(lake, 'Login', DAY, [
        code('sara', '12:00', 'LOGIN_NO_ERROR'),
        code('sara', '12:05', 'LOGIN_ERROR_INVALID_PASSWORD'),
        code('tina', '13:00', 'LOGIN_CHALLENGE_ISSUED'),
      ])),
    );
  });

  after(() => lake[Symbol.asyncDispose]());

  const ask = async (sql: string) => objects(await lake.query(sql, units, insightViews));
  const answer = (id: string) => ask(shippedQuery(id)?.sql ?? '');

  it('have an outcome by code, by what codes say of their text, by a known text, or none that is known', async () => {
    const rows = await ask(
      `SELECT strftime(event_time, '%H:%M') AS moment, outcome, failure FROM sign_ins WHERE event_time >= '${at('12:00')}' ORDER BY moment`,
    );
    assert.deepEqual(
      rows.map((row) => [row['moment'], row['outcome'], row['failure']]),
      [
        ['12:00', 'success', null],
        ['12:05', 'failure', 'wrong password'],
        ['12:10', 'success', null],
        ['12:15', 'failure', 'wrong password'],
        ['12:20', 'unknown', null],
        ['13:00', 'unknown', null],
        ['13:05', 'failure', 'mfa'],
      ],
    );
    const [all] = await ask('SELECT (SELECT count(*) FROM sign_ins) AS n, (SELECT count(*) FROM login_history) AS m');
    assert.equal(all?.['n'], all?.['m']);
    const activities = await ask(
      `SELECT DISTINCT outcome FROM activities WHERE action = 'sign-in' AND user_id = '${userId('sara')}' ORDER BY 1`,
    );
    assert.deepEqual(
      activities.map(({ outcome }) => outcome),
      ['failure', 'success', 'unknown'],
    );
  });

  it('of unknown outcome are a number of their own in charts and queries', async () => {
    const since = `${DAY}T00:00:00.000Z`;
    for (const series of [signInsByCountry, signInsOverTime]) {
      const rows = await ask(series.sql('7', since));
      const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
      assert.deepEqual(series.measures, ['success', 'failure', 'unknown']);
      assert.equal(sum('unknown'), 2);
      assert.equal(sum('success') + sum('failure') + sum('unknown'), 31);
    }
    assert.ok((await answer('failed-sign-ins-by-source')).every((row) => 'of_unknown_outcome' in row));
  });

  it('of the user in between do not hide that somebody else guessed the password', async () => {
    const rows = await answer('guessed-passwords');
    assert.deepEqual(
      rows.map((row) => [
        row['who'],
        row['signed_in_at'],
        row['client_ip'],
        row['failures'],
        row['from_another_address'],
      ]),
      [[userId('kate'), `${DAY}T09:20:00.000Z`, '203.0.113.66', 6, false]],
    );
  });

  it('that are restricted are no passwords that are tried', async () => {
    assert.deepEqual(
      (await answer('password-spray')).map((row) => row['client_ip']),
      [],
    );
  });

  it('of applications are no journeys', async () => {
    assert.deepEqual(
      (await answer('impossible-travel')).filter((row) => row['who'] === userId('rosa')),
      [],
    );
  });
});
