import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { LakeFolder, objects, published, unfit } from '../lake/lake-folder.ts';

interface Case {
  readonly title: string;
  readonly file: string | Uint8Array;
  /** Values of the first two columns, sorted. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly quarantined: readonly string[];
  /** What the proof counts; null: nothing can be said for certain. */
  readonly counted: number | null;
}

const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

const CASES: readonly Case[] = [
  {
    title: 'a quote that the last record does not close',
    file: 'A,B\n1,2\n"3,4\n5,6\n',
    rows: [
      ['1', '2'],
      ['5', '6'],
    ],
    quarantined: ['"3,4'],
    counted: null,
  },
  {
    title: 'a quote at the start of a cell',
    file: '"A","B"\n"1","2\n"3","4"\n"5","6"\n',
    rows: [
      ['3', '4'],
      ['5', '6'],
    ],
    quarantined: ['"1","2'],
    counted: null,
  },
  {
    title: 'a value behind a quote',
    file: '"A","B"\n"1"x,"2"\n"3","4"\n',
    rows: [['3', '4']],
    quarantined: ['"1"x,"2"'],
    counted: null,
  },
  {
    title: 'text that poses as records behind a broken one',
    file: '"A","B"\n"1"x,"y\n9,forged\n"\n"3","4"\n',
    rows: [['3', '4']],
    quarantined: ['"1"x,"y', '9,forged', '"'],
    counted: null,
  },
  {
    title: 'lines that end in every way',
    file: 'A,B\n1,2\r\n3,4\r5,6\n',
    rows: [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ],
    quarantined: [],
    counted: null,
  },
  {
    title: 'records that are too narrow and too wide',
    file: '"A","B"\n"1"\n"1","2","3"\n"4","5"\n',
    rows: [['4', '5']],
    quarantined: ['"1"', '"1","2","3"'],
    counted: 3,
  },
  {
    title: 'NUL, a byte order mark and what is not UTF-8',
    file: bytes(0xef, 0xbb, 0xbf, 'A,B\n1', 0, ',2\n', 0xff, ',4\n'),
    rows: [['1\0', '2']],
    quarantined: ['\ufffd,4'],
    counted: 2,
  },
  {
    title: 'blank lines before the header',
    file: '\n\nA,B\n1,2\n',
    rows: [['1', '2']],
    quarantined: [],
    counted: null,
  },
  {
    title: 'a header in quotes that are not closed',
    file: '"A","B\n1,2\n',
    rows: [['1', '2']],
    quarantined: [],
    counted: null,
  },
  { title: 'names that are there twice', file: 'A,A\n1,2\n', rows: [['1', '2']], quarantined: [], counted: 1 },
  { title: 'a header and no record', file: 'A,B', rows: [], quarantined: [], counted: 0 },
  { title: 'nothing', file: '', rows: [], quarantined: [], counted: 0 },
];

describe('a CSV file that means harm', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  for (const { title, file, rows, quarantined, counted } of CASES) {
    it(`with ${title}: each record is a row or in quarantine, and the proof is right or silent`, async () => {
      const input = await lake.raw(file);
      const result = await lake.worker.publish(lake.eventLog('Attack', '2026-11-01', [input]));
      const told = unfit(result);
      const found = objects(
        await lake.query(
          'SELECT * EXCLUDE (event_key) FROM event_log_attack',
          published('event_log', 'Attack', result),
        ),
      );
      const values = found.map((row) =>
        Object.entries(row)
          .filter(([name]) => /^"?(?:A|B|A_2)$/.test(name))
          .map(([, value]) => value),
      );
      assert.deepEqual(values.sort(), rows);
      const lines = told.quarantine === null ? [] : (await readFile(told.quarantine, 'utf8')).trim().split('\n');
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { text: string }).text),
        quarantined,
      );
      assert.equal(told.quarantined, quarantined.length);
      const [measure] = await lake.worker.measure([{ path: input.path, format: 'event-log-csv' }]);
      assert.ok(measure && 'records' in measure);
      assert.equal(measure.records, counted);
    });
  }

  it('with 10,000 columns loses no value', async () => {
    const cells = Array.from({ length: 10_000 }, (_, index) => `v${String(index)}`);
    const text = `${cells.map((cell) => cell.replace('v', 'c')).join(',')}\n${cells.join(',')}\n`;
    const result = await lake.worker.publish(lake.eventLog('Attack', '2026-11-01', [await lake.raw(text)]));
    const [row = {}] = objects(
      await lake.query('SELECT c0, more_columns FROM event_log_attack', published('event_log', 'Attack', result)),
    );
    assert.equal(row['c0'], 'v0');
    const more = JSON.parse(String(row['more_columns'])) as readonly (readonly [string, string])[];
    assert.deepEqual(more.at(-1), ['c9999', 'v9999']);
  });

  it('that is a bomb is not unpacked at once, and spares the files beside it', async () => {
    const jobs = [];
    for (const [index, text] of [`A,B\n${'x'.repeat(64 << 20)}\n1,2\n`, 'A,B\n3,4\n', 'A,B\n5,6\n'].entries()) {
      jobs.push(lake.eventLog('Attack', `2026-11-0${String(index + 1)}`, [await lake.raw(text)]));
    }
    const results = await lake.worker.publishAll(jobs);
    assert.deepEqual(
      results.map((result) => [result.units[0]?.rows, unfit(result).quarantined]),
      [
        [1, 1],
        [1, 0],
        [1, 0],
      ],
    );
  });
});
