import { number } from '../shared/count.ts';
import { utcDate, utcMinute } from '../shared/utc.ts';

export { number };

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1,204 rows`, `1 row`: English, as all that the command line says itself. */
export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Decimal units, as Salesforce's own pages use. */
export function bytes(value: number): string {
  let unit = 0;
  let scaled = value;
  while (scaled >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${unit === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[unit]}`;
}

/** `2026-11-24 05:30` in UTC; a dash for none. */
export function minute(iso: string | null): string {
  return iso === null ? '–' : utcMinute(iso);
}

export function day(iso: string | null): string {
  return iso === null ? '–' : utcDate(Date.parse(iso));
}

export function span(from: string | null, to: string | null): string {
  return from === null || to === null ? '–' : `${day(from)} to ${day(to)}`;
}

/** `3 minutes ago`, `2 days ago`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${count(Math.floor(seconds / 60), 'minute')} ago`;
  if (seconds < 86_400) return `${count(Math.floor(seconds / 3600), 'hour')} ago`;
  return `${count(Math.floor(seconds / 86_400), 'day')} ago`;
}
