import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { LakeColumn, RawInput } from '../../extension/lake/worker.ts';
import { hostileText } from './hostile-text.ts';
import { LakeFolder, objects, published, unfit } from './lake-folder.ts';

const COLUMNS: readonly LakeColumn[] = [
  { name: 'Id', type: 'text' },
  { name: 'LoginTime', type: 'timestamp' },
  { name: 'Status', type: 'text' },
  { name: 'OptionsIsPost', type: 'boolean' },
  { name: 'Views', type: 'bigint' },
  { name: 'LoginGeo.Latitude', type: 'double' },
  { name: 'LoginGeo.City', type: 'text' },
];

type Fields = Readonly<Record<string, unknown>>;

describe('publishing records', () => {
  let lake: LakeFolder;
  let source = 0;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  /** A page of a query's answer, as Salesforce sends it. */
  const page = (records: readonly Fields[]): Promise<RawInput> =>
    lake.raw(
      JSON.stringify({
        totalSize: records.length,
        done: true,
        records: records.map((fields) => ({ attributes: { type: 'LoginHistory', url: '/x' }, ...fields })),
      }),
    );

  async function publish(inputs: readonly RawInput[], options: { dates?: string[]; key?: string[] } = {}) {
    const name = `source${String(++source)}`;
    const job = { inputs, key: ['Id'], timeColumn: 'LoginTime', columns: COLUMNS, ...options };
    const result = await lake.worker.publish(lake.records(name, job));
    const rows = async (select: string) =>
      result.units.length === 0
        ? []
        : objects(await lake.query(`SELECT ${select} FROM ${name} ORDER BY ALL`, published(name, null, result)));
    return { name, result, rows };
  }

  it('makes a typed row of each record, nested ones included, and a file of each date', async () => {
    const geo = { attributes: { type: 'LoginGeo' }, Latitude: 47.37, City: 'Zürich, "Altstadt"\n' };
    const { result, rows } = await publish([
      await page([
        { Id: '1', LoginTime: '2026-11-01T23:59:59.000+0000', Status: 'Success', OptionsIsPost: true, LoginGeo: geo },
        { Id: '2', LoginTime: '2026-11-02T00:00:00.000+0000', Status: '', Views: 12, LoginGeo: null },
      ]),
    ]);
    assert.deepEqual(
      await rows('event_key, event_time, event_date, Status, OptionsIsPost, Views, LoginGeo_Latitude, LoginGeo_City'),
      [
        {
          event_key: '1',
          event_time: '2026-11-01T23:59:59.000Z',
          event_date: '2026-11-01',
          Status: 'Success',
          OptionsIsPost: true,
          Views: null,
          LoginGeo_Latitude: 47.37,
          LoginGeo_City: geo.City,
        },
        {
          event_key: '2',
          event_time: '2026-11-02T00:00:00.000Z',
          event_date: '2026-11-02',
          Status: '',
          OptionsIsPost: null,
          Views: 12,
          LoginGeo_Latitude: null,
          LoginGeo_City: null,
        },
      ],
    );
    assert.deepEqual(
      result.units.map(({ eventDate, rows: count, from, to }) => [eventDate, count, from, to]),
      [
        ['2026-11-01', 1, '2026-11-01T23:59:59.000Z', '2026-11-01T23:59:59.000Z'],
        ['2026-11-02', 1, '2026-11-02T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
      ],
    );
  });

  it('keeps what does not fit its type, and a record without a time', async () => {
    const { result, rows } = await publish([
      await page([
        { Id: '1', LoginTime: '2026-11-01T00:00:00.000+0000', Views: 'many', LoginGeo: { Latitude: { deep: 1 } } },
        { Id: '2', LoginTime: 'never' },
        { Id: '3' },
      ]),
    ]);
    assert.equal(unfit(result).misfits, 4);
    assert.deepEqual(await rows('Id, event_date, event_time, _misfits AS misfits'), [
      {
        Id: '1',
        event_date: '2026-11-01',
        event_time: '2026-11-01T00:00:00.000Z',
        misfits: '{"Views":"many","LoginGeo_Latitude":"{\\"deep\\":1}"}',
      },
      { Id: '2', event_date: '1970-01-01', event_time: null, misfits: '{"LoginTime":"never"}' },
      { Id: '3', event_date: '1970-01-01', event_time: null, misfits: '{"LoginTime":""}' },
    ]);
  });

  it('lets the newest page win, also where a record changed its date', async () => {
    const first = await page([
      { Id: '1', LoginTime: '2026-11-01T00:00:00.000Z', Status: 'old' },
      { Id: '2', LoginTime: '2026-11-01T00:00:00.000Z', Status: 'only' },
    ]);
    const second = await page([{ Id: '1', LoginTime: '2026-11-03T00:00:00.000Z', Status: 'new' }]);
    const { rows } = await publish([first, second]);
    assert.deepEqual(await rows('Id, Status, _raw_id'), [
      { Id: '1', Status: 'new', _raw_id: second.rawId },
      { Id: '2', Status: 'only', _raw_id: first.rawId },
    ]);
  });

  it('joins several columns to one key, and loses no record without one', async () => {
    const records = [
      { Id: '1', LoginTime: '2026-11-01T00:00:00.000Z', Status: 'a' },
      { Id: '1', LoginTime: '2026-11-01T00:00:00.000Z', Status: 'b' },
      { LoginTime: '2026-11-01T00:00:00.000Z', Views: 1 },
      { LoginTime: '2026-11-01T00:00:00.000Z', Views: 2 },
    ];
    const { rows } = await publish([await page(records), await page(records)], { key: ['Id', 'Status'] });
    const keys = (await rows('event_key')).map(({ event_key: key }) => key);
    assert.equal(keys.length, 4);
    assert.deepEqual(
      keys.filter((key) => String(key).startsWith('1|')),
      ['1|a', '1|b'],
    );
  });

  it('writes the dates that are asked for, and no other', async () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
    const input = await page(days.map((day) => ({ Id: day, LoginTime: `${day}T12:00:00.000+0000` })));
    const { name, result } = await publish([input], { dates: ['2026-11-02', '2026-11-09'] });
    assert.deepEqual(
      result.units.map(({ eventDate }) => eventDate),
      ['2026-11-02'],
    );
    assert.deepEqual(await readdir(path.join(lake.folder, 'lake', name)), ['event_date=2026-11-02']);
  });

  it('reads several answers in one raw file, and answers without records', async () => {
    const answer = (id: string) => JSON.stringify({ records: [{ Id: id, LoginTime: '2026-11-01T00:00:00.000Z' }] });
    const several = await lake.raw(`${answer('1')}\n${answer('2')}`);
    const empty = await page([]);
    const { rows } = await publish([several, empty]);
    assert.deepEqual(await rows('Id'), [{ Id: '1' }, { Id: '2' }]);
    assert.deepEqual((await publish([empty])).result.units, []);
    assert.deepEqual((await publish([])).result.units, []);
  });

  it('reads a page longer than DuckDB expects one to be', async () => {
    const long = 'x'.repeat(20 << 20);
    const { rows } = await publish([await page([{ Id: '1', LoginTime: '2026-11-01T00:00:00.000Z', Status: long }])]);
    assert.deepEqual(await rows('len(Status) AS length'), [{ length: long.length }]);
  });

  it('gives back any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 1, maxLength: 20 }), async (texts) => {
        const records = texts.map((Status, index) => ({
          Id: String(index).padStart(3, '0'),
          LoginTime: '2026-11-01T00:00:00.000Z',
          Status,
        }));
        const { rows } = await publish([await page(records)]);
        assert.deepEqual(
          (await rows('Id, Status')).map(({ Status }) => Status),
          texts,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same rows whatever the pages and their order', async () => {
    const ids = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(ids, async (pages) => {
        const inputs: RawInput[] = [];
        for (const numbers of pages) {
          inputs.push(
            await page(
              numbers.map((n) => ({ Id: String(n), LoginTime: `2026-11-0${String(1 + (n % 3))}T00:00:00.000Z` })),
            ),
          );
        }
        const expected = [...new Set(pages.flat())].sort().map((n) => ({ event_key: String(n) }));
        assert.deepEqual(await (await publish(inputs)).rows('event_key'), expected);
        assert.deepEqual(await (await publish(inputs.reverse())).rows('event_key'), expected);
      }),
      { numRuns: 20 },
    );
  });
});
