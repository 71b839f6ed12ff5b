import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import type { AsideItem } from '../../extension/lake/ledger-aside.ts';
import type { Clock } from '../../extension/shared/clock.ts';
import { DAY, HOUR, MINUTE, utcMinute } from '../../extension/shared/utc.ts';
import type { SyncOptions } from '../../extension/sync/options.ts';
import { planSync } from '../../extension/sync/preview.ts';
import type { SourceReport, SyncReport } from '../../extension/sync/report.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

const sources = ['login_history'];
const LOGINS = 'FROM\\+LoginHistory';

interface Latest {
  readonly latest: readonly { readonly soql?: string; readonly status: number }[];
}

describe('a query that is too much at once', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'no-shield' })));
  afterEach(() => both[Symbol.asyncDispose]());

  const sync = (options: Partial<SyncOptions> = {}): Promise<SyncReport> => both.sync({ sources, ...options });

  function asideSpans(): readonly AsideItem['span'][] {
    using ledger = openLedger(both.dataDir, both.org.orgId);
    return ledger.aside.of('login_history').map((item) => item.span);
  }

  async function expectAll(): Promise<SyncReport> {
    const { result, truth } = await both.still(() => sync());
    assert.equal((await both.rows()).login_history, truth.login_history);
    return result;
  }

  /** Queries of sign-ins since the count was reset. */
  async function queries(): Promise<Latest['latest']> {
    const { latest } = await both.control<Latest>('GET /requests');
    return latest.filter(({ soql }) => soql?.includes('FROM LoginHistory'));
  }

  for (const fault of [
    { widerThan: 3 * DAY },
    { widerThan: DAY, status: 500 },
    { widerThan: 10 * DAY, errorCode: 'OPERATION_TOO_LARGE' },
  ]) {
    it(`is cut until it is answered (${JSON.stringify(fault)})`, async () => {
      await both.fault({ kind: 'query-timeout', path: LOGINS, ...fault });
      assert.equal((await sync()).outcome, 'done');
      await both.noFaults();
      await expectAll();
    });
  }

  it('is not put again as it was by the next run, whatever ended the one before', async () => {
    await both.fault({ kind: 'query-timeout', path: LOGINS, widerThan: 2 * DAY });
    const abort = new AbortController();
    const onProgress: SyncOptions['onProgress'] = ({ requests }) => void (requests >= 3 && abort.abort());
    assert.equal((await sync({ concurrency: 1, onProgress, signal: abort.signal })).outcome, 'cancelled');
    await both.control('POST /requests/reset');
    assert.equal((await sync()).outcome, 'done');
    const widest = Math.max(...(await queries()).map(({ soql }) => spanOf(String(soql))));
    assert.ok(widest < 20 * DAY, `a query of ${String(widest / DAY)} days`);
  });

  it('is put aside where even a minute is too much, and the rest comes', async () => {
    // No query that reaches into that moment is ever answered.
    const at = new Date(Date.now() - 20 * DAY);
    await both.fault({ kind: 'query-timeout', path: LOGINS, reaching: at.toISOString() });
    const report = await sync();
    const [source] = report.sources;
    assert.equal(report.outcome, 'partial');
    assert.equal(source?.state, 'partial');
    assert.ok(source.reason?.includes(at.toISOString().slice(0, 10)), source.reason);
    const { login_history } = await both.rows();
    assert.ok(login_history > 0.9 * (await both.truth()).login_history, String(login_history));
    const [span, ...others] = asideSpans();
    assert.deepEqual(others, []);
    assert.ok(span && Number(span.to) - Number(span.from) <= MINUTE);
    await both.noFaults();
    assert.equal((await sync({ clock: { now: () => Date.now() + HOUR } })).outcome, 'done');
    await expectAll();
  });

  it('is told as lost, once, where Salesforce no longer keeps what was put aside, and not before', async () => {
    const at = new Date(Date.now() - 20 * DAY);
    await both.fault({ kind: 'query-timeout', path: LOGINS, reaching: at.toISOString() });
    await sync();
    const [span] = asideSpans();
    await both.noFaults();
    await both.fault({ kind: 'answer', path: LOGINS, body: '{"totalSize":0,"done":true,"records":[]}' });
    const clock = (days: number): Clock => ({ now: () => Date.now() + days * DAY });
    // Until the retention has passed, that there is nothing means that there was nothing.
    await cp(both.dataDir, path.join(both.folder, 'before'), { recursive: true });
    const early = await sync({ dataDir: path.join(both.folder, 'before'), clock: clock(150) });
    assert.doesNotMatch(String(one(early).reason), /Lost/);
    const late = one(await sync({ clock: clock(190) }));
    assert.equal(late.state, 'partial', late.reason);
    assert.match(String(late.reason), /Lost, .*: 1 span of time \(/);
    assert.ok(late.reason?.includes(utcMinute(Number(span?.from))), late.reason);
    const after = one(await sync({ clock: clock(191) }));
    assert.equal(after.state, 'done', after.reason);
  });

  it('fails the source after a few calls where nothing is ever answered', async () => {
    await both.fault({ kind: 'query-timeout', path: LOGINS });
    const report = await sync();
    assert.equal(report.outcome, 'failed');
    assert.ok(one(report).requests < 60, `${String(one(report).requests)} calls`);
    await both.noFaults();
    await expectAll();
  });

  it('goes on behind the last record where a further page is not to be had', async () => {
    await using large = await orgAndLake({ scenario: 'no-shield', scale: 1 });
    await large.fault({ kind: 'query-timeout', path: '/query/0r8', count: 3 });
    assert.equal((await large.sync({ sources })).outcome, 'done');
    const { truth } = await large.still(() => large.sync({ sources }));
    assert.equal((await large.rows()).login_history, truth.login_history);
  });

  it('does not keep another source of records waiting', async () => {
    await both.fault({ kind: 'query-timeout', path: LOGINS });
    await both.fault({ kind: 'latency', path: LOGINS, milliseconds: 700 });
    await both.fault({ kind: 'query-timeout', path: 'FROM\\+SetupAuditTrail', widerThan: 10 * DAY });
    let asked = 0;
    let askedAtEnd: number | undefined;
    const onProgress: SyncOptions['onProgress'] = ({ source, phase, requests }) => {
      if (source === 'login_history') asked = requests;
      else if (phase === 'end') askedAtEnd = asked;
    };
    const report = await sync({ sources: ['login_history', 'setup_audit_trail'], concurrency: 2, onProgress });
    assert.deepEqual(
      report.sources.map(({ state }) => state),
      ['failed', 'done'],
    );
    assert.ok(Number(askedAtEnd) < 0.75 * asked, `${String(askedAtEnd)} of ${String(asked)} queries were waited for`);
  });

  it('of event log files is cut, too', async () => {
    await both.fault({ kind: 'query-timeout', path: 'FROM\\+EventLogFile', widerThan: 3 * HOUR });
    const { result, truth } = await both.still(() => both.sync({ sources: ['event_log'] }));
    assert.equal(result.outcome, 'done');
    assert.deepEqual((await both.rows()).event_log, truth.event_log);
  });

  it('keeps to a span that is given by hand, in a lake that never got further', async () => {
    await both.fault({ kind: 'query-timeout', path: LOGINS });
    await sync({ since: new Date(Date.now() - 60 * DAY) });
    await both.noFaults();
    const since = new Date(Date.now() - 2 * DAY);
    const plan = await planSync({ door: both.door, dataDir: both.dataDir, sources, since });
    assert.equal(plan.sources[0]?.from, since.toISOString());
    await both.control('POST /requests/reset');
    const report = await sync({ since });
    assert.equal(report.outcome, 'done');
    const widest = Math.max(...(await queries()).map(({ soql }) => Date.now() - fromOf(String(soql))));
    assert.ok(widest < 3 * DAY, `${String(widest / DAY)} days back`);
    assert.match(String(one(report).reason), /not asked for now/);
    assert.equal((await sync({ since: new Date(Date.now() - 60 * DAY) })).outcome, 'done');
    const [[first] = []] = await both.query('SELECT epoch_ms(min(event_time)) FROM login_history');
    assert.ok(Number(first) < Date.now() - 50 * DAY, String(first));
  });
});

