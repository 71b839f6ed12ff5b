import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readLogFile, sample } from './support/sample.ts';

describe('simulated org: changes on demand', function () {
  this.timeout(120_000);

  it('adds sign-ins and setup changes, now or at an instant', () => {
    const { dataset, clock } = sample({ scale: 0.3 });
    const before = dataset.truth(clock.now);
    const geos = dataset.loginGeo(clock.now).length;
    dataset.change({ kind: 'logins', count: 7 });
    dataset.change({ kind: 'logins', count: 3, at: '2026-11-01T00:00:00.000Z' });
    dataset.change({ kind: 'setup-changes', count: 4 });
    const after = dataset.truth(clock.now);
    assert.equal(after.login_history - before.login_history, 10);
    assert.equal(after.setup_audit_trail - before.setup_audit_trail, 4);
    assert.equal(dataset.loginGeo(clock.now).length - geos, 10);
    const rows = dataset.loginHistory(clock.now);
    assert.equal(new Set(rows.map((row) => row['Id'])).size, rows.length);
    assert.equal(rows.filter((row) => row['LoginTime'] === '2026-11-24T05:30:00.000+0000').length >= 7, true);
  });

  it('adds an hourly file with the next sequence, and its events are in the daily file that comes later', async () => {
    const { dataset, clock } = sample({ scale: 0.3, now: '2026-11-24T08:00:00.000Z' });
    const ofHour = (): readonly Record<string, unknown>[] =>
      dataset
        .eventLogFiles(clock.now)
        .filter((row) => row['EventType'] === 'ApiTotalUsage' && row['LogDate'] === '2026-11-24T00:00:00.000+0000');
    assert.deepEqual(
      ofHour().map((row) => row['Sequence']),
      [1],
    );
    dataset.change({ kind: 'late-hourly', eventType: 'ApiTotalUsage', hour: '2026-11-24T00:00:00.000Z', count: 6 });
    assert.deepEqual(
      ofHour()
        .map((row) => row['Sequence'])
        .slice(0, 1),
      [1],
    );
    const late = await readLogFile(dataset, ofHour().at(-1) ?? {});
    assert.equal(late.rows.length, 6);
    clock.now = new Date('2026-11-25T10:00:00.000Z');
    const daily = ofHour().find((row) => row['Interval'] === 'Daily');
    const whole = await readLogFile(dataset, daily ?? {});
    const known = new Set(whole.rows.map((row) => row.join()));
    assert.ok(late.rows.every((row) => known.has(row.join())));
    assert.equal(whole.bytes.length, daily?.['LogFileLength']);
  });

  it('makes a daily file anew: another Id and creation, the full set, and the old row is gone', async () => {
    const { dataset, clock } = sample({ scale: 0.3 });
    const find = (): Record<string, unknown> => {
      const rows = dataset
        .eventLogFiles(clock.now)
        .filter(
          (row) =>
            row['EventType'] === 'Login' &&
            row['Interval'] === 'Daily' &&
            String(row['LogDate']).startsWith('2026-11-19'),
        );
      assert.equal(rows.length, 1);
      return rows[0] ?? {};
    };
    const old = await readLogFile(dataset, find());
    dataset.change({ kind: 'regenerate-daily', eventType: 'Login', date: '2026-11-19', count: 9 });
    const anew = await readLogFile(dataset, find());
    assert.notEqual(anew.row['Id'], old.row['Id']);
    assert.equal(anew.row['CreatedDate'], '2026-11-24T05:30:00.000+0000');
    assert.equal(anew.rows.length, old.rows.length + 9);
    assert.deepEqual(anew.rows.slice(0, old.rows.length), old.rows);
    assert.equal(dataset.openLogFile(String(old.row['Id'])), undefined);
  });

  it('regenerates some daily files by itself once late events have come', () => {
    const { dataset } = sample();
    const dailies = (at: string): Map<string, string> =>
      new Map(
        dataset
          .eventLogFiles(new Date(at))
          .filter((row) => row['Interval'] === 'Daily')
          .map((row) => [`${String(row['EventType'])}/${String(row['LogDate'])}`, String(row['Id'])]),
      );
    const changed = Array.from({ length: 8 }, (_, index) => {
      const [before, after] = [dailies(`2026-11-${10 + index}T12:00:00Z`), dailies(`2026-11-${11 + index}T12:00:00Z`)];
      return [...before].filter(([file, id]) => after.has(file) && after.get(file) !== id).length;
    });
    assert.ok(changed.reduce((sum, count) => sum + count, 0) >= 1, changed.join());
  });

  it('makes large files of known length, one after the other, without growing in memory', async () => {
    const { dataset, clock } = sample({ scale: 0.3 });
    const bytes = 300_000_000;
    dataset.change({ kind: 'large-file', eventType: 'URI', bytes });
    dataset.change({ kind: 'large-file', eventType: 'URI', bytes: 1_000_000 });
    const large = dataset.eventLogFiles(clock.now).filter((row) => Number(row['LogFileLength']) >= 1_000_000);
    assert.deepEqual(large.map((row) => String(row['LogDate']).slice(0, 10)).sort(), ['2026-11-22', '2026-11-23']);
    const file = large.find((row) => Number(row['LogFileLength']) >= bytes);
    const before = process.memoryUsage().rss;
    let [length, peak, largest, lines] = [0, 0, 0, 0];
    for await (const chunk of dataset.openLogFile(String(file?.['Id'])) ?? []) {
      length += chunk.length;
      largest = Math.max(largest, chunk.length);
      peak = Math.max(peak, process.memoryUsage.rss());
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
    }
    assert.equal(length, file?.['LogFileLength']);
    assert.ok(largest <= 400_000, String(largest));
    assert.ok(peak - before < 200_000_000, String(peak - before));
    const others = dataset.truth(clock.now).event_log['URI'] ?? 0;
    assert.ok(others >= lines - 1);
  });

  it('refuses instants that cannot be read', () => {
    const { dataset } = sample({ scale: 0.3 });
    assert.throws(() => dataset.change({ kind: 'logins', count: 1, at: 'yesterday' }), RangeError);
    assert.throws(
      () => dataset.change({ kind: 'regenerate-daily', eventType: 'URI', date: 'x', count: 1 }),
      RangeError,
    );
  });
});
