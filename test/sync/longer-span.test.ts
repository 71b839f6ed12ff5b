import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DAY } from '../../extension/shared/utc.ts';
import { planSync } from '../../extension/sync/preview.ts';
import { pruneLake } from '../../extension/sync/prune.ts';
import type { SyncProgress } from '../../extension/sync/options.ts';
import type { SourceReport, SyncReport } from '../../extension/sync/report.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

describe('a longer span than before', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'shield', scale: 0.05 })));
  afterEach(() => both[Symbol.asyncDispose]());

  const ago = (days: number): Date => new Date(Date.now() - days * DAY);
  const sync = (days: number, sources: readonly string[], after = 0): Promise<SyncReport> =>
    both.sync({ sources, since: ago(days), clock: { now: () => Date.now() + after } });

  async function first(table: string): Promise<number> {
    return Number((await both.query(`SELECT epoch_ms(min(event_time)) FROM ${table}`))[0]?.[0]);
  }

  for (const source of ['login_history', 'setup_audit_trail']) {
    it(`brings the older part of ${source}, shown by the plan before, and nothing the next time`, async () => {
      await sync(10, [source]);
      assert.ok((await first(source)) >= ago(10).getTime());
      const since = ago(40);
      const plan = await planSync({ door: both.door, dataDir: both.dataDir, sources: [source], since });
      const report = one(await both.sync({ sources: [source], since }));
      assert.equal(report.state, 'done');
      assert.ok(report.rows > 0, 'nothing older came');
      assert.ok(Math.abs((plan.sources[0]?.records ?? 0) - report.rows) < 30, `${JSON.stringify(plan.sources)}`);
      assert.equal(plan.sources[0]?.from, since.toISOString());
      assert.ok((await first(source)) < ago(35).getTime());
      const again = one(await sync(40, [source]));
      assert.equal(again.requests, 1);
      // What the user may do is asked again after an hour.
      assert.equal(one(await sync(40, [source], 3 * DAY)).requests, 2);
      const [[all, distinct] = []] = await both.query(`SELECT count(*), count(DISTINCT event_key) FROM ${source}`);
      assert.equal(all, distinct);
    });
  }

  it('may be that of one source alone', async () => {
    const sources = ['login_history', 'setup_audit_trail'];
    await sync(10, sources);
    await both.sync({ sources, since: ago(10), spans: { login_history: 40 * DAY } });
    assert.ok((await first('login_history')) < ago(35).getTime());
    assert.ok((await first('setup_audit_trail')) > ago(11).getTime());
  });

  it('goes on where it broke off', async () => {
    await sync(5, ['login_history']);
    const abort = new AbortController();
    const sources = ['login_history'];
    const onProgress = ({ requests }: SyncProgress): void => void (requests >= 2 && abort.abort());
    const report = await both.sync({ sources, since: ago(40), concurrency: 1, onProgress, signal: abort.signal });
    assert.equal(report.outcome, 'cancelled');
    assert.equal((await both.sync({ sources })).outcome, 'done');
    assert.ok((await first('login_history')) < ago(35).getTime());
  });

  it('brings the event log files that Salesforce still has', async () => {
    const options = { sources: ['event_log'], eventTypes: { include: ['Login', 'API', 'URI'] } };
    await both.sync({ ...options, since: ago(3) });
    const before = await both.rows();
    const since = ago(20);
    const plan = await planSync({ ...options, door: both.door, dataDir: both.dataDir, since });
    const report = one(await both.sync({ ...options, since }));
    assert.ok(report.files > 0);
    assert.equal(plan.sources[0]?.files, report.files);
    const sum = (rows: typeof before): number => Object.values(rows.event_log).reduce((all, count) => all + count, 0);
    assert.ok(sum(await both.rows()) > sum(before));
    assert.equal(one(await both.sync({ ...options, since: ago(20) })).requests, 1);
  });

  it('leaves what was pruned alone, and says so', async () => {
    await sync(20, ['login_history']);
    await pruneLake({ dataDir: both.dataDir, orgId: both.org.orgId, olderThan: 10 * DAY, dryRun: false });
    const report = one(await sync(40, ['login_history']));
    assert.equal(report.requests, 1);
    assert.match(String(report.reason), /pruned/);
  });
});

describe('a shorter span than before', () => {
  it('takes nothing away, which is said once', async () => {
    await using both = await orgAndLake({ scenario: 'no-shield' });
    const sources = ['login_history'];
    await both.sync({ sources });
    const before = await both.rows();
    const report = one(await both.sync({ sources, since: new Date(Date.now() - 7 * DAY) }));
    assert.equal(report.state, 'done');
    assert.match(String(report.reason), /takes nothing away/);
    assert.ok((await both.rows()).login_history >= before.login_history);
    assert.equal(one(await both.sync({ sources, since: new Date(Date.now() - 7 * DAY) })).reason, undefined);
  });

  it('is not what a standing setting becomes as time passes', async () => {
    await using both = await orgAndLake({ scenario: 'no-shield' });
    const sources = ['login_history', 'event_log'];
    const days = 30 * DAY;
    for (const after of [0, 5, 30, 90]) {
      const now = Date.now() + after * DAY;
      const report = await both.sync({ sources, since: new Date(now - days), clock: { now: () => now } });
      for (const { source, requests, reason } of report.sources) {
        assert.equal(reason?.includes('span') ?? false, false, reason);
        if (after > 0) assert.ok(requests <= 2, `${source}: ${String(requests)} calls after ${String(after)} days`);
      }
    }
  });
});

function one({ sources: [source] }: SyncReport): SourceReport {
  assert.ok(source);
  return source;
}
