import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  datesBetween,
  DAY,
  endOf,
  iso,
  parseTime,
  startOf,
  utcDate,
  utcMinute,
  utcSecond,
} from '../../extension/shared/utc.ts';

const time = fc.integer({ min: Date.parse('1999-12-31'), max: Date.parse('2101-01-01') });

describe('UTC dates', () => {
  it('are read as Salesforce writes them', () => {
    const expected = Date.UTC(2026, 10, 24, 5, 30, 0, 7);
    for (const text of ['2026-11-24T05:30:00.007+0000', '2026-11-24T05:30:00.007Z', '2026-11-24T06:30:00.007+01:00']) {
      assert.equal(parseTime(text), expected);
    }
    for (const none of [null, undefined, 5, '', 'soon']) assert.ok(Number.isNaN(parseTime(none)));
    assert.equal(iso(null), null);
  });

  it('are written to the minute and to the second', () => {
    const text = '2026-11-24T05:30:07.999Z';
    for (const time of [text, Date.parse(text), new Date(text)]) {
      assert.equal(utcMinute(time), '2026-11-24 05:30');
      assert.equal(utcSecond(time), '2026-11-24 05:30:07');
    }
  });

  it('hold each time exactly once', () => {
    fc.assert(
      fc.property(time, (time) => {
        const date = utcDate(time);
        assert.ok(startOf(date) <= time && time < endOf(date));
        assert.equal(utcDate(endOf(date) - 1), date);
        assert.notEqual(utcDate(endOf(date)), date);
      }),
    );
  });

  it('between two times are all those that any time between them has', () => {
    fc.assert(
      fc.property(time, fc.nat({ max: 400 * DAY }), fc.double({ min: 0, max: 1, noNaN: true }), (from, span, share) => {
        const dates = datesBetween(from, from + span);
        assert.equal(dates[0], utcDate(from));
        assert.equal(dates.at(-1), utcDate(from + span));
        assert.ok(dates.includes(utcDate(from + Math.floor(span * share))));
        assert.equal(new Set(dates).size, dates.length);
      }),
    );
  });
});
