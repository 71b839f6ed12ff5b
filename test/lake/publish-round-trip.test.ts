import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { toCsv, fromCsv } from './csv.ts';
import { hostileText } from './hostile-text.ts';
import { LakeFolder, published, unfit } from './lake-folder.ts';

/** Larger than a thread's share of a file in DuckDB's CSV reader (8 MB), several times. */
const LARGE = 40 << 20;

describe('CSV into the lake and back', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  /** The values of the rows in the lake, sorted; the first column of the file is theirs to be known by. */
  async function lakeRows(text: string, columns: readonly string[], select = columns.join(', ')): Promise<unknown[][]> {
    const result = await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [await lake.raw(text)]));
    assert.deepEqual([unfit(result).misfits, unfit(result).quarantined], [0, 0]);
    const { rows } = await lake.worker.query({
      sql: `SELECT ${select} FROM event_log_login ORDER BY ALL`,
      units: published('event_log', 'Login', result),
      limit: 1_000_000,
    });
    return rows.map((row) => [...row]);
  }

  it('gives back every value of any CSV, as a plain reader of RFC 4180 reads it', async () => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(hostileText, { minLength: width, maxLength: width }), { maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(table, async (values) => {
        const columns = ['N', ...Array.from({ length: values[0]?.length ?? 1 }, (_, index) => `C${String(index)}`)];
        const text = toCsv([columns, ...values.map((row, index) => [String(index).padStart(3, '0'), ...row])]);
        const expected = fromCsv(text).slice(1);
        const nullForEmpty = expected.map((row) => row.map((value) => (value === '' ? null : value)));
        assert.deepEqual(await lakeRows(text, columns), nullForEmpty);
      }),
      { numRuns: 60 },
    );
  });

  it('takes any text for column names', async () => {
    const names = fc.uniqueArray(hostileText, { minLength: 1, maxLength: 4, selector: (name) => name.toLowerCase() });
    await fc.assert(
      fc.asyncProperty(names, async (header) => {
        const result = await lake.worker.publish(
          lake.eventLog('Login', '2026-11-01', [await lake.raw(toCsv([header, header.map(() => 'x')]))]),
        );
        const { columns, rows } = await lake.query('FROM event_log_login', published('event_log', 'Login', result));
        assert.equal(rows.length, 1);
        const found = columns.filter((_, index) => rows[0]?.[index] === 'x').map(({ name }) => name);
        assert.equal(found.length, header.length);
        for (const name of header.filter((name) => name !== '' && !/^(event_|_)/i.test(name))) {
          assert.ok(found.includes(name), JSON.stringify([name, found]));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('believes no row that somebody wrote into a value of a large file', async () => {
    // Read in parallel, such a file gives rows that are none: threads start in the middle of values.
    const forged = 'x\n9,9,forged,9\n"9","9","forged","9"\n';
    const rows: string[][] = [];
    for (let index = 0, bytes = 0; bytes < LARGE; index++, bytes += 20_000) {
      rows.push([String(index).padStart(6, '0'), forged.repeat(500), index % 2 ? 'even' : '', '']);
    }
    const columns = ['N', 'TEXT', 'B', 'C'];
    const found = await lakeRows(toCsv([columns, ...rows]), columns, 'N, md5(TEXT), B, C');
    assert.equal(found.length, rows.length);
    assert.deepEqual(new Set(found.map(([, text]) => text)).size, 1);
    assert.deepEqual(
      found.map(([number, , even]) => [number, even]),
      rows.map(([number, , even]) => [number, even || null]),
    );
  });

  it('keeps what is corrupt in a large file that is read in pieces, and says where it stands', async () => {
    const value = `${'x'.repeat(999)}\n`;
    const row = (index: number) => toCsv([[String(index).padStart(6, '0'), value]]);
    const count = Math.ceil(LARGE / 2 / row(0).length);
    const lines = Array.from({ length: count }, (_, index) => row(index));
    lines[count - 5] = '"too few"\n';
    const header = toCsv([['N', 'TEXT']]);
    const input = await lake.raw(header + lines.join(''));
    const result = await lake.worker.publish(lake.eventLog('Login', '2026-11-01', [input]));
    assert.deepEqual([result.units[0]?.rows, unfit(result).quarantined], [count - 1, 1]);
    assert.deepEqual(JSON.parse(await readFile(unfit(result).quarantine ?? '', 'utf8')), {
      raw_id: input.rawId,
      byte: header.length + (count - 5) * row(0).length + 1,
      error: 'MISSING COLUMNS',
      text: '"too few"',
    });
    const left = await readdir(lake.scratch, { recursive: true, withFileTypes: true });
    assert.deepEqual(
      left.filter((entry) => entry.isFile()).map(({ name }) => name),
      [],
      'no piece is left',
    );
  });

  it('reads a large file without line breaks in values by several threads, whole', async () => {
    const rows: string[][] = [];
    for (let index = 0, bytes = 0; bytes < LARGE; index++, bytes += 1_000) {
      rows.push([String(index).padStart(6, '0'), '"a","b",""'.repeat(60), 'c']);
    }
    const found = await lakeRows(toCsv([['N', 'TEXT', 'C'], ...rows]), ['N', 'TEXT', 'C'], 'N, md5(TEXT), C');
    assert.deepEqual(
      found.map(([number]) => number),
      rows.map(([number]) => number),
    );
    assert.equal(new Set(found.map(([, text]) => text)).size, 1);
  });
});
