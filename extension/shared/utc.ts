/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Salesforce writes `2026-11-24T05:30:00.000+0000`; milliseconds since 1970, NaN when it is no time, or written in a way
 * that JavaScript reads and the lake does not.
 */
export function parseTime(text: unknown): number {
  if (typeof text !== 'string' || !ISO_TIME.test(text)) return Number.NaN;
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

/** No event of Salesforce is before the one, and none of this product's life behind the other. */
const FIRST_TIME = Date.UTC(2000, 0, 1);
const LAST_TIME = Date.UTC(2100, 0, 1);

/**
 * The same, and NaN for a year in which there are no events: the dates up to there would be without end. What is later
 * than this machine's clock says is let pass: the clock may be wrong.
 */
export function parseLikelyTime(text: unknown): number {
  const time = parseTime(text);
  return time >= FIRST_TIME && time < LAST_TIME ? time : Number.NaN;
}

/** The UTC date of a time: `2026-11-24`. */
export function utcDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A time to the minute, in UTC, for a person: `2026-11-24 05:30`. */
export function utcMinute(time: number | string | Date): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** A time to the second, in UTC, for a person and for SQL: `2026-11-24 05:30:00`. */
export function utcSecond(time: number | string | Date): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** A time as a part of a file's name: `20261124T053000000Z`. */
export function utcStamp(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:.]/g, '');
}

/** Milliseconds since 1970 of the start of a UTC date. */
export function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`);
}

/** Milliseconds since 1970 of the end of a UTC date, which is the start of the next. */
export function endOf(date: string): number {
  return startOf(date) + DAY;
}

/** The UTC dates that two times span, both included. */
export function datesBetween(from: number, to: number): readonly string[] {
  const dates: string[] = [];
  for (let time = startOf(utcDate(from)); time <= to; time += DAY) dates.push(utcDate(time));
  return dates;
}

/** The last time that JavaScript knows, ms. */
const LATEST = 8.64e15;

/** ISO 8601, or null for none, and for what is no time. */
export function iso(time: number | null | undefined): string | null {
  return time === null || time === undefined || Math.abs(time) > LATEST ? null : new Date(time).toISOString();
}
