import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { lakePaths } from '../../extension/lake/paths.ts';
import type { LakeWorker, PublishJob } from '../../extension/lake/worker.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { DAY, utcDate } from '../../extension/shared/utc.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

describe('what the lake cannot take', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'no-shield' })));
  afterEach(() => both[Symbol.asyncDispose]());

  it('is one record in quarantine, of sign-ins as of a snapshot, and repair gets over it, too', async () => {
    const time = new Date(Date.now() - DAY).toISOString().replace('Z', '+0000');
    const half = '"\\ud800"';
    const login = `{"Id":"0Ya000000000001AAA","LoginTime":"${time}","Status":${half}}`;
    const user = `{"Id":"005000000000001AAA","Name":${half}}`;
    for (const [source, object, record] of [
      ['login_history', 'LoginHistory', login],
      ['user_snapshot', 'User', user],
    ] as const) {
      const body = `{"totalSize":3,"done":true,"records":[${record},"none",${record.replace('1AAA', '2AAA').replace(half, '"x"')}]}`;
      await both.fault({ kind: 'answer', path: `FROM\\+${object}`, body, count: 1 });
      const report = await both.sync({ sources: [source] });
      assert.equal(report.outcome, 'done', JSON.stringify(report.sources));
      assert.equal(report.sources[0]?.quarantined, 1);
      assert.deepEqual(await both.query(`SELECT count(*) FROM ${source}`), [[2]]);
    }
    const repaired = await repairLake({ dataDir: both.dataDir, orgId: both.org.orgId, all: true });
    assert.deepEqual(repaired.left, []);
    assert.deepEqual(await both.query('SELECT count(*) FROM login_history'), [[2]]);
  });

  it('is one date of records, which keeps no other out, and is tried again', async () => {
    const date = utcDate(Date.now() - 10 * DAY);
    const sources = ['login_history'];
    const isBad = (job: PublishJob): boolean => job.format === 'records' && (job.dates ?? []).includes(date);
    await using worker = failing(both, isBad);
    for (const run of [1, 2]) {
      const report = await both.sync({ sources, worker });
      assert.equal(report.outcome, 'partial', `run ${String(run)}`);
      assert.ok(report.sources[0]?.reason?.includes(date), report.sources[0]?.reason);
      const dates = await both.query('SELECT DISTINCT event_date FROM login_history');
      assert.ok(dates.length > 40 && !dates.flat().map(String).includes(date));
    }
    assert.ok((await both.sync({ sources, worker })).quota.requests <= 1, 'it is pulled again and again');
    await both.still(() => both.sync({ sources }));
    assert.equal((await both.rows()).login_history, (await both.truth()).login_history);
  });

  it('is one day of event log files, which keeps no other out, in repair neither', async () => {
    const sources = ['event_log'];
    let bad: string | undefined;
    const isBad = (job: PublishJob): boolean => {
      if (job.format !== 'event-log-csv') return false;
      bad ??= `${job.eventType} ${job.eventDate}`;
      return bad === `${job.eventType} ${job.eventDate}`;
    };
    await using worker = failing(both, isBad);
    const report = await both.sync({ sources, worker });
    assert.equal(report.outcome, 'partial');
    const { result, truth } = await both.still(() => both.sync({ sources, worker }));
    assert.equal(result.outcome, 'partial');
    const [eventType] = String(bad).split(' ');
    assert.ok((report.sources[0]?.reason ?? '').includes(String(eventType)));
    const repaired = await repairLake({ dataDir: both.dataDir, orgId: both.org.orgId, worker });
    assert.deepEqual(
      repaired.left.map(({ kind }) => kind),
      ['not-published'],
    );
    await both.sync({ sources });
    assert.deepEqual((await both.rows()).event_log, truth.event_log);
  });
});

/** The real worker, but for some jobs, at which it fails as it does when it cannot read what it is given. */
function failing(both: OrgAndLake, isBad: (job: PublishJob) => boolean): LakeWorker {
  const worker = openLakeWorker({ dataFolder: lakePaths(both.dataDir, both.org.orgId).folder });
  const failed = (): Promise<never> => Promise.reject(new OrgwatchError('LAKE_WORKER_FAILED', 'It cannot be read.'));
  const [publish, publishAll] = [worker.publish.bind(worker), worker.publishAll.bind(worker)];
  const overridden: Pick<LakeWorker, 'publish' | 'publishAll'> = {
    publish: (job, signal) => (isBad(job) ? failed() : publish(job, signal)),
    publishAll: (jobs, signal) => (jobs.some(isBad) ? failed() : publishAll(jobs, signal)),
  };
  return Object.assign(worker, overridden);
}
