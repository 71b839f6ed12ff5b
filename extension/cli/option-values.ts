import { OrgwatchError } from '../shared/errors.ts';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';

/** Parsers of option values: each takes what was typed and throws USAGE with the option's name. */

export function wholeNumber(option: string, smallest: number): (typed: string) => number {
  return (typed) => {
    const value = Number(typed);
    if (/^\d+$/.test(typed) && value >= smallest) return value;
    throw new OrgwatchError('USAGE', `${option} takes a whole number from ${smallest}, not “${typed}”.`);
  };
}

/** `180d` → milliseconds. */
export function days(option: string): (typed: string) => number {
  return (typed) => {
    const [, value] = /^(\d+)\s*d(?:ays?)?$/.exec(typed) ?? [];
    if (value !== undefined && Number(value) >= 1 && Number(value) <= 36_500) return Number(value) * DAY;
    throw new OrgwatchError('USAGE', `${option} takes a number of days, as 180d, not “${typed}”.`);
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, h: HOUR, d: DAY };

/** `login_history=5m` → `{ login_history: 300000 }`. */
export function cadence(option: string): (typed: string) => Readonly<Record<string, number>> {
  return (typed) => {
    const [, source, value, unit] = /^([\w-]+)=(\d+)([smhd])$/.exec(typed) ?? [];
    const every = Number(value) * (UNITS[unit ?? ''] ?? 0);
    if (source !== undefined && every >= 1000) return { [source]: every };
    throw new OrgwatchError('USAGE', `${option} takes a source and a time, as login_history=5m, not “${typed}”.`);
  };
}

/** `login_history=7` or `login_history=7d` → `{ login_history: 604800000 }`. */
export function span(option: string): (typed: string) => Readonly<Record<string, number>> {
  return (typed) => {
    const [, source, value] = /^([\w-]+)=(\d{1,5})d?$/.exec(typed) ?? [];
    if (source !== undefined && Number(value) >= 1) return { [source]: Number(value) * DAY };
    throw new OrgwatchError('USAGE', `${option} takes a source and days, as login_history=7, not “${typed}”.`);
  };
}

/** For an option that may be given again: what was typed before and now, the later value of a name. */
export function merged<T extends object>(parse: (typed: string) => T): (typed: string, before: T | undefined) => T {
  return (typed, before) => ({ ...before, ...parse(typed) });
}

/** `10` or `10%` → 0.1. */
export function share(option: string): (typed: string) => number {
  return (typed) => {
    const value = Number(typed.replace(/\s*%$/, ''));
    if (/^\d+(\.\d+)?\s*%?$/.test(typed) && value < 100) return value / 100;
    throw new OrgwatchError('USAGE', `${option} takes a percentage from 0 to below 100, not “${typed}”.`);
  };
}

export function names(option: string): (typed: string) => string[] {
  return (typed) => {
    const values = typed
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (values.length > 0) return values;
    throw new OrgwatchError('USAGE', `${option} takes names separated by commas.`);
  };
}

export function oneOf<T extends string>(option: string, values: readonly T[]): (typed: string) => T {
  return (typed) => {
    const value = values.find((each) => each === typed);
    if (value !== undefined) return value;
    throw new OrgwatchError('USAGE', `${option} takes ${values.join(' or ')}, not “${typed}”.`);
  };
}
