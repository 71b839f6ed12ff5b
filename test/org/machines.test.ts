import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { openCalls } from '../../extension/lake/calls.ts';
import { decide, probeAllowance } from '../../extension/org/quota.ts';
import { runFleet } from './machines.ts';

const MACHINES = 8;
const quota = { openCalls: (folder: string) => openCalls(folder), decide };
const latencies = fc.array(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 3_000 })), {
  minLength: 7,
  maxLength: 50,
});
const starts = fc.array(fc.nat({ max: 3_000 }), { minLength: MACHINES, maxLength: MACHINES });

/** Schedules to try; each takes some seconds of SQLite. */
const RUNS = Number(process.env['ORGWATCH_SCHEDULES'] ?? 500) / 50;

describe('several machines that use one org', () => {
  // A call more for each machine, when all are under way as the last one is taken; the probe allowance takes these.
  for (const [max, most] of [
    [15_000, 0],
    [1_000, MACHINES - 1],
  ] as const)
    it(`leave the reserve of ${String(max)} calls but for ${String(most)} at most, however they meet`, () => {
      assert.ok(probeAllowance(max) + most >= MACHINES);
      fc.assert(
        fc.property(latencies, starts, fc.constantFrom(1, 8, 40), (latencies, starts, atOnce) => {
          const fleet = { machines: MACHINES, atOnce, max, left: 120, othersEveryMs: undefined, latencies, starts };
          const { own, over } = runFleet(fleet, quota);
          assert.ok(over <= most, `${String(over)} over`);
          assert.ok(own >= 20, `${String(own)} of 120 calls were used`);
        }),
        { numRuns: RUNS },
      );
    }).timeout(600_000);
});
