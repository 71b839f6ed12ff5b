import { t } from '@vscode/l10n';
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { number as numberText } from '../shared/count.ts';
import { LONGEST_CELL } from './query-limits.ts';
import type { QueryValue } from './worker.ts';

/** A value of DuckDB's as JSON can carry it; see QueryValue. What is longer than `longest` characters is cut, and says so. */
export function queryValue(value: DuckDBValue, longest: number = LONGEST_CELL): QueryValue {
  if (typeof value === 'string') return cut(value, value.length, longest);
  if (value instanceof DuckDBBlobValue) return base64(value.bytes, longest);
  if (!isNested(value)) return plainValue(value);
  const whole = plainValue(value);
  if (lengthOf(whole, longest) <= longest) return whole;
  return t('… (a value of more than {0} characters; an export has all of it)', numberText(longest));
}

/** About how many characters a value takes as JSON; stops counting beyond `enough`. */
export function lengthOf(value: QueryValue, enough: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let length = 2;
  for (const [name, each] of Object.entries(value)) {
    length += (Array.isArray(value) ? 1 : name.length + 4) + lengthOf(each, enough - length);
    if (length > enough) break;
  }
  return length;
}

function cut(text: string, length: number, longest: number): string {
  if (length <= longest) return text;
  // Not between the two halves of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return text.slice(0, end) + t('… ({0} characters; an export has all of them)', numberText(length));
}

function base64(bytes: Uint8Array, longest: number): string {
  const shown = bytes.subarray(0, Math.ceil(longest * 0.75) + 3);
  return cut(Buffer.from(shown).toString('base64'), Math.ceil(bytes.length / 3) * 4, longest);
}

function isNested(value: DuckDBValue): boolean {
  return (
    value instanceof DuckDBListValue ||
    value instanceof DuckDBArrayValue ||
    value instanceof DuckDBStructValue ||
    value instanceof DuckDBMapValue
  );
}

function plainValue(value: DuckDBValue): QueryValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoTime(value);
  if (value instanceof DuckDBDecimalValue) return decimal(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) return fields(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue) {
    return fields(value.entries.map(({ key, value: of }) => [key === null ? 'NULL' : key.toString(), of]));
  }
  return value.toString();
}

function fields(entries: readonly (readonly [string, DuckDBValue])[]): QueryValue {
  return Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value)]));
}

/** ISO 8601 with Z; milliseconds, or microseconds where there are any. */
function isoTime(value: DuckDBTimestampValue | DuckDBTimestampTZValue): string {
  const millis = value.micros / 1000n - (value.micros % 1000n < 0n ? 1n : 0n);
  const time = new Date(Number(millis));
  if (Number.isNaN(time.getTime())) return value.toString();
  const micros = value.micros - millis * 1000n;
  return micros === 0n ? time.toISOString() : time.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}

/** Sums of whole numbers are decimals to DuckDB, and numbers to a reader. */
function decimal(value: DuckDBDecimalValue): QueryValue {
  const number = value.toDouble();
  return Number.isSafeInteger(Math.trunc(number)) && value.width <= 15 ? number : value.toString();
}
