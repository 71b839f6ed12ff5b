import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decide, FRESH_MS, PROBE_MS, probeAllowance, reserveOf } from '../../extension/org/quota.ts';
import type { CallSnapshot, QuotaPolicy } from '../../extension/shared/calls.ts';

const NOW = Date.parse('2026-11-24T06:00:00Z');
const policy: QuotaPolicy = { guard: 'org', reserve: 0.1 };

function snapshot(parts: Partial<CallSnapshot> = {}): CallSnapshot {
  return {
    own: 0,
    ownLately: 0,
    inFlight: 0,
    seen: { used: 0, max: 100_000, at: NOW },
    unseen: 0,
    silent: 0,
    othersRate: 0,
    took: 0,
    refusedUntil: undefined,
    freesAt: () => NOW + 1000,
    ...parts,
  };
}

describe('quota', () => {
  it('lets one call at a time through while nothing is known of the org', () => {
    assert.equal(decide(snapshot({ seen: undefined }), 1, policy, NOW).kind, 'allowed');
    assert.equal(decide(snapshot({ seen: undefined, inFlight: 1 }), 1, policy, NOW).kind, 'wait');
  });

  it('lets one call at a time through when the org was not heard for a while', () => {
    const seen = { used: 0, max: 100_000, at: NOW - FRESH_MS };
    assert.equal(decide(snapshot({ seen }), 1, policy, NOW).kind, 'allowed');
    assert.equal(decide(snapshot({ seen, inFlight: 1 }), 1, policy, NOW).kind, 'wait');
  });

  it('closes the org guard where the reserve and the probes begin, calls in flight included', () => {
    const seen = { used: 89_970, max: 100_000, at: NOW };
    assert.deepEqual(decide(snapshot({ seen, unseen: 6 }), 1, policy, NOW), {
      kind: 'paused',
      until: NOW + PROBE_MS,
      guard: 'org',
    });
    assert.equal(decide(snapshot({ seen, unseen: 5 }), 1, policy, NOW).kind, 'allowed');
    assert.equal(decide(snapshot({ seen, unseen: 5 }), 2, policy, NOW).kind, 'paused');
  });

  it('probes a closed org guard with one call an hour after the org was last heard', () => {
    const seen = { used: 95_000, max: 100_000, at: NOW - PROBE_MS };
    assert.equal(decide(snapshot({ seen }), 1, policy, NOW).kind, 'allowed');
    assert.equal(decide(snapshot({ seen, inFlight: 1 }), 1, policy, NOW).kind, 'wait');
    assert.equal(decide(snapshot({ seen }), 1, policy, NOW - 1).kind, 'paused');
  });

  it('closes the own guard at the allocation less the reserve, until enough own calls are a day old', () => {
    const freesAt = (n: number): number => NOW + n * 1000;
    for (const guard of ['org', 'own'] as const) {
      const own = { guard, reserve: 0.1 };
      assert.equal(decide(snapshot({ own: 89_999, freesAt }), 1, own, NOW).kind, 'allowed');
      assert.deepEqual(decide(snapshot({ own: 90_001, freesAt }), 3, own, NOW), {
        kind: 'paused',
        until: NOW + 4000,
        guard: 'own',
      });
    }
  });

  it('looks at own calls only when so told', () => {
    const seen = { used: 99_999, max: 100_000, at: NOW };
    assert.equal(decide(snapshot({ seen }), 1, { guard: 'own', reserve: 0.1 }, NOW).kind, 'allowed');
  });

  it('sends nothing while the org refuses calls, whatever the guard', () => {
    for (const guard of ['org', 'own'] as const) {
      const refused = snapshot({ refusedUntil: NOW + 5 });
      assert.deepEqual(decide(refused, 1, { guard, reserve: 0.1 }, NOW), {
        kind: 'paused',
        until: NOW + 5,
        guard: 'refused',
      });
      assert.equal(decide(refused, 1, { guard, reserve: 0.1 }, NOW + 5).kind, 'allowed');
    }
  });

  it('takes at most half of what is there in an hour, and goes on in the next', () => {
    const others = 80_000;
    const max = 100_000;
    let own = 0;
    const at = (now: number, ownLately: number) =>
      decide(
        snapshot({
          own,
          ownLately,
          seen: { used: others + own, max, at: now },
          freesAt: (n, span) => NOW + span + n,
        }),
        1,
        policy,
        now,
      );
    while (at(NOW, own).kind === 'allowed') own++;
    const spare = max - reserveOf(max, policy) - probeAllowance(max) - others;
    assert.equal(own, spare / 2);
    const pause = at(NOW, own);
    assert.ok(pause.kind === 'paused' && pause.guard === 'pace');
    assert.ok(pause.until > NOW && pause.until <= NOW + PROBE_MS + own);
    const first = own;
    while (at(NOW + PROBE_MS + first, own - first).kind === 'allowed') own++;
    assert.equal(own, spare * 0.75);
  });

  it('does not pace the few calls of a small org', () => {
    const seen = { used: 860, max: 1_000, at: NOW };
    assert.equal(decide(snapshot({ own: 20, ownLately: 20, seen }), 1, policy, NOW).kind, 'allowed');
  });

  it('keeps the reserve that it is told to keep', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.nat({ max: 5_000_000 }),
        fc.nat({ max: 50 }),
        fc.integer({ min: 1, max: 25 }),
        (max, reserve, used, unseen, calls) => {
          const policy = { guard: 'org', reserve } as const;
          const decision = decide(snapshot({ seen: { used, max, at: NOW }, unseen }), calls, policy, NOW);
          const left = max - used - unseen - calls;
          assert.equal(decision.kind === 'allowed', left >= reserveOf(max, policy) + probeAllowance(max));
          assert.ok(reserveOf(max, policy) >= max * reserve);
          if (decision.kind === 'paused') assert.ok(decision.until > NOW);
        },
      ),
    );
  });
});
