import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cuts } from '../../extension/sync/split.ts';

const pull = fc.record({
  reached: fc.integer({ min: 0, max: 4e12 }),
  end: fc.integer({ min: 0, max: 4e12 }),
  totalSize: fc.nat({ max: 5_000_000 }),
  pageSize: fc.nat({ max: 2_000 }),
  isPart: fc.boolean(),
});
const whole = { reached: 0, end: 1e10, pageSize: 2_000, isPart: false };

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

  it('cuts parts again only where they hold more than their share: 3 % at worst once more', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 });
    const cutsAgain = (totalSize: number, shares: readonly number[]): readonly [parts: number, again: number] => {
      const parts = cuts({ ...whole, totalSize }).length + 1;
      const weights = Array.from({ length: parts }, (_, index) => shares[index % shares.length] ?? 0);
      const sum = weights.reduce((all, weight) => all + weight, 0) || 1;
      const sizes = weights.map((weight) => Math.floor((totalSize * weight) / sum));
      const again = sizes.map((size) => cuts({ ...whole, totalSize: size, isPart: true }).length);
      return [parts, again.reduce((all, count) => all + count, 0)];
    };
    fc.assert(
      fc.property(fc.nat({ max: 20_000_000 }), shares, (totalSize, shares) => {
        const [parts, again] = cutsAgain(totalSize, shares);
        assert.ok(again <= (totalSize / whole.pageSize + parts) * 0.03);
        assert.equal(cutsAgain(totalSize, [1])[1], 0);
      }),
    );
  });

  it('leaves short pulls whole', () => {
    assert.deepEqual(cuts({ ...whole, totalSize: 40_000 }), []);
    assert.deepEqual(cuts({ ...whole, reached: 5, end: 5, totalSize: 1e6 }), []);
    assert.deepEqual(cuts({ ...whole, totalSize: 0, pageSize: 0 }), []);
    assert.equal(cuts({ ...whole, totalSize: 1_000_000 }).length, 15);
    assert.equal(cuts({ ...whole, totalSize: 100_000, isPart: true }).length, 0);
    assert.equal(cuts({ ...whole, totalSize: 1_000_000, isPart: true }).length, 14);
  });
});
