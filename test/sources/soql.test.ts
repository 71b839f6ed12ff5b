import assert from 'node:assert/strict';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SOURCES, sourcesNamed } from '../../extension/sources/registry.ts';
import { eventLogFields, eventLogQuery, presentFields, recordsQuery } from '../../extension/sources/soql.ts';
import { withCode } from '../sync/org-and-lake.ts';

const time = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2100-01-01') });
const span = fc.record({
  from: fc.option(time),
  to: fc.option(time),
  after: fc.option(fc.record({ time, id: fc.string() })),
});

describe('what is asked of an org', () => {
  for (const source of SOURCES) {
    if (source.kind !== 'records') continue;
    it(`is proper SOQL for ${source.name}, in the order of time and Id, whatever the span`, () => {
      fc.assert(
        fc.property(span, (span) => {
          const soql = recordsQuery(source, presentFields(source, new Set()), span);
          const query = parseQuery(soql);
          assert.equal(query.sObject, source.object);
          assert.ok(soql.endsWith(`ORDER BY ${source.timeField} ASC, Id ASC`));
          assert.equal(query.where !== undefined, span.from !== null || span.to !== null || span.after !== null);
        }),
      );
    });

    it(`names the key and the time of ${source.name} whatever fields are absent`, () => {
      const optional = source.optional.flatMap((group) => group.fields.map((field) => field.name));
      const present = presentFields(source, new Set(optional)).map((field) => field.name);
      assert.deepEqual(
        present,
        source.fields.map((field) => field.name),
      );
      for (const name of ['Id', source.timeField, ...source.key]) assert.ok(present.includes(name));
      assert.equal(new Set([...present, ...optional]).size, present.length + optional.length);
    });
  }

  it('is both kinds of event log files where there are hourly ones', () => {
    const query = (...absent: string[]): string =>
      eventLogQuery({ from: 0, to: null }, eventLogFields(new Set(absent)));
    assert.match(
      eventLogQuery({ from: null, to: null }, eventLogFields()),
      /Interval, Sequence FROM EventLogFile WHERE Sequence >= 0 ORDER/,
    );
    for (const name of ['Interval', 'Sequence']) assert.doesNotMatch(query(name), /Interval|Sequence/);
    assert.match(query('LogFileLength'), /CreatedDate, LogFileFieldNames, LogFileFieldTypes, Interval, Sequence FROM/);
    const names = fc.subarray([...eventLogFields()]);
    fc.assert(
      fc.property(span, names, (span, absent) => void parseQuery(eventLogQuery(span, eventLogFields(new Set(absent))))),
    );
  });
});

describe('the registry of sources', () => {
  it('answers all, or those named, in its own order', () => {
    assert.equal(sourcesNamed(undefined), SOURCES);
    assert.deepEqual(
      sourcesNamed(['event_log', 'login_history']).map(({ name }) => name),
      ['login_history', 'event_log'],
    );
    assert.throws(() => sourcesNamed(['nothing']), withCode('USAGE'));
  });
});
