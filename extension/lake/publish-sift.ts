import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { cellsOf, CsvRecordReader, LONGEST_RECORD, toRecord, type CsvRecord } from './publish-csv-record.ts';

/** A file with more columns keeps those from here on in one, as a JSON list of names and values: DuckDB's memory follows the columns. */
export const MOST_COLUMNS = 250;
const MORE_COLUMNS = 'more_columns';
const BUFFERED = 1 << 20;

/** What came of a CSV file that DuckDB cannot be trusted with. */
export interface SiftedCsv {
  readonly header: readonly string[];
  /** Records in `rows`, and those in `quarantine`. */
  readonly records: number;
  readonly quarantined: number;
  /** A CSV file without a header that is regular in every way, and an NDJSON file. */
  readonly rows: string;
  readonly quarantine: string;
}

/**
 * Reads a zstd-compressed CSV file record by record: what is a row goes, written as RFC 4180 has it, to one file, what is
 * none, with its place and what is wrong with it, to another. Each record is in one of the two. It takes several times as
 * long as DuckDB does, and is only for files that DuckDB reads wrongly or not at all.
 * @param target path in a scratch folder; the files are named after it
 */
export async function siftCsv(
  source: Readable,
  rawId: number,
  target: string,
  signal: AbortSignal,
): Promise<SiftedCsv> {
  const sieve = new Sieve(rawId);
  const [rows, quarantine] = [`${target}.csv`, `${target}.ndjson`];
  const [rowsFile, quarantineFile] = [await open(rows, 'w', 0o600), await open(quarantine, 'w', 0o600)];
  try {
    const flush = async (least: number): Promise<void> => {
      await write(rowsFile, sieve.rows, least);
      await write(quarantineFile, sieve.rejects, least);
    };
    const reader = new CsvRecordReader();
    await pipeline(
      source,
      createZstdDecompress({ chunkSize: 1 << 18 }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          for (const record of reader.push(chunk)) sieve.take(record);
          await flush(BUFFERED);
        }
      },
      { signal },
    );
    for (const record of reader.end()) sieve.take(record);
    await flush(0);
  } finally {
    await rowsFile.close();
    await quarantineFile.close();
  }
  const { header, records, quarantined } = sieve;
  return { header: columnsOf(header ?? []), records, quarantined, rows, quarantine };
}

async function write(file: FileHandle, text: string[], least: number): Promise<void> {
  if (text.reduce((sum, { length }) => sum + length, 0) < Math.max(1, least)) return;
  await file.appendFile(text.splice(0).join(''));
}

class Sieve {
  readonly rows: string[] = [];
  readonly rejects: string[] = [];
  header: readonly string[] | undefined;
  records = 0;
  quarantined = 0;
  readonly #rawId: number;
  /** Every cell of the header is in quotes. */
  #quoted = false;
  /** Something was given up. What follows may have been meant as a part of a value. */
  #doubtful = false;

  constructor(rawId: number) {
    this.#rawId = rawId;
  }

  take(record: CsvRecord): void {
    const { bytes, problem, quoted } = record;
    const isBlank = bytes.length === 0;
    if (this.header === undefined) {
      if (isBlank) return;
      this.header = cellsOf(bytes.toString('utf8'));
      this.#quoted = quoted;
      return;
    }
    if (isBlank && this.header.length > 1) return;
    if (problem !== undefined) this.#reject(record, problem);
    else if (!isUtf8(bytes)) this.#reject(record, 'INVALID ENCODING');
    // Text that somebody wrote into a value has its quotes doubled: it never poses as a record all in quotes.
    else if (this.#doubtful && this.#quoted && !quoted) this.#reject(record, 'VALUE WITHOUT QUOTES');
    else this.#take(record, this.header);
    this.#doubtful ||= problem !== undefined;
  }

  #take(record: CsvRecord, header: readonly string[]): void {
    const cells = cellsOf(record.bytes.toString('utf8'));
    if (cells.length !== header.length) {
      this.#reject(record, cells.length < header.length ? 'MISSING COLUMNS' : 'TOO MANY COLUMNS');
      return;
    }
    const row = toRecord(folded(header, cells));
    if (Buffer.byteLength(row) > LONGEST_RECORD) this.#reject(record, 'RECORD TOO LONG');
    else {
      this.rows.push(row);
      this.records++;
    }
  }

  #reject({ start, bytes }: CsvRecord, error: string): void {
    this.rejects.push(
      `${JSON.stringify({ raw_id: this.#rawId, byte: start + 1, error, text: bytes.toString('utf8') })}\n`,
    );
    this.quarantined++;
  }
}

/** The columns of the lake for those of a file. */
function columnsOf(header: readonly string[]): readonly string[] {
  return header.length <= MOST_COLUMNS ? header : [...header.slice(0, MOST_COLUMNS - 1), MORE_COLUMNS];
}

function folded(header: readonly string[], cells: readonly string[]): readonly string[] {
  if (header.length <= MOST_COLUMNS) return cells;
  const kept = MOST_COLUMNS - 1;
  const more = cells.slice(kept).flatMap((cell, index) => (cell === '' ? [] : [[header[kept + index] ?? '', cell]]));
  return [...cells.slice(0, kept), more.length === 0 ? '' : JSON.stringify(more)];
}
