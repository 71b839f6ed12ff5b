import { literal } from '../lake/sql.ts';
import type { Range } from '../shared/dashboard-messages.ts';
import { DAY, HOUR, utcSecond } from '../shared/utc.ts';

/** Start of what is looked at, ISO 8601; undefined: the beginning. */
export type Since = string | undefined;

/**
 * A series of numbers about an org. Its rows are `bucket` (text, the label; NULL for what has none), then one number for
 * each of `measures`.
 */
export interface Series {
  /** Stable, lower-case with dashes. */
  readonly id: string;
  /** Names of the numbers of each row, in the order of the columns after `bucket`. */
  readonly measures: readonly string[];
  /** `time`: buckets are days or hours, oldest first. `rank`: the largest first. */
  readonly kind: 'time' | 'rank';
  sql(range: Range, since: Since): string;
  /** The rows behind one bucket, newest first. */
  rows(bucket: string | null, range: Range, since: Since): string;
}

/** Rows that a ranking has. */
export const RANKS = 10;

/** Rows behind one bar where there may be millions: the newest. */
export const MOST_ROWS = 100_000;

/** When a range starts, in whole hours for a day and whole days for more, so that its buckets are whole. */
export function startOfRange(range: Range, now: number): Since {
  if (range === 'all') return undefined;
  const unit = range === '1' ? HOUR : DAY;
  const units = range === '1' ? 24 : Number(range);
  return new Date(Math.floor(now / unit) * unit - (units - 1) * unit).toISOString();
}

/** SQL of the condition that an event lies in the range: `event_date` lets DuckDB pass over the files of other days. */
export function within(since: Since): string {
  if (since === undefined) return 'true';
  const date = since.slice(0, 10);
  return `event_date >= DATE ${literal(date)} AND event_time >= TIMESTAMP ${literal(utcSecond(since))}`;
}

/** SQL of the condition that an expression is the bucket. */
export function isBucket(expression: string, bucket: string | null): string {
  return bucket === null ? `${expression} IS NULL` : `${expression} = ${literal(bucket)}`;
}