describe('a snapshot that is too much at once', () => {
  let both: OrgAndLake;
  before(async () => {
    both = await orgAndLake({ scenario: 'shield', scale: 60 });
    both.token = both.org.admin.accessToken;
  });
  after(() => both[Symbol.asyncDispose]());
  afterEach(() => both.noFaults());

  async function counts(table: string): Promise<readonly unknown[]> {
    return (await both.query(`SELECT count(*), count(DISTINCT event_key) FROM ${table}`))[0] ?? [];
  }

  it('is asked for by user where Salesforce takes no larger OFFSET, and at once so the next time', async () => {
    const { oauth_token_snapshot: tokens } = await both.control<{ oauth_token_snapshot: number }>('GET /truth');
    assert.ok(tokens > 2_500);
    await both.fault({ kind: 'offset-limit' });
    const report = await both.sync({ sources: ['oauth_token_snapshot'] });
    assert.equal(report.outcome, 'done');
    assert.deepEqual(await counts('oauth_token_snapshot'), [tokens, tokens]);
    await both.control('POST /requests/reset');
    assert.equal((await both.sync({ sources: ['oauth_token_snapshot'] })).outcome, 'done');
    const { latest } = await both.control<Latest>('GET /requests');
    assert.deepEqual(
      latest.filter(({ status, soql }) => status !== 200 || / OFFSET /.test(soql ?? '')),
      [],
    );
  });

  it('is short, and says so once, of a user who has more records than a query brings', async () => {
    await using small = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    small.token = small.org.admin.accessToken;
    const { oauth_token_snapshot: tokens } = await small.control<{ oauth_token_snapshot: number }>('GET /truth');
    const tooLarge = { status: 400, errorCode: 'NUMBER_OUTSIDE_VALID_RANGE' };
    await small.fault({ kind: 'refuse', path: 'FROM\\+OauthToken.*OFFSET', ...tooLarge });
    // Only what is asked for of one user alone is taken; the first has 3,000, of which a query brings 2,500 on two pages.
    const most = '{"totalSize":3000,"done":true,"records":[]}';
    await small.fault({ kind: 'answer', path: 'UserId\\+IN.*%2C', body: most });
    const records = JSON.stringify(Array.from({ length: 1250 }, (_, use) => ({ AppName: 'x', UseCount: use })));
    const locator = '/services/data/v66.0/query/0r8000000000000AAA-1250';
    const first = `{"totalSize":3000,"done":false,"nextRecordsUrl":"${locator}","records":${records}}`;
    await small.fault({ kind: 'answer', path: 'UserId\\+IN', count: 1, body: first });
    await small.fault({ kind: 'answer', path: locator, body: `{"totalSize":3000,"done":true,"records":${records}}` });
    const source = one(await small.sync({ sources: ['oauth_token_snapshot'] }));
    assert.equal(source.state, 'partial', source.reason);
    assert.match(String(source.reason), /had from Salesforce: OauthToken of user 005\w+ beyond the first 2500\.$/);
    const [[count] = []] = await small.query('SELECT count(*) FROM oauth_token_snapshot');
    assert.ok(Number(count) >= 2500 && Number(count) <= 2500 + tokens, String(count));
  });

  it('fails where what is asked for by user is refused as a too large OFFSET, too', async () => {
    const code = { status: 400, errorCode: 'NUMBER_OUTSIDE_VALID_RANGE' };
    await both.fault({ kind: 'refuse', path: 'FROM\\+OauthToken', ...code });
    // It would begin again without end.
    const abort = new AbortController();
    const onProgress: SyncOptions['onProgress'] = ({ requests }) => void (requests > 50 && abort.abort());
    const options = { sources: ['oauth_token_snapshot'], onProgress, signal: abort.signal };
    const source = one(await both.sync(options));
    assert.equal(source.state, 'failed');
    assert.match(String(source.reason), /NUMBER_OUTSIDE_VALID_RANGE/);
  });

  it('is asked for fewer records at a time where Salesforce gives up the query', async () => {
    const { user_snapshot: users } = await both.control<{ user_snapshot: number }>('GET /truth');
    await both.fault({ kind: 'query-timeout', path: 'FROM\\+User\\+(?!.*LIMIT\\+\\d{1,3}\\b)' });
    assert.equal((await both.sync({ sources: ['user_snapshot'] })).outcome, 'done');
    assert.deepEqual(await counts('user_snapshot'), [users, users]);
  });
});

function one({ sources: [source] }: SyncReport): SourceReport {
  assert.ok(source);
  return source;
}

function fromOf(soql: string): number {
  return Date.parse(String(/ >= (\S+Z)/.exec(soql)?.[1]));
}

function spanOf(soql: string): number {
  const to = / < (\S+Z)/.exec(soql)?.[1];
  return (to === undefined ? Date.now() : Date.parse(to)) - fromOf(soql);
}
