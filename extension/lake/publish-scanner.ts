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

/** Header records longer than this are taken for what they cannot be; the rest of the record is passed over. */
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
  /** False when a quote is not where RFC 4180 has it, or a carriage return stands alone. */
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

  scan(chunk: Buffer): void {
    const inHeader = this.lines === 0;
    const from = this.#started ? 0 : bomLength(chunk);
    this.#started = true;
    let headerStart = from;
    let headerEnd = chunk.length;
    let { lines, regular, brokenLines, marks } = this;
    let state = this.#state;
    const end = chunk.length;
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
        if (state !== LINE_START) {
          if (lines++ === 0) headerEnd = index;
          const next = this.bytes + index + 1;
          if (next - this.#lastCut >= PIECE) {
            this.cuts.push(next);
            this.#lastCut = next;
          }
        } else {
          this.blankLines++;
          if (lines === 0) headerStart = index + 1;
        }
        state = LINE_START;
      } else if (byte === CR) {
        if (index + 1 < end && chunk[index + 1] !== LF) regular = false;
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
    if (this.#state === QUOTED) this.regular = false;
    if (this.#state !== LINE_START) this.lines++;
  }

  #keepHeader(bytes: Buffer): void {
    if (this.header.length + bytes.length <= LONGEST_HEADER) this.header = Buffer.concat([this.header, bytes]);
  }
}

function bomLength(chunk: Buffer): number {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
}
