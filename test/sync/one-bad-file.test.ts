import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import type { AsideItem } from '../../extension/lake/ledger-aside.ts';
import { DAY, HOUR, MINUTE } from '../../extension/shared/utc.ts';
import type { SyncOptions } from '../../extension/sync/options.ts';
import type { SourceReport, SyncReport } from '../../extension/sync/report.ts';
import { status } from '../../extension/sync/status.ts';
import type { Fault, FaultInput } from '../simulated-org/http/faults.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

/** A few event types: enough files, and not thousands of them. */
const TYPES = ['Login', 'ReportExport', 'LoginAs'];
const few = { sources: ['event_log'], eventTypes: { include: TYPES } };

interface Offered {
  readonly Id: string;
  readonly EventType: string;
  readonly LogDate: string;
  readonly Interval: 'Daily' | 'Hourly';
}

describe('one event log file that keeps failing', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'shield', scale: 0.02 })));
  afterEach(() => both[Symbol.asyncDispose]());

  const sync = (ms = 0, options: Partial<SyncOptions> = {}): Promise<SyncReport> =>
    both.sync({ ...few, clock: { now: () => Math.round(Date.now() + ms) }, ...options });

  it('lets all others come in the same run, one at a time too, and says what is missing, since when and why', async () => {
    const files = neededOf(await offered(both));
    const [oldest] = files;
    assert.ok(oldest && files.length > 20);
    const path = `${oldest.Id}/LogFile`;
    const faults: readonly FaultInput[] = [
      { kind: '500', path },
      { kind: 'answer', path, status: 403, body: '[{"message":"no","errorCode":"INSUFFICIENT_ACCESS"}]' },
      { kind: 'answer', path, body: '<html>Log in</html>', contentType: 'text/csv' },
      { kind: 'truncated', path, afterBytes: 30 },
    ];
    for (const fault of faults) {
      await rm(both.dataDir, { recursive: true, force: true });
      await both.fault(fault);
      const report = await sync(0, { concurrency: 1 });
      const log = one(report);
      assert.equal(report.outcome, 'partial', fault.kind);
      assert.equal(log.state, 'partial');
      assert.ok(log.files >= files.length - 1, `${String(log.files)} of ${String(files.length)}`);
      for (const word of [oldest.EventType, oldest.LogDate.slice(0, 10), oldest.Id, 'since', '1 try'])
        assert.ok(log.reason?.includes(word), `${String(log.reason)} lacks ${word}`);
      await both.noFaults();
    }
  });

  it('is tried again after a growing delay that outlives the run, and all is well as soon as it comes', async () => {
    const [bad] = neededOf(await offered(both));
    assert.ok(bad);
    await both.fault({ kind: '500', path: `${bad.Id}/LogFile` });
    const asked = async (): Promise<number> =>
      (await both.control<Fault[]>('GET /faults')).reduce((sum, { struck }) => sum + struck, 0);
    let at = 0;
    const delays: number[] = [];
    for (let round = 1; round <= 4; round++) {
      const before = await asked();
      assert.equal(one(await sync(at)).state, 'partial');
      assert.ok((await asked()) > before, `it is not asked for in round ${String(round)}`);
      const [aside] = asideOf(both);
      assert.equal(aside?.tries, round);
      const delay = aside.nextTry - (Date.now() + at);
      delays.push(delay);
      const calls = await asked();
      assert.equal(one(await sync(at + delay / 2)).state, 'partial');
      assert.equal(await asked(), calls, 'it is asked for before its time');
      at += delay + 1000;
    }
    assert.ok(
      delays.every((delay, index) => delay > 1.5 * (delays[index - 1] ?? 0)),
      String(delays),
    );
    await both.noFaults();
    assert.equal(one(await sync(at)).state, 'done');
    const { truth } = await both.still(() => sync(at));
    assert.deepEqual(ofFew((await both.rows()).event_log), ofFew(truth.event_log));
  });

  it('is told as lost, once, when Salesforce has it no longer', async () => {
    const [bad] = neededOf(await offered(both));
    assert.ok(bad);
    await both.fault({ kind: '500', path: `${bad.Id}/LogFile` });
    await sync();
    const none = '{"totalSize":0,"done":true,"records":[]}';
    await both.fault({ kind: 'answer', path: 'SELECT\\+Id\\+FROM\\+EventLogFile', body: none });
    const log = one(await sync(HOUR));
    assert.equal(log.state, 'partial');
    assert.match(String(log.reason), /Lost/);
    assert.ok(log.reason?.includes(bad.Id), log.reason);
    assert.equal(one(await sync(2 * HOUR)).state, 'done');
  });

  it('does not keep the hours of its day out of the lake where it is the daily file', async () => {
    const files = await offered(both);
    const day = files.find((file) => file.Interval === 'Daily' && files.some((other) => isHourOf(other, file)));
    assert.ok(day);
    await both.fault({ kind: '500', path: `${day.Id}/LogFile` });
    await sync();
    const date = day.LogDate.slice(0, 10);
    const sql = `SELECT count(*) FROM event_log WHERE event_type = '${day.EventType}' AND event_date = '${date}'`;
    assert.ok(Number((await both.query(sql))[0]?.[0]) > 0, 'the hours are not in the lake');
    await both.noFaults();
    const { truth } = await both.still(() => sync(HOUR));
    assert.deepEqual(ofFew((await both.rows()).event_log), ofFew(truth.event_log));
  });

  it('is told apart in the status from what is still to be fetched, and from what only the lake lacks', async () => {
    const [bad] = neededOf(await offered(both));
    assert.ok(bad);
    await both.fault({ kind: '500', path: `${bad.Id}/LogFile` });
    await both.fault({ kind: 'request-limit', path: 'LogFile$', after: 10, count: 1 });
    await sync(0, { concurrency: 1 });
    const [org] = await status(both.dataDir, both.org.orgId, { stateDir: both.stateDir });
    const log = org?.sources.find(({ source }) => source === 'event_log');
    assert.ok(log);
    assert.deepEqual(
      log.aside.map(({ what, tries }) => [what.includes(bad.Id), tries]),
      [[true, 1]],
    );
    assert.equal(log.unpublished, 0);
    assert.ok(log.toFetch > 10, String(log.toFetch));
    assert.equal(log.pending, log.toFetch + 1);
  });
});

