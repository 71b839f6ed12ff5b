import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

function states(report: SyncReport): Record<string, string> {
  return Object.fromEntries(report.sources.map(({ source, state }) => [source, state]));
}

describe('sync when things go wrong', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'no-shield' })));
  afterEach(() => both[Symbol.asyncDispose]());

  async function expectWholeLake(): Promise<void> {
    const { truth } = await both.still(() => both.sync());
    assert.deepEqual(await both.rows(), truth);
    const names = await readdir(both.dataDir, { recursive: true });
    assert.deepEqual(
      names.filter((name) => /\.(?:part|tmp)$/.test(name)),
      [],
    );
    // Failed answers may be cut off before the org has counted them; nothing that it counted is missing here.
    assert.ok(both.door.usage().own >= (await both.requests()).counted);
  }

  const passing: readonly FaultInput[] = [
    { kind: '503', count: 2 },
    { kind: '429', count: 2, retryAfter: 0 },
    { kind: 'reset', path: 'LogFile$', count: 2, afterBytes: 20 },
    { kind: 'truncated', path: 'LogFile$', count: 2, afterBytes: 20 },
    { kind: 'corrupt-gzip', path: 'LogFile$', count: 2 },
    { kind: 'reset', path: '/query', count: 2, after: 1, afterBytes: 5_000 },
    { kind: 'truncated', path: '/query', count: 2, after: 1, afterBytes: 5_000 },
    { kind: 'corrupt-gzip', path: '/query', count: 2, after: 1 },
    { kind: 'latency', milliseconds: 100, count: 5 },
  ];
  for (const fault of passing) {
    it(`gets over ${fault.kind}${fault.path ? ` at ${fault.path}` : ''}`, async () => {
      await both.fault(fault);
      assert.equal((await both.sync()).outcome, 'done');
      await expectWholeLake();
    });
  }

  it('goes on behind the last record where Salesforce does not know its query locator any more', async () => {
    await using large = await orgAndLake({ scenario: 'no-shield', scale: 1 });
    await large.fault({ kind: 'expired-locator', path: '/query/0r8', after: 1 });
    const sources = ['login_history'];
    const report = await large.sync({ sources });
    assert.equal(report.outcome, 'done');
    const [{ rows, requests } = { rows: 0, requests: 0 }] = report.sources;
    assert.ok(rows > 6_000, String(rows));
    // One more for the lost page, and one to ask what the account may see.
    assert.equal(requests, Math.ceil(rows / 2_000) + 2);
    const { truth } = await large.still(() => large.sync({ sources }));
    assert.equal((await large.rows()).login_history, truth.login_history);
  });

  it('never publishes a file that does not arrive whole, and fetches it in the next run', async () => {
    await both.fault({ kind: 'truncated', path: 'LogFile$', afterBytes: 20 });
    const report = await both.sync();
    assert.equal(report.outcome, 'failed');
    assert.equal(states(report)['event_log'], 'failed');
    assert.equal(states(report)['login_history'], 'done');
    {
      using ledger = openLedger(both.dataDir, both.org.orgId);
      assert.equal(ledger.units.totals('event_log').rows, 0);
    }
    await both.noFaults();
    await expectWholeLake();
  });

  it('stops at once when the org says that its calls are gone, and keeps what it has', async () => {
    await both.fault({ kind: 'request-limit', path: 'LogFile$', after: 3, count: 1 });
    const report = await both.sync({ concurrency: 1 });
    assert.equal(report.outcome, 'paused');
    assert.deepEqual(states(report), {
      ...Object.fromEntries(SOURCES.map(({ name }) => [name, 'done'])),
      event_log: 'paused',
    });
    assert.ok(report.resumesAt !== undefined && Date.parse(report.resumesAt) > Date.now());
    const { total } = await both.requests();
    const again = await both.sync();
    assert.equal(again.outcome, 'paused');
    assert.equal((await both.requests()).total, total, 'a call was made while the org refuses them');
    const later = { now: () => Date.parse(String(report.resumesAt)) + 1 };
    using ledger = openLedger(both.dataDir, both.org.orgId);
    assert.equal(ledger.files.totals('event_log').files, 3);
    assert.ok(later.now() > Date.now());
  });

  it('fails visibly when the session has expired and nothing renews it', async () => {
    await both.control('POST /expire-sessions');
    await assert.rejects(both.sync(), withCode('SESSION_EXPIRED'));
  });

  it('fails visibly when the session expires in the middle of a run, and goes on in the next', async () => {
    await both.fault({ kind: 'expired-session', path: 'LogFile$', after: 2 });
    await assert.rejects(both.sync({ concurrency: 1 }), withCode('SESSION_EXPIRED'));
    await both.noFaults();
    await both.login();
    await expectWholeLake();
  });

  it('lets one sync at a time work on an org, and says who does', async () => {
    await both.fault({ kind: 'latency', milliseconds: 300 });
    const first = both.sync({ sources: ['setup_audit_trail'] });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await assert.rejects(both.sync(), (error: unknown) => {
      assert.ok(withCode('BUSY')(error));
      assert.match(String(error), new RegExp(`process ${String(process.pid)} `));
      return true;
    });
    assert.equal((await first).outcome, 'done');
    await both.noFaults();
    assert.equal((await both.sync({ sources: ['setup_audit_trail'] })).outcome, 'done');
  });

  it('ends within a second when it is cancelled, and goes on in the next run', async () => {
    for (const after of [0, 100, 400, 1_000]) {
      const abort = new AbortController();
      const ending = both.sync({ signal: abort.signal });
      await new Promise((resolve) => setTimeout(resolve, after));
      abort.abort();
      const { outcome } = await ending;
      assert.ok(outcome === 'cancelled' || outcome === 'done');
    }
    await expectWholeLake();
  });

  it('rejects sources that do not exist', async () => {
    await assert.rejects(both.sync({ sources: ['login_history', 'nothing'] }), withCode('USAGE'));
  });
});

