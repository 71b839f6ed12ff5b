import { BASE62 } from '../random.ts';
import type { LogRow } from './log-row.ts';

const ZERO = 48;
const COUNTER_DIGITS = 5;
const MILLISECONDS = 3;

const digitOf = new Uint8Array(128);
const codeOf = new Uint8Array(62);
[...BASE62].forEach((character, digit) => {
  digitOf[character.charCodeAt(0)] = digit;
  codeOf[digit] = character.charCodeAt(0);
});

/**
 * Rows as bytes that can be repeated any number of times: each copy has other milliseconds and other request ids, all
 * of the same width, so that the length of `n` copies is `n` times the length of one. Copy 0 is the rows as they are.
 */
export class Block {
  readonly bytes: Buffer;
  readonly rows: number;
  readonly #milliseconds: number[] = [];
  readonly #counters: number[] = [];

  constructor(rows: readonly LogRow[]) {
    this.bytes = Buffer.from(rows.map((row) => row.line).join(''));
    this.rows = rows.length;
    let start = 0;
    for (const row of rows) {
      this.#find(row, start);
      start += row.bytes;
    }
  }

  /** The bytes of copy number `copy`. */
  copy(copy: number): Buffer {
    if (copy === 0) return this.bytes;
    const bytes = Buffer.from(this.bytes);
    const shift = (copy * 7) % 1_000;
    for (const offset of this.#milliseconds) shiftMilliseconds(bytes, offset, shift);
    for (const offset of this.#counters) addBase62(bytes, offset, copy);
    return bytes;
  }

  #find(row: LogRow, start: number): void {
    const end = (cell: string): number | undefined => {
      const at = this.bytes.indexOf(`"${cell}"`, start, 'latin1');
      return cell === '' || at < start || at >= start + row.bytes ? undefined : at + 1 + cell.length;
    };
    const timestampEnd = row.timestamp.includes('.') ? end(row.timestamp) : undefined;
    const derivedEnd = end(row.timestampDerived);
    const requestEnd = row.requestId.length >= COUNTER_DIGITS ? end(row.requestId) : undefined;
    if (timestampEnd !== undefined) this.#milliseconds.push(timestampEnd - MILLISECONDS);
    if (derivedEnd !== undefined) this.#milliseconds.push(derivedEnd - 'Z'.length - MILLISECONDS);
    if (requestEnd !== undefined) this.#counters.push(requestEnd - COUNTER_DIGITS);
  }
}

function shiftMilliseconds(bytes: Buffer, offset: number, shift: number): void {
  const digit = (position: number): number => (bytes[offset + position] as number) - ZERO;
  const value = (digit(0) * 100 + digit(1) * 10 + digit(2) + shift) % 1_000;
  bytes[offset] = ZERO + Math.floor(value / 100);
  bytes[offset + 1] = ZERO + (Math.floor(value / 10) % 10);
  bytes[offset + 2] = ZERO + (value % 10);
}

function addBase62(bytes: Buffer, offset: number, copy: number): void {
  let carry = copy;
  for (let position = offset + COUNTER_DIGITS - 1; position >= offset && carry > 0; position--) {
    const sum = (digitOf[bytes[position] as number] as number) + (carry % 62);
    bytes[position] = codeOf[sum % 62] as number;
    carry = Math.floor(carry / 62) + (sum >= 62 ? 1 : 0);
  }
}
