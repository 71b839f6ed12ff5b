import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { readListed } from '../../extension/sync/read-listing.ts';
import { readPageFacts } from '../../extension/sync/read-page.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { LakeFolder, objects, published, unfit } from '../lake/lake-folder.ts';

const TIME = '2026-11-24T05:30:00.000+0000';
const AT = Date.parse('2026-11-24T05:30:00.000Z');
const ENTRIES = [
  { title: 'null', json: 'null', rows: 0 },
  { title: 'a text', json: '"text"', rows: 0 },
  { title: 'a list', json: '[1]', rows: 0 },
  { title: 'half a character', json: `{"Id":"1","T":"${TIME}","X":"a\\ud800"}`, rows: 1 },
  { title: 'a field twice', json: `{"Id":"0","Id":"1","T":"${TIME}"}`, rows: 1 },
  { title: 'a record without an Id', json: `{"T":"${TIME}"}`, rows: 1 },
  { title: 'a record without a time', json: '{"Id":"1"}', rows: 1 },
  { title: 'the year 12026', json: '{"Id":"1","T":"+012026-11-24T05:30:00.000Z"}', rows: 1 },
  { title: 'the year 1', json: '{"Id":"1","T":"0001-11-24T05:30:00.000+0000"}', rows: 1 },
  { title: 'an RFC date', json: '{"Id":"1","T":"Tue, 24 Nov 2026 05:30:00 GMT"}', rows: 1 },
  { title: 'a text for a related record', json: `{"Id":"1","T":"${TIME}","G":"text"}`, rows: 1 },
  { title: 'names of objects’ own', json: `{"__proto__":{"Id":"9"},"constructor":1,"Id":"1","T":"${TIME}"}`, rows: 1 },
] as const;

describe('a page of records that means harm', () => {
  let lake: LakeFolder;
  let source = 0;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  for (const { title, json, rows } of ENTRIES) {
    it(`with ${title}: it is a row of its page's date or in quarantine, and its neighbour arrives`, async () => {
      const raw = await lake.raw(`{"records":[${json},{"Id":"2","T":"${TIME}"}]}`);
      const job = lake.records(`attack${String(++source)}`, {
        inputs: [{ ...raw, entries: 2, span: { from: AT, to: AT } }],
        key: ['Id'],
        timeColumn: 'T',
        columns: [
          { name: 'Id', type: 'text' },
          { name: 'T', type: 'timestamp' },
          { name: 'X', type: 'text' },
          { name: 'G.A', type: 'text' },
        ],
        dates: ['2026-11-24'],
      });
      const result = await lake.worker.publish(job);
      const found = objects(await lake.query(`FROM ${job.source}`, published(job.source, null, result)));
      assert.equal(found.length, 1 + rows);
      assert.ok(found.some(({ Id }) => Id === '2'));
      assert.equal(unfit(result).quarantined, 1 - rows);
      const counted = await lake.worker.count(job);
      assert.equal(counted.events['2026-11-24'], 1 + rows);
      assert.equal(counted.quarantined['2026-11-24'] ?? 0, 1 - rows);
    });
  }

  it('never moves a pull to a time that cannot be true, and never back', () => {
    const login = { key: ['Id'], timeField: 'T' };
    const reached = { time: AT - DAY, id: 'a' };
    const entries = [
      { Id: 'b', T: TIME },
      { Id: 'c', T: '+012026-11-24T05:30:00.000Z' },
      { Id: 'd', T: '0001-11-24T05:30:00.000Z' },
      { Id: 'e', T: '2026-11-01T00:00:00.000Z' },
      null,
    ];
    const facts = readPageFacts(entries, login, reached, null, AT + DAY);
    assert.deepEqual(facts.position, { time: AT, id: 'b' });
    assert.equal(facts.unfit, 3);
    const ahead = readPageFacts([{ Id: 'b', T: TIME }], login, reached, null, AT - 1);
    assert.deepEqual(ahead.position, { time: AT - 1, id: '' });
    assert.deepEqual(readPageFacts([null, 'x'], login, reached, null, AT).position, reached);
  });
});

describe('a list of event log files that means harm', () => {
  const sound = {
    Id: '0AT000000000001AAA',
    EventType: 'Login',
    LogDate: '2026-11-23T00:00:00.000+0000',
    CreatedDate: TIME,
    LogFileLength: 10,
    Interval: 'Hourly',
    Sequence: 1,
  };

  const passedOver = [
    ...[null, 'text', [], {}, { ...sound, Id: '../../x' }, { ...sound, Id: 5 }, { ...sound, EventType: '' }],
    ...[
      { ...sound, EventType: null },
      { ...sound, LogDate: '+012026-11-24T00:00:00.000Z' },
      { ...sound, LogDate: null },
    ],
    ...[
      { ...sound, CreatedDate: 'Tue, 24 Nov 2026 05:30:00 GMT' },
      { ...sound, Interval: 'Weekly' },
    ],
  ];
  for (const entry of passedOver) {
    it(`is told of ${JSON.stringify(entry).slice(0, 80)}`, () => {
      const listed = readListed('event_log', entry);
      assert.ok(!listed.file);
      assert.notEqual(listed.problem, '');
    });
  }

  for (const value of [1.5, -1, 1e300, 'ten', Number.MAX_SAFE_INTEGER + 2, {}]) {
    it(`is taken without a length and a sequence of ${JSON.stringify(value)}`, () => {
      const listed = readListed('event_log', { ...sound, LogFileLength: value, Sequence: value });
      assert.deepEqual([listed.file?.declaredBytes, listed.file?.sequence], [null, 0]);
      assert.deepEqual(listed.file && listed.leftOut, ['Sequence', 'LogFileLength']);
    });
  }
});