describe('event log files that fail, many of them', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'shield', scale: 0.02 })));
  afterEach(() => both[Symbol.asyncDispose]());

  const everywhere: readonly FaultInput[] = [
    { kind: '500', path: 'LogFile$' },
    { kind: 'answer', path: 'LogFile$', status: 403, body: '[{"message":"no","errorCode":"INSUFFICIENT_ACCESS"}]' },
  ];
  for (const fault of everywhere) {
    it(`fail the source after a few calls where all do (${fault.kind}), and come in the next run`, async () => {
      await both.fault(fault);
      const report = await both.sync({ ...few, concurrency: 1 });
      const log = one(report);
      assert.equal(log.state, 'failed');
      assert.equal(report.outcome, 'failed');
      assert.ok(log.requests < 30, `${String(log.requests)} calls were made`);
      await both.noFaults();
      const { result, truth } = await both.still(() => both.sync(few));
      assert.equal(result.outcome, 'done');
      assert.deepEqual(ofFew((await both.rows()).event_log), ofFew(truth.event_log));
    });
  }

  it('keep no good one from coming though they are the oldest', async () => {
    const files = neededOf(await offered(both));
    const bad = files.slice(0, Math.floor(files.length / 3)).map(({ Id }) => Id);
    for (const id of bad) await both.fault({ kind: '500', path: `${id}/LogFile` });
    const good = files.length - bad.length;
    let came = 0;
    for (let run = 0; run < 8 && came < good; run++) {
      const report = await both.sync({ ...few, concurrency: 1, clock: { now: () => Date.now() + run * DAY } });
      came += one(report).files;
    }
    assert.ok(came >= good, `${String(came)} of ${String(good)}`);
  });

  it('are each tried again after their own growing delay, and fail nothing else, where nothing new is listed', async () => {
    const files = neededOf(await offered(both));
    // Every second one, so that others come in between: more than the run takes for more than a matter of files.
    const bad = files.filter((_, index) => index % 2 === 1).slice(-25);
    assert.equal(bad.length, 25);
    for (const { Id } of bad) await both.fault({ kind: '500', path: `${Id}/LogFile` });
    let at = 0;
    for (const tries of [1, 2, 3]) {
      const report = await both.sync({ ...few, concurrency: 1, clock: { now: () => Math.round(Date.now() + at) } });
      assert.equal(one(report).state, 'partial', one(report).reason);
      assert.equal(report.outcome, 'partial');
      const aside = asideOf(both);
      assert.deepEqual(
        aside.map((item) => [item.file?.salesforceId, item.tries]).sort(),
        bad.map(({ Id }) => [Id, tries]).sort(),
      );
      const delays = aside.map(({ nextTry }) => nextTry - (Date.now() + at));
      assert.ok(Math.min(...delays) > 14 * MINUTE * 2 ** (tries - 1), String(delays));
      at += Math.max(...delays) + 1000;
    }
  });
});

