import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ORG_ID, readLogFile, sample } from './support/sample.ts';
import { DAY, dayOf } from './time.ts';
import { DayLogs } from './files/day-log.ts';
import { Library } from './content/library.ts';
import { eventTypes } from './events/registry.ts';
import { createRoster } from './population/roster.ts';

const day = fc.integer({ min: 20_000, max: 22_000 });
const seed = fc.integer({ min: 0, max: 2 ** 31 });

function logsOf(seedValue: number, scale: number): DayLogs {
  const roster = createRoster(seedValue, scale);
  const library = new Library(seedValue, scale, roster, 10);
  return new DayLogs({
    seed: seedValue,
    scale,
    roster,
    usernameSuffix: '',
    library,
    organizationId: ORG_ID.slice(0, 15),
  });
}

describe('simulated org: determinism', function () {
  this.timeout(120_000);

  it('makes the same events of a day whichever days were made before', () => {
    fc.assert(
      fc.property(seed, day, (seedValue, dayNumber) => {
        const [one, other] = [logsOf(seedValue, 0.3), logsOf(seedValue, 0.3)];
        for (const type of eventTypes.slice(0, 5)) other.log(type, dayNumber - 3);
        for (const type of eventTypes) {
          assert.deepEqual(one.log(type, dayNumber).rows, other.log(type, dayNumber).rows, type.name);
          assert.ok(one.log(type, dayNumber).rows.every((row) => dayOf(row.at) === dayNumber));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('shows the same past at every later instant', async () => {
    await fc.assert(
      fc.asyncProperty(seed, fc.integer({ min: 1, max: 60 * 24 * 3 }), async (seedValue, minutes) => {
        const first = sample({ seed: seedValue, scale: 0.3 });
        const then = first.clock.now;
        const later = sample({
          seed: seedValue,
          scale: 0.3,
          now: new Date(then.getTime() + minutes * 60_000).toISOString(),
        });
        const since = new Date(then.getTime() - 20 * DAY).toISOString();
        for (const source of ['loginHistory', 'setupAuditTrail'] as const) {
          const field = source === 'loginHistory' ? 'LoginTime' : 'CreatedDate';
          const past = later.dataset[source](later.clock.now).filter(
            (row) => String(row[field]) <= then.toISOString().replace('Z', '+0000') && String(row[field]) > since,
          );
          assert.deepEqual(
            past,
            first.dataset[source](then).filter((row) => String(row[field]) > since),
          );
        }
        const filesLater = later.dataset.eventLogFiles(later.clock.now);
        const both = first.dataset
          .eventLogFiles(then)
          .filter((row) => filesLater.some((each) => each['Id'] === row['Id']));
        assert.ok(both.length > 0);
        for (const row of both.slice(-5)) {
          const bytes = (await readLogFile(first.dataset, row)).bytes;
          assert.ok(bytes.equals((await readLogFile(later.dataset, row)).bytes));
        }
      }),
      { numRuns: 2 },
    );
  });
});
