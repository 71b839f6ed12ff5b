import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toCsv } from '../../extension/lake/csv.ts';
import { queryJson, queryText } from '../../extension/cli/query-text.ts';
import type { QueryResult } from '../../extension/lake/worker.ts';
import { recordingTerminal } from './terminal.ts';

const result: QueryResult = {
  columns: [
    { name: 'who', type: 'VARCHAR' },
    { name: 'n', type: 'BIGINT' },
    { name: 'n', type: 'BIGINT' },
  ],
  rows: [
    ['=HYPERLINK("http://x")', -1, null],
    ['a "b", c\nd', 2, 3],
    ['\u001b[31mred', 4, 5],
  ],
  rowCount: 3,
  truncated: false,
};

describe('what a query answers', () => {
  it('as CSV: quoted by RFC 4180, formulas defused, numbers left alone', () => {
    assert.equal(
      toCsv(result),
      'who,n,n\r\n"\'=HYPERLINK(""http://x"")",-1,\r\n"a ""b"", c\nd",2,3\r\n\u001b[31mred,4,5\r\n',
    );
  });

  it('as CSV: every beginning of a formula', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const csv = toCsv({ ...result, columns: [{ name: 'x', type: 'VARCHAR' }], rows: [[`${start}1`]] });
      assert.match(csv, /^x\r\n"?'/);
    }
  });

  it('as JSON: rows as objects, a name that comes again numbered', () => {
    assert.deepEqual((queryJson(result) as { rows: unknown[] }).rows[1], { who: 'a "b", c\nd', n: 2, n_2: 3 });
  });

  it('as a table: aligned, without control characters, and how many rows there are', () => {
    const text = queryText(result, recordingTerminal());
    assert.match(text, /^who +n +n\n/);
    assert.match(text, /\nred +4 +5\n\n3 rows\.\n$/);
    assert.doesNotMatch(text, /\u001b/);
    assert.match(
      queryText({ ...result, truncated: true }, recordingTerminal()),
      /The first 3 rows; more with --limit\./,
    );
  });
});
