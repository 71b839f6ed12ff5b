import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import { DAY } from '../../extension/shared/utc.ts';
import type { PlannedSource, PlanReport } from '../../extension/sync/preview-report.ts';
import { planSync, type PlanOptions } from '../../extension/sync/preview.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

const FEW = { include: ['Login', 'ReportExport'] };

describe('the plan of a sync', () => {
  let lab: OrgAndLake;

  const plan = (options: Partial<PlanOptions> = {}): Promise<PlanReport> =>
    planSync({ door: lab.door, dataDir: lab.dataDir, since: lab.since, ...options });
  const eventLog = ({ sources }: PlanReport): PlannedSource => {
    const found = sources.find(({ source }) => source === 'event_log');
    assert.ok(found);
    return found;
  };

  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
  });

  after(() => lab[Symbol.asyncDispose]());

  it('asks once a source, fetches nothing, and leaves nothing on disk', async () => {
    await lab.control('POST /requests/reset');
    const report = await plan();
    const { counted, byKind } = await lab.requests();
    assert.equal(report.quota.requests, counted);
    // The shares of public files are asked for by what is shared, which only the sync will know.
    assert.equal(counted, SOURCES.length - 1);
    assert.deepEqual(Object.keys(byKind).sort(), ['query', 'query-all']);
    assert.equal(existsSync(lab.dataDir), false);
    assert.ok((eventLog(report).eventTypes?.length ?? 0) > 10);
    assert.equal(report.quota.max, 125_000);
    assert.equal(report.quota.reserve, 12_500);
  });

  it('goes back as far as each source is told, the others as far as all are', async () => {
    const now = Date.now();
    const spans = { login_history: 5 * DAY, event_log: 2 * DAY };
    const options = { sources: ['login_history', 'setup_audit_trail', 'event_log'], eventTypes: FEW, spans };
    const report = await plan(options);
    const begins = report.sources.map(({ from }) => Math.round((now - Date.parse(String(from))) / DAY));
    assert.deepEqual(begins.slice(0, 2), [5, Math.round((now - lab.since.getTime()) / DAY)]);
    assert.ok((eventLog(report).files ?? 0) < (eventLog(await plan({ eventTypes: FEW })).files ?? 0) / 2);
    await using apart = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    await apart.sync(options);
    const [[first] = []] = await apart.query('SELECT min(event_time) FROM login_history');
    assert.ok(Date.parse(String(first)) >= now - spans.login_history, String(first));
    const [[older] = []] = await apart.query(
      `SELECT count(*) FROM setup_audit_trail WHERE event_time < now()::TIMESTAMP - INTERVAL 6 DAY`,
    );
    assert.ok(Number(older) > 0);
    await assert.rejects(plan({ spans: { user_snapshot: DAY } }), withCode('USAGE'));
    await assert.rejects(apart.sync({ spans: { logins: DAY } }), withCode('USAGE'));
  });

  it('counts files and bytes of the event types that are chosen', async () => {
    const all = eventLog(await plan());
    const few = eventLog(await plan({ eventTypes: FEW }));
    const others = eventLog(await plan({ eventTypes: { exclude: FEW.include } }));
    assert.equal((few.files ?? 0) + (others.files ?? 0), all.files);
    assert.equal((few.bytes ?? 0) + (others.bytes ?? 0), all.bytes);
    const included = few.eventTypes?.filter((type) => type.included).map(({ eventType }) => eventType);
    assert.deepEqual(included?.sort(), FEW.include);
    assert.deepEqual((await plan({ eventTypes: { include: ['login', 'Lgoin'] } })).unknownEventTypes, ['Lgoin']);
  });

  it('foretells what the sync does', async () => {
    const foretold = await plan({ eventTypes: FEW });
    const report = await lab.sync({ eventTypes: FEW });
    for (const { source, requests, files, bytes, rows } of report.sources) {
      const planned = foretold.sources.find((each) => each.source === source);
      assert.ok(planned, source);
      // A query of at most so many records is put once more where it might have been cut; sign-ins go on meanwhile.
      assert.ok(
        Math.abs(planned.calls - requests) <= 1,
        `${source}: ${String(planned.calls)} foretold, ${String(requests)} made`,
      );
      if (planned.files !== null) assert.deepEqual([planned.files, planned.bytes], [files, bytes]);
      else if (planned.records !== null)
        assert.ok(Math.abs(planned.records - rows) <= 2, `${source}: ${String(planned.records)}, ${String(rows)}`);
    }
    const after = await plan({ eventTypes: FEW });
    assert.equal(eventLog(after).files, 0);
    assert.deepEqual(
      after.sources.filter(({ calls }) => calls > 1),
      [],
    );
    const rest = eventLog(await plan());
    assert.equal(
      rest.files,
      eventLog(foretold)
        .eventTypes?.filter((type) => !type.included)
        .reduce((sum, { files }) => sum + files, 0),
    );
  });

  it('takes what was left out when it is chosen later, and says when calls are short', async () => {
    const report = await lab.sync({ sources: ['event_log'], eventTypes: { include: ['API'] } });
    assert.equal(report.outcome, 'done');
    assert.ok((report.sources[0]?.files ?? 0) > 0);
    const { calls } = await plan();
    await lab.control('POST /usage', { used: 112_100 });
    const { quota } = await plan();
    assert.ok(quota.free !== null && quota.free < calls, `${String(calls)} ${JSON.stringify(quota)}`);
  });
});