describe('sync of an org that lacks something', () => {
  const cases = [
    {
      scenario: 'no-deliveries',
      source: 'content_distribution',
      sources: ['setup_audit_trail', 'content_distribution'],
    },
    {
      scenario: 'missing-permissions',
      source: undefined,
      limited: 'login_history',
      sources: ['login_history', 'setup_audit_trail'],
    },
    { scenario: 'japanese-user', source: undefined, sources: ['setup_audit_trail'] },
  ];
  for (const { scenario, source, limited, sources } of cases) {
    it(`goes on in ${scenario}, and says what is missing`, async () => {
      await using both = await orgAndLake({ scenario });
      const report = await both.sync({ sources });
      assert.equal(report.outcome, limited === undefined ? 'done' : 'partial');
      for (const each of report.sources) {
        const expected = each.source === source ? 'unavailable' : each.source === limited ? 'limited' : 'done';
        assert.equal(each.state, expected);
        if (each.source === source) assert.ok(each.reason && each.rows === 0);
        else assert.ok(each.rows > 0 || each.reason);
      }
      const again = await both.sync({ sources });
      assert.deepEqual(
        again.sources.map(({ rows, requests }) => [rows, requests]),
        sources.map(() => [0, 1]),
      );
    });
  }

  it('asks without hourly fields where there are none, and remembers that', async () => {
    await using both = await orgAndLake({ scenario: 'no-shield' });
    const sources = ['event_log'];
    const { result: first } = await both.still(() => both.sync({ sources }));
    assert.equal(first.outcome, 'done');
    const again = await both.sync({ sources });
    assert.equal(again.sources[0]?.requests, 1);
  });

  it('fails where the edition has no API', async () => {
    await using both = await orgAndLake({ scenario: 'professional' });
    await assert.rejects(both.sync(), withCode('API_DISABLED'));
  });

  it('leaves the reserve of an org that is nearly out of calls, and goes on when it has calls again', async () => {
    await using both = await orgAndLake({ scenario: 'nearly-exhausted' });
    const { max } = await both.control<{ max: number }>('GET /usage');
    await both.control('POST /usage', { used: Math.floor(max * 0.9) - 40 });
    const report = await both.sync();
    assert.equal(report.outcome, 'paused');
    assert.equal(states(report)['login_history'], 'done');
    assert.equal(states(report)['event_log'], 'paused');
    assert.ok(report.resumesAt);
    const { remaining } = await both.control<{ remaining: number }>('GET /usage');
    assert.ok(remaining >= max * 0.1 && remaining < max * 0.1 + 30, `${String(remaining)} of ${String(max)} are left`);
    const { total } = await both.requests();
    assert.equal((await both.sync()).outcome, 'paused');
    assert.equal((await both.requests()).total, total);
  });
});
