import { bomLength, LONGEST_RECORD } from './publish-csv-record.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
/** Stands before the first byte of a file and behind the last. */
const EDGE = -1;

/**
 * Counts the records of a CSV file in a way of its own, for the proof of the lake: publishing has no part in it. A line
 * break ends a record where the quotes before it are even in number. That is certain only where each quote is in its
 * place, and all lines end alike; of other files it says nothing.
 */
export class RecordCount {
  #records = 0;
  #blank = 0;
  /** The header has a comma outside of quotes: there are several columns, and blank lines say nothing. */
  #wide = false;
  #certain = true;
  #inside = false;
  #before = EDGE;
  /** Bytes of the line so far, its end aside. */
  #length = 0;
  #ending: 'lf' | 'crlf' | undefined;

  take(chunk: Buffer): void {
    let before = this.#before;
    let inside = this.#inside;
    let length = this.#length;
    for (let index = before === EDGE ? bomLength(chunk) : 0; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0;
      if (byte === QUOTE) {
        // An opening one, or the second of two within a value.
        if (!inside) this.#certain &&= before === COMMA || before === LF || before === EDGE || before === QUOTE;
        inside = !inside;
        length++;
      } else if (inside) {
        length++;
      } else {
        // Behind a closing quote comes a comma or the end of the line.
        if (before === QUOTE && byte !== COMMA && byte !== LF && byte !== CR) this.#certain = false;
        if (before === CR && byte !== LF) this.#certain = false;
        if (byte === LF) {
          this.#endLine(before === CR ? length - 1 : length, before === CR ? 'crlf' : 'lf');
          length = 0;
        } else {
          if (byte === COMMA && this.#records === 0) this.#wide = true;
          length++;
        }
      }
      before = byte;
    }
    this.#before = before;
    this.#inside = inside;
    this.#length = length;
  }

  /** Records after the header; null where that is not certain. */
  end(): number | null {
    if (this.#inside || this.#before === CR || this.#length > LONGEST_RECORD) this.#certain = false;
    if (this.#length > 0) this.#records++;
    if (!this.#certain) return null;
    return Math.max(0, this.#records - 1) + (this.#wide ? 0 : this.#blank);
  }

  #endLine(length: number, ending: 'lf' | 'crlf'): void {
    this.#ending ??= ending;
    if (ending !== this.#ending || length > LONGEST_RECORD) this.#certain = false;
    if (length > 0) this.#records++;
    else {
      // A blank line before the header.
      if (this.#records === 0) this.#certain = false;
      this.#blank++;
    }
  }
}
