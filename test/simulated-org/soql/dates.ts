/** A span of time, half-open, in milliseconds since the epoch. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Dates as REST serialises them, always UTC: `2026-11-24T05:30:00.000+0000`. Their text order is their time order. */
export function toSalesforceDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

/** Milliseconds of a serialised date, or of a SOQL datetime literal. */
export function fromSalesforceDate(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

/**
 * The span that a date literal names, in the running user's time zone (SOQL reference, "Date Formats and Date
 * Literals"). Weeks begin on Sunday; fiscal periods are taken as calendar ones.
 * @returns undefined for a literal that is not known.
 */
export function spanOf(literal: string, now: Date, timeZone: string): Span | undefined {
  const [name, count] = literal.toUpperCase().split(':') as [string, string | undefined];
  const n = count === undefined ? undefined : Number(count);
  const bounds = n === undefined ? fixed(name) : counted(name, n);
  if (bounds === undefined) return undefined;
  const [unit, from, to] = bounds;
  const today = localDate(now, timeZone);
  return {
    start: startOfDay(shift(today, unit, from), timeZone),
    end: startOfDay(shift(today, unit, to), timeZone),
  };
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';
interface LocalDate {
  readonly year: number;
  /** 0 to 11; beyond that it carries. */
  readonly month: number;
  readonly day: number;
}

function fixed(name: string): [Unit, number, number] | undefined {
  if (name === 'TODAY') return ['DAY', 0, 1];
  if (name === 'YESTERDAY') return ['DAY', -1, 0];
  if (name === 'TOMORROW') return ['DAY', 1, 2];
  if (name === 'LAST_90_DAYS') return ['DAY', -90, 1];
  if (name === 'NEXT_90_DAYS') return ['DAY', 1, 91];
  const match = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (match === null) return undefined;
  const from = match[1] === 'LAST' ? -1 : match[1] === 'THIS' ? 0 : 1;
  return [match[2] as Unit, from, from + 1];
}

function counted(name: string, n: number): [Unit, number, number] | undefined {
  const around = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (around !== null) {
    const unit = around[2] as Unit;
    if (around[1] === 'NEXT') return [unit, 1, n + 1];
    return [unit, -n, unit === 'DAY' ? 1 : 0];
  }
  const ago = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name);
  return ago === null ? undefined : [ago[1] as Unit, -n, -n + 1];
}

/** The first day of the unit that `date` is in, moved by `by` units. */
function shift(date: LocalDate, unit: Unit, by: number): LocalDate {
  const { year, month, day } = date;
  if (unit === 'DAY') return { year, month, day: day + by };
  if (unit === 'WEEK') {
    const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
    return { year, month, day: day - weekday + 7 * by };
  }
  if (unit === 'MONTH') return { year, month: month + by, day: 1 };
  if (unit === 'QUARTER') return { year, month: Math.floor(month / 3) * 3 + 3 * by, day: 1 };
  return { year: year + by, month: 0, day: 1 };
}

function localDate(instant: Date, timeZone: string): LocalDate {
  const [year, month, day] = localParts(instant.getTime(), timeZone);
  return { year, month, day };
}

function startOfDay(date: LocalDate, timeZone: string): number {
  const wall = Date.UTC(date.year, date.month, date.day);
  let instant = wall - offset(wall, timeZone);
  instant = wall - offset(instant, timeZone);
  return instant;
}

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offset(instant: number, timeZone: string): number {
  const [year, month, day, hour, minute, second] = localParts(instant, timeZone);
  return Date.UTC(year, month, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Year, month (0 to 11), day, hour, minute and second on the zone's wall clock. */
export function localParts(instant: number, timeZone: string): [number, number, number, number, number, number] {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return [
    parts['year'] as number,
    (parts['month'] as number) - 1,
    parts['day'] as number,
    parts['hour'] as number,
    parts['minute'] as number,
    parts['second'] as number,
  ];
}
