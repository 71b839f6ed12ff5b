import { HOUR, MINUTE } from '../shared/utc.ts';
import type { SourceState } from './report.ts';

/** How a source last ended. Times in ms since 1970. */
export interface LastRun {
  readonly endedAt: number;
  readonly state: SourceState;
  /** How often it failed in a row. */
  readonly failures: number;
  /** When calls are there again, where it paused. */
  readonly resumesAt?: number | undefined;
}

/** A source of one org, and how often it is to be synced. */
export interface Duty {
  readonly source: string;
  /** Milliseconds. */
  readonly every: number;
  readonly last: LastRun | undefined;
  /** 0 to 1, the same at any time: orgs and machines that began together do not ask together for ever. */
  readonly jitter: number;
}

/** By so much of its cadence a source comes later, at most, or earlier, to go along with another one. */
const SLACK = 0.1;

/** No pause for the quota is longer; one that seems so was noted by a clock that was wrong. */
const LONGEST_PAUSE = 25 * HOUR;

/** The time at which a source is due, in ms since 1970: in the past when it should have run already. */
export function dueAt({ every, last, jitter }: Duty, now: number): number {
  if (!last) return now;
  const wait = waitAfter(last, every);
  const later = jitter * SLACK * Math.min(every, HOUR);
  // The clock was set back by more than a cadence: what the ledger says of the future is not waited for.
  if (last.endedAt > now + wait) return now;
  if (last.state !== 'paused') return last.endedAt + wait + later;
  // Whoever paused is gone: whether calls are there again costs none to find out.
  if (last.resumesAt === undefined || last.resumesAt > now + LONGEST_PAUSE) return now;
  return last.resumesAt + later;
}

/** How long after its end a source runs again, in ms. */
function waitAfter({ state, failures }: LastRun, every: number): number {
  switch (state) {
    case 'done':
    case 'partial':
    case 'limited':
      return every;
    case 'unavailable':
      return Math.max(every, HOUR);
    case 'failed':
      return Math.min(MINUTE * 2 ** Math.max(0, failures - 1), Math.max(every, HOUR));
    case 'paused':
    case 'cancelled':
      return 0;
  }
}

/** The sources to sync now, in their order: those that are due and, where one is, those that soon would be. */
export function dueNow(duties: readonly Duty[], now: number): readonly string[] {
  const isDue = (duty: Duty, ahead: number): boolean => dueAt(duty, now) <= now + ahead;
  if (!duties.some((duty) => isDue(duty, 0))) return [];
  return duties
    .filter((duty) => isDue(duty, duty.last?.state === 'done' ? SLACK * duty.every : 0))
    .map(({ source }) => source);
}

/** The duty that is next, and when; undefined when there are none. */
export function nextDuty(
  duties: readonly Duty[],
  now: number,
): { readonly duty: Duty; readonly at: number } | undefined {
  return duties
    .map((duty) => ({ duty, at: dueAt(duty, now) }))
    .reduce<{ duty: Duty; at: number } | undefined>(
      (first, each) => (!first || each.at < first.at ? each : first),
      undefined,
    );
}
