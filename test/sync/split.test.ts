import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cuts } from '../../extension/sync/split.ts';

const pull = fc.record({
  reached: fc.integer({ min: 0, max: 4e12 }),
  end: fc.integer({ min: 0, max: 4e12 }),
  totalSize: fc.nat({ max: 5_000_000 }),
  pageSize: fc.nat({ max: 2_000 }),
});

describe('cutting a long pull', () => {
  it('makes windows that follow each other, at most 3 % more than there are pages', () => {
    fc.assert(
      fc.property(pull, (pull) => {
        const times = cuts(pull);
        for (const [index, time] of times.entries()) {
          assert.ok(time > (times[index - 1] ?? pull.reached) && time < pull.end);
          assert.equal(time % 1000, 0);
        }
        assert.ok(times.length <= (pull.totalSize / Math.max(1, pull.pageSize) + 1) * 0.03);
      }),
    );
  });

  it('leaves short pulls whole', () => {
    assert.deepEqual(cuts({ reached: 0, end: 1e10, totalSize: 40_000, pageSize: 2_000 }), []);
    assert.deepEqual(cuts({ reached: 5, end: 5, totalSize: 1e6, pageSize: 2_000 }), []);
    assert.deepEqual(cuts({ reached: 0, end: 1e10, totalSize: 0, pageSize: 0 }), []);
    assert.equal(cuts({ reached: 0, end: 1e10, totalSize: 1_000_000, pageSize: 2_000 }).length, 15);
  });
});
