import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { supersededBy, unitsOf, type EventLogFileFacts } from '../../extension/sync/event-log-units.ts';

const DAY = Date.parse('2026-11-23T00:00:00Z');

/** A file and the events in it; events are numbers, `hour * 100 + n`. */
interface File extends EventLogFileFacts {
  readonly events: readonly number[];
}

/**
 * What Salesforce does with the events of one type and day: hourly files with what is known of an hour, further
 * Sequences with what came late (and some of what was there), daily files with all that is known by then.
 */
const history = fc
  .array(
    fc.oneof(
      fc.record({
        kind: fc.constant('hourly' as const),
        hour: fc.nat({ max: 3 }),
        count: fc.integer({ min: 1, max: 3 }),
        again: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('daily' as const) }),
    ),
    { maxLength: 12 },
  )
  .map((steps) => {
    const events = new Map<number, number[]>();
    const sequences = new Map<number, number>();
    const files: File[] = [];
    for (const [index, step] of steps.entries()) {
      const created = {
        id: index,
        salesforceId: `0AT${String(index).padStart(3, '0')}`,
        createdDate: DAY + index * MINUTE,
      };
      if (step.kind === 'daily') {
        const all = [...events.values()].flat();
        files.push({ ...created, interval: 'Daily', sequence: 0, logDate: DAY, events: all });
        continue;
      }
      const known = events.get(step.hour) ?? [];
      const fresh = Array.from({ length: step.count }, (_, n) => step.hour * 100 + known.length + n);
      events.set(step.hour, [...known, ...fresh]);
      const sequence = (sequences.get(step.hour) ?? 0) + 1;
      sequences.set(step.hour, sequence);
      const logDate = DAY + step.hour * HOUR;
      files.push({
        ...created,
        interval: 'Hourly',
        sequence,
        logDate,
        events: [...fresh, ...(step.again ? known : [])],
      });
    }
    return { files, all: new Set([...events.values()].flat()) };
  });

function eventsOf(files: readonly File[]): readonly number[] {
  return unitsOf(files).flatMap(({ inputs }) => [...new Set(inputs.flatMap((file) => file.events))]);
}

describe('the units of a day of event log files', () => {
  it('hold each event once, whatever the order of arrival, also those of hourly files after the daily one', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), ({ files, all }, random) => {
        const shuffled = files
          .map((file) => ({ file, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ file }) => file);
        const events = eventsOf(shuffled);
        assert.equal(new Set(events).size, events.length, 'an event appears twice');
        assert.deepEqual(new Set(events), all);
        assert.deepEqual(unitsOf(shuffled), unitsOf(files));
      }),
    );
  });

  it('never hold an event twice, at any moment', () => {
    fc.assert(
      fc.property(history, fc.nat(), ({ files }, count) => {
        const events = eventsOf(files.slice(0, count % (files.length + 1)));
        assert.equal(new Set(events).size, events.length);
      }),
    );
  });

  it('use each file in one unit or in none', () => {
    fc.assert(
      fc.property(history, ({ files }) => {
        const units = unitsOf(files);
        const used = units.flatMap(({ inputs }) => inputs);
        const passed = supersededBy(units, files);
        assert.equal(used.length + passed.length, files.length);
        assert.deepEqual(new Set([...used, ...passed]), new Set(files));
        assert.equal(new Set(units.map(({ part }) => part)).size, units.length);
      }),
    );
  });

  it('are one when there is a daily file: the newest, and the hourly ones after it', () => {
    fc.assert(
      fc.property(history, ({ files }) => {
        const daily = files.filter((file) => file.interval === 'Daily').at(-1);
        fc.pre(daily !== undefined);
        const later = files.slice(files.indexOf(daily) + 1);
        assert.deepEqual(unitsOf(files), [{ part: 'day', inputs: [daily, ...later] }]);
      }),
    );
  });
});