describe('a length that Salesforce lists and no file has', () => {
  for (const bytes of [-7, 5000]) {
    it(`costs no file where each arrives whole and alike three times (${String(bytes)})`, async () => {
      await using both = await orgAndLake({ scenario: 'no-shield' });
      await both.fault({ kind: 'other-length', bytes });
      const report = await both.sync({ sources: ['event_log'] });
      assert.equal(report.outcome, 'done');
      assert.match(String(one(report).reason), /Not as long as Salesforce lists them/);
      const { truth } = await both.still(() => both.sync({ sources: ['event_log'] }));
      assert.deepEqual((await both.rows()).event_log, truth.event_log);
    });
  }
});

function ofFew(rows: Readonly<Record<string, number>>): readonly (number | undefined)[] {
  return TYPES.map((type) => rows[type]);
}

/** Every event log file of these types that the org lists, oldest first. */
async function offered({ org }: OrgAndLake): Promise<readonly Offered[]> {
  const types = TYPES.map((type) => `'${type}'`).join(', ');
  const condition = `Sequence >= 0 AND EventType IN (${types})`;
  const soql = `SELECT Id, EventType, LogDate, Interval FROM EventLogFile WHERE ${condition} ORDER BY CreatedDate, Id`;
  const files: Offered[] = [];
  let next: string | undefined = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  while (next !== undefined) {
    const response = await fetch(org.instanceUrl + next, {
      headers: { authorization: `Bearer ${org.admin.accessToken}`, 'user-agent': 'test' },
    });
    const page = (await response.json()) as { records: Offered[]; nextRecordsUrl?: string };
    files.push(...page.records);
    next = page.nextRecordsUrl;
  }
  return files;
}

/** Those that a sync fetches: no hours of days that have their daily file. */
function neededOf(files: readonly Offered[]): readonly Offered[] {
  return files.filter((file) => !files.some((day) => day.Interval === 'Daily' && isHourOf(file, day)));
}

function isHourOf(file: Offered, day: Offered): boolean {
  return (
    file.Interval === 'Hourly' &&
    file.EventType === day.EventType &&
    file.LogDate.slice(0, 10) === day.LogDate.slice(0, 10)
  );
}

function asideOf({ dataDir, org }: OrgAndLake): readonly AsideItem[] {
  using ledger = openLedger(dataDir, org.orgId);
  return ledger.aside.of('event_log');
}

function one({ sources: [source] }: SyncReport): SourceReport {
  assert.ok(source);
  return source;
}
