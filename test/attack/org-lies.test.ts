import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { HOUR } from '../../extension/shared/utc.ts';
import type { SourceReport } from '../../extension/sync/report.ts';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';

const CSV = '"EVENT_TYPE","TIMESTAMP_DERIVED","USER_ID"\n"Login","2026-11-24T05:30:00.000Z","005"\n';
const NO_ROUTE = JSON.stringify({ status: 404, error: 'Not Found' });
const GONE = '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]';

describe('an org that says one thing and sends another', () => {
  let both: OrgAndLake;

  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'shield', scale: 0.02 });
  });

  afterEach(() => both[Symbol.asyncDispose]());

  const page = (records: readonly unknown[], parts: object = {}): string =>
    JSON.stringify({ totalSize: records.length, done: true, records, ...parts });

  const answer = (path: string, body: string, more: object = {}): Promise<unknown> =>
    both.fault({ kind: 'answer', path, body, ...more });

  /** @param ahead how much later it is than it was, in ms */
  async function sync(source: string, ahead = 0): Promise<{ outcome: string; report: SourceReport }> {
    const clock = { now: () => Date.now() + ahead };
    const { outcome, sources } = await both.sync({ sources: [source], eventTypes: { include: ['Login'] }, clock });
    const report = sources[0];
    assert.ok(report);
    return { outcome, report };
  }

  const file = (day: number, facts: object = {}): object => ({
    Id: `0AT0000000000${String(day)}AAA`,
    EventType: 'Login',
    LogDate: `2026-11-${String(day)}T00:00:00.000+0000`,
    CreatedDate: `2026-11-${String(day)}T05:00:00.000+0000`,
    LogFileLength: CSV.length,
    Interval: 'Daily',
    Sequence: 0,
    ...facts,
  });

  it('fails a source that sends more records a page than a page has, and no other', async () => {
    const entries = Array<string>(200_000).fill('{"Id":"1"}').join();
    await answer('LoginHistory', `{"totalSize":200000,"done":true,"records":[${entries}]}`);
    const { outcome, sources } = await both.sync({ sources: ['login_history', 'setup_audit_trail'] });
    assert.equal(outcome, 'failed');
    assert.deepEqual(
      sources.map(({ state }) => state),
      ['failed', 'done'],
    );
  });

  it('is asked again for records that it counts and does not send, and then all are there', async () => {
    const first = { Id: '000000000000001AAA', LoginTime: both.since.toISOString() };
    await answer('LoginHistory', page([first], { totalSize: 4000 }), { count: 1 });
    assert.equal((await sync('login_history')).outcome, 'done');
    const { truth } = await both.still(() => sync('login_history'));
    assert.equal((await both.rows()).login_history, truth.login_history + 1);
  });

  it('is not believed to have sent all sign-ins, users or event log files while it counts more', async () => {
    const bodies = {
      login_history: ['LoginHistory', { Id: '0Ya000000000001AAA', LoginTime: both.since.toISOString() }],
      user_snapshot: ['FROM(?:\\+|%20)User(?:\\+|%20)', { Id: '005000000000001AAA', Username: 'a@b.c' }],
      event_log: ['FROM(?:\\+|%20)EventLogFile', file(20)],
      oauth_token_snapshot: ['FROM(?:\\+|%20)OauthToken', { Id: '0CQ000000000001AAA' }],
    } as const;
    await answer('LogFile$', CSV, { contentType: 'text/csv' });
    for (const [source, [path, record]] of Object.entries(bodies)) {
      await answer(path, page([record], { totalSize: 4000 }));
      const { outcome, report } = await sync(source);
      assert.deepEqual([outcome, report.state], ['failed', 'failed'], source);
      assert.match(report.reason ?? '', /more records .* than it sends/, source);
    }
    await both.noFaults();
    const { result, truth } = await both.still(() => sync('user_snapshot'));
    assert.equal(result.outcome, 'done');
    assert.ok(result.report.rows > 1);
    await sync('login_history');
    assert.ok((await both.rows()).login_history >= truth.login_history);
  });

  it('tells of event log files that it lists and no longer has, and fetches those that it lists again', async () => {
    await answer('FROM(?:\\+|%20)EventLogFile', page([file(20), file(21)]));
    await answer('20AAA/LogFile$', GONE, { status: 404, count: 1 });
    await answer('LogFile$', CSV, { contentType: 'text/csv' });
    const first = await sync('event_log');
    assert.deepEqual([first.outcome, first.report.files], ['partial', 1]);
    assert.match(first.report.reason ?? '', /Listed by the org, but no longer there .*: 1 file\./);
    const { outcome, report } = await sync('event_log');
    assert.deepEqual([outcome, report.files, report.reason], ['done', 1, undefined]);
    assert.equal((await both.rows()).event_log['Login'], 2);
  });

  for (const [what, more] of Object.entries({
    'an edge that knows no such address': { status: 404, contentType: 'text/html', body: '<html>Not found</html>' },
    'a gateway that has no such route': { status: 404, contentType: 'application/json', body: NO_ROUTE },
    'a login page': { contentType: 'text/html; charset=UTF-8', body: '<html>Log in</html>' },
    'an error with status 200': { contentType: 'application/json', body: GONE },
    nothing: { status: 204, body: '' },
  })) {
    it(`takes ${what} for no event log file, and fetches it later`, async () => {
      await answer('FROM(?:\\+|%20)EventLogFile', page([20, 21].map((day) => file(day, { LogFileLength: null }))));
      await both.fault({ kind: 'answer', path: '20AAA/LogFile$', count: 3, ...more });
      await answer('LogFile$', CSV, { contentType: 'text/csv' });
      const failed = await sync('event_log');
      assert.deepEqual([failed.outcome, failed.report.files], ['partial', 1]);
      const { outcome, report } = await sync('event_log', HOUR);
      assert.deepEqual([outcome, report.files], ['done', 1]);
      assert.equal((await both.rows()).event_log['Login'], 2);
    });
  }

  it('may call event types whatever it likes: they are rows of that name', async () => {
    const types = [
      '../../x',
      'con',
      "a'b",
      'event_type=x',
      '\u{1f600}'.repeat(100),
      'あ'.repeat(100),
      '\u202e\u001b[31m',
      '..',
    ];
    const ids = types.map((_, index) => `0AT00000000000${String(index)}AAA`);
    const listed = types.map((EventType, index) => file(20, { EventType, Id: ids[index] }));
    await answer('FROM(?:\\+|%20)EventLogFile', page(listed));
    await answer('LogFile$', CSV.replace('EVENT_TYPE', 'OTHER_NAME'), { contentType: 'text/csv' });
    const { outcome } = await both.sync({ sources: ['event_log'] });
    assert.equal(outcome, 'done');
    const rows = await both.query('SELECT event_type FROM event_log');
    assert.deepEqual(rows.map(([type]) => type).sort(), types.sort());
  });

  it('holds back no other file with one that is longer than it was declared', async () => {
    const files = [20, 21, 22, 23, 24, 25].map((day) => file(day, day === 20 ? { LogFileLength: 5 } : {}));
    await answer('FROM(?:\\+|%20)EventLogFile', page(files));
    await answer('LogFile$', CSV, { contentType: 'text/csv' });
    const { outcome, sources } = await both.sync({ sources: ['event_log'], concurrency: 1 });
    assert.deepEqual([outcome, sources[0]?.files], ['done', 6]);
    assert.match(sources[0]?.reason ?? '', /Not as long as Salesforce lists them.*: 1 file\./);
  });
});
