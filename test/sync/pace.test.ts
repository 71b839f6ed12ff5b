import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SyncProgress } from '../../extension/sync/options.ts';
import { RecentPace } from '../../extension/sync/pace.ts';

const rate = fc.integer({ min: 10, max: 1e7 });
const everyMs = fc.integer({ min: 20, max: 1_500 });
const start = fc.nat({ max: 1e12 });

function progress(source: string, more: Partial<SyncProgress>): SyncProgress {
  const nothing = { phase: 'fetch', requests: 0, files: 0, filesTotal: undefined, rows: 0 } as const;
  return { source, ...nothing, bytes: 0, bytesTotal: undefined, ...more };
}

/** One source that goes on evenly, from a time until another. */
class Even {
  readonly #pace: RecentPace;
  readonly #bytesTotal: number;
  bytes = 0;

  constructor(pace: RecentPace, bytesTotal: number) {
    this.#pace = pace;
    this.#bytesTotal = bytesTotal;
  }

  go(from: number, until: number, everyMs: number, bytesPerSecond: number): void {
    for (let at = from; at <= until; at += everyMs) {
      if (at > from) this.bytes += (bytesPerSecond * everyMs) / 1000;
      this.#pace.take(progress('event_log_file', { bytes: this.bytes, bytesTotal: this.#bytesTotal }), at);
    }
  }
}

/** Within a tenth, and what one step of the source more or less makes. */
function assertNear(actual: number | undefined, expected: number, what: string): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= expected * 0.2,
    `${what}: ${actual}, not ${expected}`,
  );
}

describe('the pace of a sync', () => {
  it('tells the time left of the source at work, however fast the others were before it', () => {
    fc.assert(
      fc.property(
        start,
        rate,
        everyMs,
        fc.nat({ max: 1e12 }),
        fc.nat({ max: 3e5 }),
        (start, rate, every, fast, took) => {
          const pace = new RecentPace();
          pace.take(progress('login_history', {}), start);
          pace.take(progress('event_log_file', { phase: 'discover' }), start);
          pace.take(progress('login_history', { bytes: fast }), start + took);
          pace.take(progress('login_history', { phase: 'end', bytes: fast }), start + took);
          const files = new Even(pace, rate * 40);
          files.go(start + took, start + took + 20_000, every, rate);
          const { bytesPerSecond, leftMs } = pace.at(start + took + 20_000);
          assertNear(bytesPerSecond, rate, 'bytes a second');
          assertNear(leftMs, ((rate * 40 - files.bytes) / rate) * 1000, 'left');
        },
      ),
    );
  });

  it('follows a source that becomes slower or faster', () => {
    fc.assert(
      fc.property(start, rate, rate, everyMs, (start, before, now, every) => {
        const pace = new RecentPace();
        const files = new Even(pace, before * 60 + now * 60);
        files.go(start, start + 60_000, every, before);
        files.go(start + 60_000, start + 75_000, every, now);
        assertNear(pace.at(start + 75_000).bytesPerSecond, now, 'bytes a second');
        assertNear(pace.at(start + 75_000).leftMs, ((before * 60 + now * 60 - files.bytes) / now) * 1000, 'left');
      }),
    );
  });

  it('says nothing of what it cannot know, and never anything below nothing', () => {
    const step = fc.record({
      source: fc.constantFrom('a', 'b', 'c'),
      phase: fc.constantFrom('discover', 'fetch', 'publish', 'end'),
      bytes: fc.nat({ max: 1e9 }),
      bytesTotal: fc.option(fc.nat({ max: 1e9 }), { nil: undefined }),
      afterMs: fc.nat({ max: 30_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pace = new RecentPace();
        let now = 0;
        for (const { source, afterMs, ...rest } of steps) {
          now += afterMs;
          pace.take(progress(source, rest), now);
          const { bytesPerSecond = 0, leftMs = 1 } = pace.at(now);
          assert.ok(bytesPerSecond >= 0 && Number.isFinite(bytesPerSecond));
          assert.ok(leftMs > 0 && Number.isFinite(leftMs));
        }
        for (const source of ['a', 'b', 'c']) pace.take(progress(source, { phase: 'end', bytesTotal: 1e9 }), now);
        assert.deepEqual(pace.at(now), { bytesPerSecond: undefined, leftMs: undefined });
      }),
    );
  });

  it('knows no time left while nothing comes', () => {
    const pace = new RecentPace();
    const files = new Even(pace, 1e6);
    files.go(0, 10_000, 500, 1000);
    assert.notEqual(pace.at(10_000).leftMs, undefined);
    assert.equal(pace.at(40_000).leftMs, undefined);
  });
});
