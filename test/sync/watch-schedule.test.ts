import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { DAY, HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { dueAt, dueNow, nextDuty, type Duty, type LastRun } from '../../extension/sync/watch-schedule.ts';

const T0 = Date.UTC(2026, 10, 24);

const cadence = fc.constantFrom(15 * MINUTE, HOUR, DAY);
const jitter = fc.double({ min: 0, max: 1, noNaN: true });

/** Sources with cadences; how each run ends is what the test draws. */
class World {
  now = T0;
  readonly runs = new Map<string, number[]>();
  readonly #last = new Map<string, LastRun>();
  readonly #sources: readonly { readonly source: string; readonly every: number; readonly jitter: number }[];

  constructor(sources: readonly { source: string; every: number; jitter: number }[]) {
    this.#sources = sources;
  }

  duties(): readonly Duty[] {
    return this.#sources.map((each) => ({ ...each, last: this.#last.get(each.source) }));
  }

  /** Runs what is due, which ends so. */
  run(ended: Pick<LastRun, 'state' | 'resumesAt'>): readonly string[] {
    const due = dueNow(this.duties(), this.now);
    for (const source of due) {
      const before = this.#last.get(source);
      const failures = ended.state === 'failed' ? (before?.failures ?? 0) + 1 : 0;
      this.#last.set(source, { ...ended, endedAt: this.now, failures });
      this.runs.set(source, [...(this.runs.get(source) ?? []), this.now]);
    }
    return due;
  }
}

const sources = fc
  .array(fc.record({ every: cadence, jitter }), { minLength: 1, maxLength: 5 })
  .map((all) => all.map((each, index) => ({ ...each, source: `s${String(index)}` })));

describe('the schedule of a watch', () => {
  it('runs each source at its cadence: never much earlier, never much later', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.integer({ min: 1, max: 10 * MINUTE }), { maxLength: 300 }), (all, steps) => {
        const world = new World(all);
        for (const step of steps) {
          world.run({ state: 'done' });
          world.now += step;
        }
        for (const { source, every } of all) {
          const runs = world.runs.get(source) ?? [];
          for (const [index, at] of runs.slice(1).entries()) {
            const gap = at - (runs[index] ?? 0);
            assert.ok(gap >= 0.9 * every, `${source} ran after ${String(gap)}`);
            assert.ok(gap <= 1.1 * every + 10 * MINUTE, `${source} ran after ${String(gap)} only`);
          }
          const since = world.now - (runs.at(-1) ?? Number.NEGATIVE_INFINITY);
          assert.ok(steps.length === 0 || since <= 1.1 * every + 10 * MINUTE);
        }
      }),
    );
  });

  it('wakes up when something is due, and not before', () => {
    fc.assert(
      fc.property(sources, fc.integer({ min: 0, max: 3 * DAY }), (all, later) => {
        const world = new World(all);
        world.run({ state: 'done' });
        const next = nextDuty(world.duties(), world.now);
        assert.ok(next);
        world.now = Math.min(T0 + later, next.at - 1);
        assert.deepEqual(dueNow(world.duties(), world.now), []);
        world.now = Math.ceil(next.at);
        assert.ok(dueNow(world.duties(), world.now).includes(next.duty.source));
      }),
    );
  });

  it('runs a source once after a leap forward, however long', () => {
    fc.assert(
      fc.property(sources, fc.integer({ min: 2 * DAY, max: 400 * DAY }), (all, leap) => {
        const world = new World(all);
        world.run({ state: 'done' });
        world.now += leap;
        assert.equal(world.run({ state: 'done' }).length, all.length);
        world.now += 1;
        assert.deepEqual(world.run({ state: 'done' }), []);
      }),
    );
  });

  it('waits no longer than two cadences after a leap back, and does not run in circles', () => {
    fc.assert(
      fc.property(cadence, jitter, fc.integer({ min: 1, max: 400 * DAY }), (every, j, leap) => {
        const world = new World([{ source: 's', every, jitter: j }]);
        world.run({ state: 'done' });
        world.now -= leap;
        const [duty] = world.duties();
        assert.ok(duty);
        assert.ok(dueAt(duty, world.now) <= world.now + 2.2 * every);
        world.now = Math.ceil(dueAt(duty, world.now));
        assert.deepEqual(world.run({ state: 'done' }), ['s']);
        world.now += 1;
        assert.deepEqual(world.run({ state: 'done' }), []);
      }),
    );
  });

  it('tries again what failed, later each time, an hour or a cadence at most; others keep theirs', () => {
    fc.assert(
      fc.property(cadence, jitter, fc.integer({ min: 1, max: 60 }), (every, j, failures) => {
        const duty = (count: number): Duty => ({
          source: 's',
          every,
          jitter: j,
          last: { endedAt: T0, state: 'failed', failures: count },
        });
        const waited = dueAt(duty(failures), T0) - T0;
        assert.ok(waited >= MINUTE);
        assert.ok(waited <= 1.1 * Math.max(every, HOUR));
        assert.ok(dueAt(duty(failures + 1), T0) >= dueAt(duty(failures), T0));
        const other: Duty = { source: 'o', every, jitter: j, last: { endedAt: T0, state: 'done', failures: 0 } };
        assert.equal(
          dueNow([duty(failures), other], T0 + Math.ceil(waited)).includes('o'),
          waited >= 0.9 * every + j * 0.1 * Math.min(every, HOUR),
        );
      }),
    );
  });

  it('resumes when calls are there again, unless that was noted by a clock that was wrong', () => {
    fc.assert(
      fc.property(cadence, jitter, fc.integer({ min: 0, max: DAY }), (every, j, pause) => {
        const paused = (resumesAt: number): Duty => ({
          source: 's',
          every,
          jitter: j,
          last: { endedAt: T0, state: 'paused', failures: 0, resumesAt },
        });
        const at = dueAt(paused(T0 + pause), T0);
        assert.ok(at >= T0 + pause && at <= T0 + pause + 0.1 * HOUR);
        assert.equal(dueAt(paused(T0 + 400 * DAY), T0), T0);
      }),
    );
  });

  it('runs at once what was cancelled or never ran, and asks less often for what the org does not offer', () => {
    const duty = (last: LastRun | undefined): Duty => ({ source: 's', every: 15 * MINUTE, jitter: 0, last });
    assert.deepEqual(dueNow([duty(undefined)], T0), ['s']);
    assert.deepEqual(dueNow([duty({ endedAt: T0, state: 'cancelled', failures: 0 })], T0), ['s']);
    assert.deepEqual(dueNow([{ ...duty({ endedAt: T0, state: 'paused', failures: 0 }), jitter: 1 }], T0 + 1), ['s']);
    assert.equal(dueAt(duty({ endedAt: T0, state: 'unavailable', failures: 0 }), T0), T0 + HOUR);
    assert.equal(nextDuty([], T0), undefined);
  });
});
