import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Dataset } from '../model.ts';
import { readLogFiles, sample } from './support/sample.ts';

/** Distinct events by reading every file: a row and its ordinal among equal rows of one file are its key. */
async function countByReading(dataset: Dataset, until: Date): Promise<Record<string, number>> {
  const files = await readLogFiles(dataset, dataset.eventLogFiles(until));
  const days = Map.groupBy(files, ({ row }) => `${String(row['EventType'])}/${String(row['LogDate']).slice(0, 10)}`);
  const totals: Record<string, number> = {};
  for (const [key, ofDay] of days) {
    const type = key.split('/')[0] ?? '';
    const daily = ofDay.filter(({ row }) => row['Interval'] !== 'Hourly');
    assert.ok(daily.length <= 1, `${key} has ${daily.length} daily files`);
    const events = new Set<string>();
    for (const { rows } of daily.length === 1 ? daily : ofDay) {
      const seen = new Map<string, number>();
      for (const row of rows) {
        const text = row.join('\u0000');
        const ordinal = (seen.get(text) ?? 0) + 1;
        seen.set(text, ordinal);
        events.add(`${text}\u0001${ordinal}`);
      }
    }
    totals[type] = (totals[type] ?? 0) + events.size;
  }
  return totals;
}

describe('simulated org: truth', function () {
  this.timeout(180_000);

  for (const { scale, scenario, now } of [
    { scale: 0.4, scenario: 'shield', now: '2026-11-24T05:30:00.000Z' },
    { scale: 3.2, scenario: 'shield', now: '2026-11-23T21:00:00.000Z' },
    { scale: 1, scenario: 'no-shield', now: '2026-11-24T05:30:00.000Z' },
  ]) {
    it(`is what reading every file finds (${scenario}, scale ${scale}, ${now})`, async () => {
      const { dataset, clock } = sample({ scale, scenario, now });
      const read = await countByReading(dataset, clock.now);
      assert.deepEqual(dataset.truth(clock.now).event_log, read);
    });
  }

  it('stays so through late hourly files, regenerated daily files and large files', async () => {
    const { dataset, clock } = sample({ scale: 0.3 });
    const late = { kind: 'late-hourly', eventType: 'URI', hour: '2026-11-24T00', count: 5 } as const;
    dataset.change(late);
    dataset.change({ kind: 'regenerate-daily', eventType: 'Report', date: '2026-11-20', count: 3 });
    dataset.change({ kind: 'regenerate-daily', eventType: 'Report', date: '2026-11-20', count: 2 });
    dataset.change({ kind: 'large-file', eventType: 'RestApi', bytes: 3_000_000 });
    dataset.change({ kind: 'late-hourly', eventType: 'Unheard', hour: '2026-11-23T09:00:00Z', count: 2 });
    assert.deepEqual(dataset.truth(clock.now).event_log, await countByReading(dataset, clock.now));
    clock.now = new Date('2026-11-25T12:00:00.000Z');
    assert.deepEqual(dataset.truth(clock.now).event_log, await countByReading(dataset, clock.now));
  });

  it('reckons sign-ins and setup changes of the last 60 days', () => {
    const { dataset, clock } = sample({ scale: 0.4 });
    const since = '2026-09-25T05:30:00.000+0000';
    const truth = dataset.truth(clock.now);
    const logins = dataset.loginHistory(clock.now).filter((row) => String(row['LoginTime']) >= since);
    const changes = dataset.setupAuditTrail(clock.now).filter((row) => String(row['CreatedDate']) >= since);
    assert.equal(truth.login_history, logins.length);
    assert.equal(truth.setup_audit_trail, changes.length);
    assert.equal(truth.content_distribution, dataset.contentDistributions(clock.now).length);
  });
});
