import { bomLength } from './publish-csv-record.ts';

const LINE_START = 0;
const CELL_START = 1;
const BARE = 2;
const QUOTED = 3;
const QUOTE_IN_QUOTED = 4;

const LF = 0x0a;
const CR = 0x0d;
const FIRST_MARK = 0x1d;
const LAST_MARK = 0x1f;
const QUOTE = 0x22;
/** The last byte that means anything but itself; letters, digits and all of UTF-8's longer sequences come after it. */
const COMMA = 0x2c;

/** Bytes after which a file can be cut, at the end of the record that stands there. */
const PIECE = 4 << 20;

/** A longer header record is none of Salesforce's; the file is then read record by record. */
const LONGEST_HEADER = 1 << 20;

/**
 * Takes the bytes of a CSV file in pieces; what it found is in its properties, after `end`. Files of gigabytes pass
 * here, at about a nanosecond a byte: hence one loop over local variables, and a short way for ordinary bytes.
 */
export class CsvScanner {
  /** The bytes of the first line that is not blank, with a carriage return where it ends with one. */
  header = Buffer.alloc(0);
  /** Lines outside of quotes that have something in them, and lines that have nothing. */
  lines = 0;
  blankLines = 0;
  /**
   * False when a quote is not where RFC 4180 has it (the file may even end within quotes), a carriage return stands
   * alone, lines end in different ways, or the header is not the first line.
   */
  regular = true;
  /** Line breaks within quotes. */
  brokenLines = false;
  /** Control characters U+001D to U+001F. */
  marks = false;
  /** Bytes seen. */
  bytes = 0;
  /** Where the records after the header start, and from there every so many bytes the start of a record. */
  readonly cuts: number[] = [];
  #lastCut = -PIECE;
  #state = LINE_START;
  #started = false;
  /** The chunk before ended with a carriage return, outside of quotes. */
  #pendingCr = false;
  /** How the first line ends. */
  #crlf: boolean | undefined;

  scan(chunk: Buffer): void {
    const inHeader = this.lines === 0;
    const from = this.#started ? 0 : bomLength(chunk);
    this.#started = true;
    let headerStart = from;
    let headerEnd = chunk.length;
    let { lines, regular, brokenLines, marks } = this;
    let state = this.#state;
    const end = chunk.length;
    if (end === 0) return;
    const pendingCr = this.#pendingCr;
    if (pendingCr && chunk[0] !== LF) regular = false;
    this.#pendingCr = false;
    for (let index = from; index < end; index++) {
      let byte = chunk[index] ?? 0;
      if (byte > COMMA) {
        if (state !== QUOTED) {
          if (state === QUOTE_IN_QUOTED) regular = false;
          state = BARE;
        }
        do byte = chunk[++index] ?? 0;
        while (byte > COMMA);
        if (index >= end) break;
      }
      if (byte >= FIRST_MARK && byte <= LAST_MARK) marks = true;
      if (state === QUOTED) {
        if (byte === QUOTE) state = QUOTE_IN_QUOTED;
        else if (byte === LF || byte === CR) brokenLines = true;
      } else if (byte === QUOTE) {
        if (state === BARE) regular = false;
        else state = QUOTED;
      } else if (byte === COMMA) {
        state = CELL_START;
      } else if (byte === LF) {
        const crlf = index === 0 ? pendingCr : chunk[index - 1] === CR;
        this.#crlf ??= crlf;
        if (crlf !== this.#crlf) regular = false;
        if (state !== LINE_START) {
          if (lines++ === 0) headerEnd = index;
          const next = this.bytes + index + 1;
          if (next - this.#lastCut >= PIECE) {
            this.cuts.push(next);
            this.#lastCut = next;
          }
        } else {
          this.blankLines++;
          if (lines === 0) {
            headerStart = index + 1;
            regular = false;
          }
        }
        state = LINE_START;
      } else if (byte === CR) {
        if (index + 1 === end) this.#pendingCr = true;
        else if (chunk[index + 1] !== LF) regular = false;
      } else {
        if (state === QUOTE_IN_QUOTED) regular = false;
        state = BARE;
      }
    }
    Object.assign(this, { lines, regular, brokenLines, marks });
    this.#state = state;
    this.bytes += end;
    if (inHeader) this.#keepHeader(chunk.subarray(headerStart, headerEnd));
  }

  end(): void {
    if (this.#state === QUOTED || this.#pendingCr) this.regular = false;
    if (this.#state !== LINE_START) this.lines++;
  }

  #keepHeader(bytes: Buffer): void {
    if (this.header.length + bytes.length <= LONGEST_HEADER) this.header = Buffer.concat([this.header, bytes]);
    else this.regular = false;
  }
}
