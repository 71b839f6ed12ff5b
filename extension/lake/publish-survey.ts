import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';

/** What one pass over the bytes of a raw CSV file tells before DuckDB reads it. */
export interface CsvSurvey {
  /** The cells of the header record; empty when the file is. */
  readonly header: readonly string[];
  /** Records after the header; a line without anything counts in files of one column only. */
  readonly records: number;
  /** True when every quote stands where RFC 4180 has it. */
  readonly regular: boolean;
  /** True when a quoted value contains a line break. */
  readonly brokenLines: boolean;
  /** How the header ends, and with it every record. */
  readonly lineEnd: '\n' | '\r\n';
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

const CELL_START = 0;
const BARE = 1;
const QUOTED = 2;
const QUOTE_IN_QUOTED = 3;

/** Header records longer than this are taken for what they cannot be; the rest of the record is passed over. */
const LONGEST_HEADER = 1 << 20;

/**
 * Walks over a zstd-compressed CSV file without keeping any of it but the header.
 *
 * DuckDB's parallel CSV reader guesses where a record starts in the middle of a file, and guesses wrong where quoted
 * values contain line breaks: rows are lost, or made up from what somebody wrote into a value. Only a file known to
 * have no such value is read in parallel.
 */
export async function surveyCsv(file: string, signal?: AbortSignal): Promise<CsvSurvey> {
  const scanner = new CsvScanner();
  await pipeline(
    createReadStream(file),
    createZstdDecompress({ chunkSize: 1 << 18 }),
    async (bytes: AsyncIterable<Buffer>) => {
      for await (const chunk of bytes) scanner.scan(chunk);
    },
    signal ? { signal } : {},
  );
  return scanner.end();
}

class CsvScanner {
  #state = CELL_START;
  #started = false;
  #lines = 0;
  #blankLines = 0;
  #lineHasContent = false;
  #regular = true;
  #brokenLines = false;
  readonly #header: Buffer[] = [];
  #headerBytes = 0;

  scan(chunk: Buffer): void {
    const from = this.#started ? 0 : bomLength(chunk);
    this.#started = true;
    const headerLines = this.#lines;
    let headerEnd = -1;
    let state = this.#state;
    let content = this.#lineHasContent;
    for (let index = from; index < chunk.length; index++) {
      const byte = chunk[index];
      if (state === QUOTED) {
        if (byte === QUOTE) state = QUOTE_IN_QUOTED;
        else if (byte === LF || byte === CR) this.#brokenLines = true;
        continue;
      }
      if (byte === LF) {
        if (content) this.#lines++;
        else this.#blankLines++;
        if (headerEnd < 0 && this.#lines > 0) headerEnd = index;
        state = CELL_START;
        content = false;
      } else if (byte === COMMA) {
        state = CELL_START;
        content = true;
      } else if (byte === QUOTE) {
        content = true;
        if (state === CELL_START || state === QUOTE_IN_QUOTED) state = QUOTED;
        else this.#regular = false;
      } else if (byte !== CR) {
        content = true;
        if (state === QUOTE_IN_QUOTED) this.#regular = false;
        state = BARE;
      } else if (chunk[index + 1] !== LF && index + 1 < chunk.length) {
        this.#regular = false;
      }
    }
    this.#state = state;
    this.#lineHasContent = content;
    if (headerLines === 0) this.#keepHeader(chunk.subarray(from, headerEnd < 0 ? chunk.length : headerEnd));
  }

  end(): CsvSurvey {
    if (this.#lineHasContent) this.#lines++;
    if (this.#state === QUOTED) this.#regular = false;
    const line = Buffer.concat(this.#header).toString('utf8');
    const header = this.#lines === 0 ? [] : cells(line.replace(/^[\r\n]+/, '').replace(/\r$/, ''));
    const lines = header.length === 1 ? this.#lines + this.#blankLines : this.#lines;
    return {
      header,
      records: Math.max(0, lines - 1),
      regular: this.#regular,
      brokenLines: this.#brokenLines,
      lineEnd: line.endsWith('\r') ? '\r\n' : '\n',
    };
  }

  #keepHeader(bytes: Buffer): void {
    if (this.#headerBytes + bytes.length > LONGEST_HEADER) return;
    this.#headerBytes += bytes.length;
    this.#header.push(Buffer.from(bytes));
  }
}

function bomLength(chunk: Buffer): number {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
}

/** The cells of one CSV record. */
function cells(record: string): string[] {
  const found: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"([^,]*)|([^,]*))(,|$)/y;
  for (;;) {
    const match = cell.exec(record);
    if (!match) return found;
    found.push(match[1] === undefined ? (match[3] ?? '') : match[1].replaceAll('""', '"') + (match[2] ?? ''));
    if (match[4] === '') return found;
  }
}
