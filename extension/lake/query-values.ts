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
import type { QueryValue } from './worker.ts';

/** A value of DuckDB's as JSON can carry it; see QueryValue. */
export function queryValue(value: DuckDBValue): QueryValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoTime(value);
  if (value instanceof DuckDBDecimalValue) return decimal(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(queryValue);
  if (value instanceof DuckDBStructValue) return fields(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue) {
    return fields(value.entries.map(({ key, value: of }) => [key === null ? 'NULL' : key.toString(), of]));
  }
  return value.toString();
}

function fields(entries: readonly (readonly [string, DuckDBValue])[]): QueryValue {
  return Object.fromEntries(entries.map(([name, value]) => [name, queryValue(value)]));
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
