import { createHash } from 'node:crypto';
import type { Position } from '../lake/ledger-windows.ts';
import { parseLikelyTime } from '../shared/utc.ts';
import type { RecordSource } from '../sources/source.ts';

export interface Keyed {
  readonly key: string;
  readonly time: number;
}

/** What a page of records says, whatever the org has put into it. */
export interface PageFacts {
  /** The entries that are records. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** What tells each entry from others, and its time; one without a time has that of the page's end. */
  readonly keyed: readonly Keyed[];
  /** Span of the times that can be true; where there is none, the place in time that the pull has come to. */
  readonly from: number;
  readonly to: number;
  /** How far the pull has come with this page. */
  readonly position: Position | null;
  /** Entries that are no records, or have no time that can be true. */
  readonly unfit: number;
}

/**
 * Reads a page in a way that no entry of it can mislead: cursors and windows follow times that can be true and ids, never
 * go back, and never run ahead of the clock, which would leave out all that comes later.
 * @param reached how far the pull has come before
 * @param begun where it began, ms; null: at the beginning
 */
export function readPageFacts(
  entries: readonly unknown[],
  source: Pick<RecordSource, 'key' | 'timeField'>,
  reached: Position | null,
  begun: number | null,
  now: number,
): PageFacts {
  const records = entries.filter(isRecord);
  const times = entries.map((entry) => (isRecord(entry) ? parseLikelyTime(entry[source.timeField]) : Number.NaN));
  const known = times.filter((time) => !Number.isNaN(time));
  const place = Math.min(reached?.time ?? begun ?? now, now);
  const [from, to] = known.length === 0 ? [place, place] : [least(known), -least(known.map((time) => -time))];
  let position = reached;
  for (const [index, entry] of entries.entries()) {
    const time = times[index] ?? Number.NaN;
    const id = isRecord(entry) ? entry['Id'] : undefined;
    if (Number.isNaN(time) || typeof id !== 'string' || time < (position?.time ?? time)) continue;
    position = time > now ? { time: now, id: '' } : { time, id };
  }
  const keyed = entries.map((entry, index) => {
    const time = times[index] ?? Number.NaN;
    return { key: keyOf(entry, source.key), time: Number.isNaN(time) ? to : time };
  });
  return { records, keyed, from, to, position, unfit: entries.length - known.length };
}

export function isRecord(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry);
}

/** The values of the key; an entry without them is known by all that it holds. */
function keyOf(entry: unknown, fields: readonly string[]): string {
  const values = isRecord(entry) ? fields.map((field) => entry[field]) : [];
  if (values.length > 0 && values.every((value) => typeof value === 'string')) return values.join('|');
  return `#${createHash('sha256').update(JSON.stringify(entry)).digest('hex')}`;
}

function least(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b));
}
