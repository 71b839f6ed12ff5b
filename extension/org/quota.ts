import type { CallSnapshot, PauseGuard, QuotaDecision, QuotaPolicy } from '../shared/calls.ts';
import { DAY, HOUR, MINUTE } from '../shared/utc.ts';

export const DEFAULT_POLICY: QuotaPolicy = { guard: 'org', reserve: 0.1 };

/** How long what a response told about the org's usage is believed without asking again. */
export const FRESH_MS = 15 * MINUTE;

/** A closed org guard lets one call through this long after the org was last heard, to hear it again. */
export const PROBE_MS = HOUR;

/** Probes in the worst day; set aside on top of the reserve, so that even they never touch it. */
const PROBES_A_DAY = 24;

/** Of the calls that are there above the reserve, the share that Orgwatch takes in an hour. */
export const PACE = 0.5;

/** So few calls in an hour are no burst, however little is there. */
const PACE_LEAST = 50;

/** Why no call may be sent now, and when to try again. The cause of every QUOTA_RESERVED and REQUEST_LIMIT_EXCEEDED. */
export class QuotaPause extends Error {
  override readonly name = 'QuotaPause';
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly guard: PauseGuard;

  constructor(until: number, guard: PauseGuard) {
    super(`No calls until ${new Date(until).toISOString()}`);
    this.until = until;
    this.guard = guard;
  }
}

/** Calls of an allocation that are never used, at least one. */
export function reserveOf(max: number, policy: QuotaPolicy): number {
  return Math.max(1, Math.ceil(max * policy.reserve));
}

/** Calls kept for hearing from a closed org again: at most 24, at most 1 % of the allocation. */
export function probeAllowance(max: number): number {
  return Math.min(PROBES_A_DAY, Math.ceil(max * 0.01));
}

/**
 * Whether `calls` more may be sent. Guard `own`: own calls of the last 24 h, these included, leave the reserve of the
 * allocation. Guard `org`: the org's remaining calls, as last heard and less every own call that may not be in that
 * figure, leave reserve and probe allowance. While the org was never heard, or not for 15 minutes, calls go one at a
 * time, the first response tells. A closed org guard lets one call through an hour after the org was last heard. A
 * catch-up takes at most half of what is there above the reserve in an hour, so that others find calls too.
 */
export function decide(snapshot: CallSnapshot, calls: number, policy: QuotaPolicy, now: number): QuotaDecision {
  const { seen, refusedUntil } = snapshot;
  if (refusedUntil !== undefined && refusedUntil > now) {
    return { kind: 'paused', until: refusedUntil, guard: 'refused' };
  }
  const oneAtATime: QuotaDecision = snapshot.inFlight > 0 ? { kind: 'wait' } : { kind: 'allowed' };
  if (!seen) return oneAtATime;

  const reserve = reserveOf(seen.max, policy);
  const over = snapshot.own + calls - (seen.max - reserve);
  if (over > 0) {
    return { kind: 'paused', until: snapshot.freesAt(over, DAY) ?? now + PROBE_MS, guard: 'own' };
  }
  if (policy.guard === 'own') return { kind: 'allowed' };

  const spare = seen.max - seen.used - snapshot.unseen - reserve - probeAllowance(seen.max);
  if (spare < calls) {
    const probeAt = seen.at + PROBE_MS;
    if (now < probeAt) return { kind: 'paused', until: probeAt, guard: 'org' };
    return oneAtATime;
  }
  const tooMany = snapshot.ownLately - mostLately(spare, calls);
  if (tooMany > 0) {
    return { kind: 'paused', until: snapshot.freesAt(tooMany, HOUR) ?? now + HOUR, guard: 'pace' };
  }
  return now - seen.at < FRESH_MS ? { kind: 'allowed' } : oneAtATime;
}

/** How many calls there may have been in the last hour for `calls` more to keep the pace; `spare` is what is there now. */
function mostLately(spare: number, calls: number): number {
  // lately + calls <= PACE * (lately + spare), solved for lately.
  return Math.max(Math.floor((PACE * spare - calls) / (1 - PACE)), PACE_LEAST - calls);
}
