import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { EventLogInput, PublishResult } from '../../extension/lake/worker.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, objects, published, unfit } from './lake-folder.ts';

const DATE = '2026-11-01';

describe('publishing event log files', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  const publish = (inputs: readonly EventLogInput[], type = 'Login'): Promise<PublishResult> =>
    lake.worker.publish(lake.eventLog(type, DATE, inputs));
  const rowsOf = async (result: PublishResult, select = '*', type = 'Login') =>
    objects(
      await lake.query(
        `SELECT ${select} FROM event_log_${type.toLowerCase()} ORDER BY ALL`,
        published('event_log', type, result),
      ),
    );

  it('types columns as LogFileFieldTypes says and keeps what does not fit', async () => {
    const names = ['EVENT_TYPE', 'TIMESTAMP', 'RUN_TIME', 'SUCCESS', 'WHEN', 'USER_ID'];
    const rows = [
      ['Login', '20261101101112.131', '12.5', '1', '2026-11-01T10:11:12.131Z', '005'],
      ['Login', '20261101101113', '-1', 'false', '2026-11-01T12:11:13.000+0200', 'x'],
      ['Login', '20261101101114.000', '9007199254740993', 'maybe', 'yesterday', ''],
      ['Login', '20261101101115.000', 'n/a', '', '', ''],
      ['Login', '20261101101116.000', 'infinity', '', 'infinity', ''],
    ];
    const input = await lake.raw(toCsv([names, ...rows]));
    const fieldTypes = 'String,DateTime,Number,Boolean,DateTime,Id';
    const result = await publish([{ ...input, fieldNames: names.join(','), fieldTypes }]);
    assert.equal(unfit(result).misfits, 6);
    assert.deepEqual(
      await rowsOf(result, 'event_time, RUN_TIME, SUCCESS, "WHEN", USER_ID, _misfits::JSON AS misfits'),
      [
        time('10:11:12.131', { RUN_TIME: 12.5, SUCCESS: true, WHEN: `${DATE}T10:11:12.131Z`, USER_ID: '005' }),
        time('10:11:13.000', { RUN_TIME: -1, SUCCESS: false, WHEN: `${DATE}T10:11:13.000Z`, USER_ID: 'x' }),
        time('10:11:14.000', { misfits: { RUN_TIME: '9007199254740993', SUCCESS: 'maybe', WHEN: 'yesterday' } }),
        time('10:11:15.000', { misfits: { RUN_TIME: 'n/a' } }),
        time('10:11:16.000', { misfits: { RUN_TIME: 'infinity', WHEN: 'infinity' } }),
      ],
    );
  });

  function time(at: string, values: Record<string, unknown>) {
    const { misfits = null, ...rest } = values;
    return {
      event_time: `${DATE}T${at}Z`,
      RUN_TIME: null,
      SUCCESS: null,
      WHEN: null,
      USER_ID: null,
      ...rest,
      misfits: misfits === null ? null : JSON.stringify(misfits),
    };
  }

  it('finds the time of an event, or takes the date of the file', async () => {
    const header = ['TIMESTAMP', 'TIMESTAMP_DERIVED', 'N'];
    const input = await lake.raw(
      toCsv([
        header,
        ['20261101000001.000', '2026-11-01T00:00:02.000Z', '1'],
        ['20261101000003.004', '', '2'],
        ['', 'never', '3'],
      ]),
    );
    assert.deepEqual(await rowsOf(await publish([input]), 'N, event_time, event_date'), [
      { N: '1', event_time: `${DATE}T00:00:02.000Z`, event_date: DATE },
      { N: '2', event_time: `${DATE}T00:00:03.004Z`, event_date: DATE },
      { N: '3', event_time: `${DATE}T00:00:00.000Z`, event_date: DATE },
    ]);
  });

  it('unites files whose columns differ in order and number, by name', async () => {
    const first = await lake.raw(
      toCsv([
        ['A', 'B'],
        ['a1', 'b1'],
      ]),
    );
    const second = await lake.raw(
      toCsv([
        ['C', 'B', 'a'],
        ['c2', 'b2', 'a2'],
      ]),
    );
    const empty = await lake.raw('');
    const result = await publish([first, empty, second]);
    assert.deepEqual(await rowsOf(result, 'A, B, C, _raw_id'), [
      { A: 'a1', B: 'b1', C: null, _raw_id: first.rawId },
      { A: 'a2', B: 'b2', C: 'c2', _raw_id: second.rawId },
    ]);
  });

  it('keeps a column as text where files disagree on its type', async () => {
    const [one, two] = [await lake.raw(toCsv([['N'], ['1']])), await lake.raw(toCsv([['N'], ['two']]))];
    const result = await publish([
      { ...one, fieldNames: 'N', fieldTypes: 'Number' },
      { ...two, fieldNames: 'N', fieldTypes: 'String' },
    ]);
    assert.deepEqual(await rowsOf(result, 'N'), [{ N: '1' }, { N: 'two' }]);
    assert.equal(unfit(result).misfits, 0);
  });

  it('takes any header: empty and double names, names of ours, a comma, a quote', async () => {
    const header = ['EVENT_KEY', 'event_time', '', 'x', 'X', 'a, "b"', '_misfits', 'EVENT_TYPE', 'event_type'];
    const input = await lake.raw(toCsv([header, ['1', '2', '3', '4', '5', '6', '7', '8', '9']]));
    const [row] = await rowsOf(await publish([input]));
    assert.deepEqual(
      Object.entries(row ?? {}).filter(
        ([name, value]) => value !== null && !/^_raw|^_duplicate$|^event_(key|time|date)$/.test(name),
      ),
      [
        ['event_type', '8'],
        ['EVENT_KEY_2', '1'],
        ['event_time_2', '2'],
        ['column', '3'],
        ['x', '4'],
        ['X_2', '5'],
        ['a, "b"', '6'],
        ['_misfits_2', '7'],
        ['event_type_2', '9'],
      ],
    );
  });

  it('aligns types with a header that has a comma in a cell', async () => {
    const input = await lake.raw(
      toCsv([
        ['A', 'B, or C', 'N'],
        ['1', '2', '3'],
      ]),
    );
    const result = await publish([{ ...input, fieldNames: 'A,B, or C,N', fieldTypes: 'String,String,Number' }]);
    assert.deepEqual(await rowsOf(result, 'A, "B, or C", N'), [{ A: '1', 'B, or C': '2', N: 3 }]);
  });

  it('puts records that are no rows into quarantine, and takes them out when they are', async () => {
    const corrupt = await lake.raw('"A","B"\n"1","2"\n"too few"\n"one","too","many"\n"5","6"\n');
    const result = await publish([corrupt]);
    assert.deepEqual(await rowsOf(result, 'A, B'), [
      { A: '1', B: '2' },
      { A: '5', B: '6' },
    ]);
    assert.equal(unfit(result).quarantined, 2);
    const lines = (await readFile(unfit(result).quarantine ?? '', 'utf8')).trim().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      [
        { raw_id: corrupt.rawId, byte: 17, error: 'MISSING COLUMNS', text: '"too few"' },
        { raw_id: corrupt.rawId, byte: 27, error: 'TOO MANY COLUMNS', text: '"one","too","many"' },
      ],
    );

    const whole = await publish([
      await lake.raw(
        toCsv([
          ['A', 'B'],
          ['1', '2'],
        ]),
      ),
    ]);
    assert.deepEqual([unfit(whole).quarantined, unfit(whole).quarantine], [0, null]);
    assert.deepEqual(await readdir(path.dirname(result.units[0]?.path ?? '')), ['day.parquet']);
  });

  it('quarantines what is not UTF-8 and a quote that never ends', async () => {
    const latin1 = Buffer.concat([Buffer.from('"A","B"\n"1","'), Buffer.from([0xe9]), Buffer.from('"\n"3","4"\n')]);
    const first = await publish([await lake.raw(latin1)]);
    assert.deepEqual([first.units[0]?.rows, unfit(first).quarantined], [1, 1]);
    const second = await publish([await lake.raw('"A","B"\n"1","2"\n"3","4\n"5","6"\n')]);
    assert.deepEqual([second.units[0]?.rows, unfit(second).quarantined], [2, 1]);
  });

  it('keeps identical rows of one file apart, and knows them again in another file', async () => {
    const header = ['TIMESTAMP', 'N'];
    const [same, other] = [
      ['20261101000001.000', '1'],
      ['20261101000002.000', '2'],
    ];
    const twice = await lake.raw(toCsv([header, same, other, same]));
    const thrice = await lake.raw(toCsv([header, same, same, same]));
    const again = await lake.raw(
      toCsv([
        ['N', 'NEW', 'TIMESTAMP'],
        ['1', '', '20261101000001.000'],
      ]),
    );
    const result = await publish([twice, thrice, again]);
    const rows = await rowsOf(result, 'N, event_key');
    assert.deepEqual(
      rows.map(({ N }) => N),
      ['1', '1', '1', '2'],
    );
    assert.equal(new Set(rows.map(({ event_key: key }) => key)).size, 4);
  });

  it('reads lines that end as on Windows, and line breaks of any kind in values', async () => {
    const result = await publish([await lake.raw('"A","B"\r\n"1\r","\n"\r\n"2","\r\n"\r\n')]);
    assert.deepEqual(await rowsOf(result, 'A, B'), [
      { A: '1\r', B: '\n' },
      { A: '2', B: '\r\n' },
    ]);
    assert.equal(unfit(result).quarantined, 0);
  });

  it('writes an empty unit for files without a row', async () => {
    const result = await publish([await lake.raw(''), await lake.raw('"A","B"\n')]);
    const [unit] = result.units;
    assert.deepEqual([unit?.rows, unit?.from, unit?.to], [0, null, null]);
    assert.deepEqual(await rowsOf(result), []);
  });

  it('tells what it wrote', async () => {
    const input = await lake.raw(
      toCsv([['TIMESTAMP'], ['20261101000001.000'], ['20261101235959.999'], ['20261101120000.000']]),
    );
    const [unit, ...others] = (await publish([input])).units;
    assert.ok(unit);
    assert.equal(others.length, 0);
    assert.equal(unit.bytes, (await readFile(unit.path)).length);
    assert.deepEqual([unit.rows, unit.from, unit.to], [3, `${DATE}T00:00:01.000Z`, `${DATE}T23:59:59.999Z`]);
    assert.deepEqual(unit.columns, {
      event_key: 'VARCHAR',
      event_time: 'TIMESTAMP',
      event_type: 'VARCHAR',
      TIMESTAMP: 'TIMESTAMP',
      _misfits: 'VARCHAR',
      _raw_id: 'BIGINT',
    });
  });

  it('leaves the former unit where it is when a raw file cannot be read', async () => {
    const good = await publish([await lake.raw(toCsv([['A'], ['1']]))]);
    const broken = await lake.raw(toCsv([['A'], ['2']]));
    await assert.rejects(publish([broken, { path: path.join(lake.folder, 'raw', 'gone.zst'), rawId: 9 }]), {
      name: 'OrgwatchError',
      code: 'LAKE_WORKER_FAILED',
    });
    assert.deepEqual(await rowsOf(good, 'A'), [{ A: '1' }]);
    assert.deepEqual(await readdir(path.dirname(good.units[0]?.path ?? '')), ['day.parquet']);
  });
});
