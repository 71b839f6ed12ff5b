import assert from 'node:assert/strict';
import { cellsOf, CsvRecordReader } from '../../extension/lake/publish-csv-record.ts';
import { CsvScanner } from '../../extension/lake/publish-scanner.ts';
import { RecordCount } from '../../extension/lake/record-count.ts';
import type { LakeFolder } from '../lake/lake-folder.ts';
import type { Random } from './random.ts';

const PARTS = [
  '"',
  '""',
  ',',
  '\n',
  '\r\n',
  '\r',
  'a',
  ' ',
  '\0',
  '\x1e',
  '"a"',
  '"a,\n"',
  '"",""',
  '\ufeff',
  'é',
] as const;

/** Bytes that look like CSV for the most part. */
export function anyCsv(random: Random): Buffer {
  const shape = random.below(3);
  const parts =
    shape === 0
      ? random.times(40, () => random.pick(PARTS))
      : random.times(8, () => `${random.times(3, () => `"${random.pick(['a', '', '""', '\n', ','])}"`).join(',')}\n`);
  const bytes = Buffer.from(`${random.pick(['A,B\n', '"A","B"\n', 'A\n', ''])}${parts.join('')}`);
  if (shape === 2 && bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

/** The scanner, the reader and the count of the proof agree on a file, in whatever pieces it comes. */
export function checkCsv(bytes: Buffer, random: Random): void {
  const [scanner, reader, count] = [new CsvScanner(), new CsvRecordReader(), new RecordCount()];
  const records = [];
  for (let from = 0; from < bytes.length;) {
    const chunk = bytes.subarray(from, from + 1 + random.below(bytes.length));
    scanner.scan(chunk);
    records.push(...reader.push(chunk));
    count.take(chunk);
    from += chunk.length;
  }
  scanner.end();
  records.push(...reader.end());
  // Nothing is passed over: what is between records is line ends.
  let end = 0;
  for (const { start, bytes: own } of records) {
    assert.match(bytes.subarray(end, start).toString('latin1'), /^(?:\xef\xbb\xbf)?[\r\n]*$/);
    end = start + own.length;
  }
  assert.match(bytes.subarray(end).toString('latin1'), /^(?:\xef\xbb\xbf)?[\r\n]*$/);
  assert.equal(scanner.bytes, bytes.length);
  const counted = count.end();
  assert.equal(scanner.regular, counted !== null, 'one of two takes the file for regular');
  if (counted === null) return;
  const [header, ...others] = records.filter((record) => record.bytes.length > 0);
  const blank = records.length - others.length - (header ? 1 : 0);
  const width = header ? cellsOf(header.bytes.toString()).length : 0;
  assert.equal(counted, others.length + (width === 1 ? blank : 0));
  assert.ok(records.every(({ problem }) => problem === undefined));
}

/** What DuckDB makes of a file has each of its records. */
export async function checkPublished(bytes: Buffer, lake: LakeFolder): Promise<void> {
  const input = await lake.raw(bytes);
  const { units } = await lake.worker.publish(lake.eventLog('Fuzz', '2026-11-01', [input]));
  const reader = new CsvRecordReader();
  const records = [...reader.push(bytes), ...reader.end()];
  const first = records.findIndex((record) => record.bytes.length > 0);
  const width = first < 0 ? 0 : cellsOf(records[first]?.bytes.toString() ?? '').length;
  const expected = records.slice(first + 1).filter((record) => width === 1 || record.bytes.length > 0);
  const told = units.reduce((sum, { rows, quarantined }) => sum + rows + quarantined, 0);
  assert.equal(told, first < 0 ? 0 : expected.length);
}
