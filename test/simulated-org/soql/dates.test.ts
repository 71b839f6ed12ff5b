import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { fromSalesforceDate, localParts, spanOf, toSalesforceDate } from './dates.ts';

const span = (literal: string, now: string, zone: string): [string, string] => {
  const found = spanOf(literal, new Date(now), zone);
  assert.ok(found, literal);
  return [new Date(found.start).toISOString(), new Date(found.end).toISOString()];
};

const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Denver', 'Asia/Tokyo', 'Australia/Lord_Howe');

describe('SOQL dates', () => {
  it('know days of 23 and 25 hours', () => {
    assert.deepEqual(span('TODAY', '2026-03-29T12:00:00Z', 'Europe/Berlin'), [
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    assert.deepEqual(span('YESTERDAY', '2026-10-26T05:00:00Z', 'Europe/Berlin'), [
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('take weeks from Sunday, and months, quarters and years from their first day', () => {
    const now = '2026-11-24T12:00:00Z';
    assert.deepEqual(span('THIS_WEEK', now, 'UTC'), ['2026-11-22T00:00:00.000Z', '2026-11-29T00:00:00.000Z']);
    assert.deepEqual(span('LAST_MONTH', now, 'UTC'), ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z']);
    assert.deepEqual(span('NEXT_QUARTER', now, 'UTC'), ['2027-01-01T00:00:00.000Z', '2027-04-01T00:00:00.000Z']);
    assert.deepEqual(span('LAST_N_YEARS:2', now, 'UTC'), ['2024-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']);
    assert.deepEqual(span('LAST_N_DAYS:3', now, 'UTC'), ['2026-11-21T00:00:00.000Z', '2026-11-25T00:00:00.000Z']);
    assert.equal(spanOf('SOMEDAY', new Date(now), 'UTC'), undefined);
  });

  it('begin days at midnight of the zone, one after the other', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const now = new Date(instant);
        const today = spanOf('TODAY', now, zone);
        const yesterday = spanOf('YESTERDAY', now, zone);
        assert.ok(today && yesterday);
        assert.ok(today.start <= instant && instant < today.end);
        assert.equal(yesterday.end, today.start);
        const [, , , hour, minute] = localParts(today.start, zone);
        assert.deepEqual([hour, minute], [0, 0]);
      }),
    );
  });

  it('are written so that text order is time order', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        assert.equal(toSalesforceDate(a) < toSalesforceDate(b), a < b);
        assert.equal(fromSalesforceDate(toSalesforceDate(a)), a);
      }),
    );
    assert.equal(fromSalesforceDate('2018-02-01T12:00:00.5+0130'), Date.parse('2018-02-01T10:30:00.500Z'));
  });
});
