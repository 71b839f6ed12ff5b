const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

const CELL_START = 0;
const BARE = 1;
const QUOTED = 2;
const QUOTE_IN_QUOTED = 3;

/** Longer records go to quarantine; a field of an event log file holds some ten thousand characters at most. */
export const LONGEST_RECORD = 8 << 20;

/** A record as it stands in a file: without its line end, blank lines included. */
export interface CsvRecord {
  /** Offset in the file. */
  readonly start: number;
  readonly bytes: Buffer;
  /** Why these bytes are no record; they are then one line of the file. */
  readonly problem?: string;
  /** True when every cell is in quotes. */
  readonly quoted: boolean;
}

/**
 * Cuts the bytes of any CSV file into records, whatever their line ends (LF, CR LF or CR). Where quotes do not add up,
 * one line is given up and reading goes on with the next: a quote that is never closed costs its own line, not the rest
 * of the file.
 */
export class CsvRecordReader {
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes before the rest. */
  #offset = 0;
  /** The rest is not looked at again before it is this long: a long record must not be read once for every chunk. */
  #enough = 0;
  /** Passing over what is left of a line that is too long. */
  #skipping = false;
  #started = false;

  /** The records that are complete with this chunk. */
  push(chunk: Buffer): CsvRecord[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    return this.#rest.length < this.#enough ? [] : this.#take(false);
  }

  end(): CsvRecord[] {
    return this.#take(true);
  }

  #take(atEnd: boolean): CsvRecord[] {
    const bytes = this.#rest;
    const records: CsvRecord[] = [];
    let from = this.#started ? 0 : bomLength(bytes);
    this.#started ||= bytes.length >= 3 || atEnd;
    if (!this.#started) return records;
    while (from < bytes.length) {
      if (this.#skipping) {
        const line = lineAt(bytes, from, atEnd);
        this.#skipping = line === undefined && !atEnd;
        from = line?.next ?? bytes.length;
        continue;
      }
      const found = recordAt(bytes, from, atEnd);
      if (found === undefined) break;
      const { end, next, problem, quoted } = found;
      const record = { start: this.#offset + from, bytes: bytes.subarray(from, end), quoted };
      records.push(problem === undefined ? record : { ...record, problem });
      this.#skipping = next === undefined;
      from = next ?? end;
    }
    this.#rest = bytes.subarray(from);
    this.#offset += from;
    this.#enough = 2 * this.#rest.length;
    return records;
  }
}

interface Found {
  readonly end: number;
  /** Where the next record starts; undefined: somewhere behind `end`, after the line. */
  readonly next: number | undefined;
  readonly problem?: string;
  readonly quoted: boolean;
}

/** The record that starts at `from`; undefined when it takes more bytes to say. */
function recordAt(bytes: Buffer, from: number, atEnd: boolean): Found | undefined {
  let state = CELL_START;
  let quoted = true;
  const end = Math.min(bytes.length, from + LONGEST_RECORD);
  for (let index = from; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (state === QUOTED) {
      if (byte === QUOTE) state = QUOTE_IN_QUOTED;
    } else if (byte === COMMA) {
      quoted &&= state === QUOTE_IN_QUOTED;
      state = CELL_START;
    } else if (byte === LF || byte === CR) {
      const next = afterBreak(bytes, index, atEnd);
      return next === undefined ? undefined : { end: index, next, quoted: quoted && state === QUOTE_IN_QUOTED };
    } else if (byte === QUOTE && state !== BARE) {
      state = QUOTED;
    } else if (state === QUOTE_IN_QUOTED) {
      return givenUp(bytes, from, atEnd, 'VALUE AFTER A QUOTE');
    } else state = BARE;
  }
  if (bytes.length - from > LONGEST_RECORD) return givenUp(bytes, from, atEnd, 'RECORD TOO LONG');
  if (!atEnd) return undefined;
  if (state === QUOTED) return givenUp(bytes, from, atEnd, 'QUOTE NOT CLOSED');
  return { end: bytes.length, next: bytes.length, quoted: quoted && state === QUOTE_IN_QUOTED };
}

function givenUp(bytes: Buffer, from: number, atEnd: boolean, problem: string): Found | undefined {
  const line = lineAt(bytes.subarray(0, from + LONGEST_RECORD), from, atEnd);
  if (line) return { ...line, problem, quoted: false };
  if (bytes.length - from > LONGEST_RECORD)
    return { end: from + LONGEST_RECORD, next: undefined, problem, quoted: false };
  return atEnd ? { end: bytes.length, next: bytes.length, problem, quoted: false } : undefined;
}

/** The line that starts at `from`, whatever its quotes say; undefined when its end is not there. */
function lineAt(
  bytes: Buffer,
  from: number,
  atEnd: boolean,
): { readonly end: number; readonly next: number } | undefined {
  let end = from;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
  const next = end === bytes.length ? undefined : afterBreak(bytes, end, atEnd);
  return next === undefined ? undefined : { end, next };
}

/** Where the line break at `index` ends; undefined when it may go on in bytes to come. */
function afterBreak(bytes: Buffer, index: number, atEnd: boolean): number | undefined {
  if (bytes[index] === LF) return index + 1;
  if (index + 1 === bytes.length) return atEnd ? index + 1 : undefined;
  return bytes[index + 1] === LF ? index + 2 : index + 1;
}

/** Bytes of a byte order mark at the start of a file. */
export function bomLength(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The cells of one record. A quote that does not enclose a cell stands for itself. */
export function cellsOf(record: string): string[] {
  const cells: string[] = [];
  for (let from = 0; ;) {
    const close = record[from] === '"' ? closingQuote(record, from + 1) : -1;
    const comma = record.indexOf(',', close < 0 ? from : close);
    const end = comma < 0 ? record.length : comma;
    cells.push(
      close < 0
        ? record.slice(from, end)
        : record.slice(from + 1, close).replaceAll('""', '"') + record.slice(close + 1, end),
    );
    if (comma < 0) return cells;
    from = comma + 1;
  }
}

function closingQuote(record: string, from: number): number {
  for (let quote = record.indexOf('"', from); quote >= 0; quote = record.indexOf('"', quote + 2)) {
    if (record[quote + 1] !== '"') return quote;
  }
  return -1;
}

/** One record as RFC 4180 has it, every cell in quotes. */
export function toRecord(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
