export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The number of the UTC day that holds the instant `at` (milliseconds since the epoch). */
export function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** 0 = Sunday … 6 = Saturday, in UTC. */
function weekdayOf(day: number): number {
  return (day + 4) % 7;
}

export function isWorkday(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6;
}

/** As REST serialises it: `2026-11-24T05:30:00.000+0000`. */
export function restDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}+0000`;
}

/** TIMESTAMP of an event log file: `20261124053000.000`. */
export function logTimestamp(at: number): string {
  const iso = new Date(at).toISOString();
  const date = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return date + iso.slice(11, 13) + iso.slice(14, 16) + iso.slice(17, 23);
}

/** TIMESTAMP_DERIVED of an event log file: `2026-11-24T05:30:00.000Z`. */
export function logTimestampDerived(at: number): string {
  return new Date(at).toISOString();
}

const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How far the zone's clocks are ahead of UTC in the week (from Sunday) of the given day, in milliseconds: clocks change
 * on Sundays where the company has offices.
 */
export function zoneOffset(timeZone: string, day: number): number {
  let weeks = offsets.get(timeZone);
  if (weeks === undefined) offsets.set(timeZone, (weeks = new Map<number, number>()));
  const week = Math.floor((day + 4) / 7);
  let offset = weeks.get(week);
  if (offset === undefined) weeks.set(week, (offset = measureOffset(timeZone, (week * 7 - 1) * DAY + 12 * HOUR)));
  return offset;
}

function measureOffset(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR + Number(match[3]) * MINUTE);
}
