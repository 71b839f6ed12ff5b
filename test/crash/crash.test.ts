import { after, before, describe, it } from 'mocha';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';
import { CareCrashes } from './care-crashes.ts';
import { TASKS } from './care-once.ts';
import { crash, undisturbed, type Crash } from './crashes.ts';

/** Kills in this run; `npm run crash -- --runs 1000` does more. */
const RUNS = Number(process.env['ORGWATCH_CRASHES'] ?? 12);

describe('a sync that is killed', () => {
  let both: OrgAndLake;
  before(async () => void (both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 })));
  after(() => both[Symbol.asyncDispose]());

  it(`leaves nothing lost, doubled or half-written, at ${String(RUNS)} moments of its life`, async () => {
    const { lines, calls } = await undisturbed(both);
    for (let run = 0; run < RUNS; run++) {
      // Spread evenly over the run, so that any two test runs kill at the same moments.
      const moment: Crash = { after: 1 + Math.floor((lines * run) / RUNS), victim: run % 5 === 4 ? 'worker' : 'sync' };
      await crash(both, moment, calls);
    }
  }).timeout(3_600_000);
});

describe('a compaction, a prune and a repair that are killed', () => {
  it('leave a lake that is whole when they are done again', async () => {
    await using both = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    await using crashes = await CareCrashes.of(both);
    for (const part of [0.35, 0.7]) for (const task of TASKS) await crashes.crash(task, part);
  }).timeout(3_600_000);
});
