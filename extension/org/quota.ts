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

/**
 * Calls that an org may answer without telling its usage, before it is left alone but for one an hour: enough to verify
 * it and to begin a sync, and nothing to an org of any size.
 */
export const SILENT_CALLS = 30;

/** Of an allocation, the share that is left to others at most, on top of the reserve, for what they were just seen to use. */
const MOST_ROOM = 0.01;

/** So many machines may do as this one does, at the same time and unseen: near the reserve the calls under way are few. */
const MACHINES = 16;

/** Nearer to the reserve than this share of the allocation, what the org told is old after so long. */
const NEAR = 0.02;
const NEAR_FRESH_MS = 5_000;

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

/** Whether nothing that was told lately says what the org has used. */
export function isUsageUnknown({ seen }: CallSnapshot, policy: QuotaPolicy, now: number): boolean {
  return !seen || (policy.guard === 'org' && now - seen.at >= FRESH_MS);
}

/**
 * Whether `calls` more may be sent. Guard `own`: own calls of the last 24 h, these included, leave the reserve of the
 * allocation. Guard `org`: the org's remaining calls, as last heard and less every own call that may not be in that
 * figure, leave reserve, probe allowance and room for what others were just seen to use. While the org was never heard,
 * or not for 15 minutes, calls go one at a time, the first response tells; where responses tell nothing, there are only
 * so many. Near the reserve few calls are under way at a time, in the end one. A closed org guard lets one call through
 * an hour after the org was last heard. A catch-up takes at most half of what is there above the reserve in an hour, so
 * that others find calls too.
 */
export function decide(snapshot: CallSnapshot, calls: number, policy: QuotaPolicy, now: number): QuotaDecision {
  const { seen, refusedUntil } = snapshot;
  if (refusedUntil !== undefined && refusedUntil > now) {
    return { kind: 'paused', until: refusedUntil, guard: 'refused' };
  }
  const oneAtATime: QuotaDecision = snapshot.inFlight > 0 ? { kind: 'wait' } : { kind: 'allowed' };
  const isUnknown = isUsageUnknown(snapshot, policy, now);
  const own = ownGuard(snapshot, calls, policy, now);
  if (own) return own;
  if (isUnknown && policy.allocation === undefined && snapshot.silent > 0 && snapshot.silent + calls > SILENT_CALLS) {
    if (snapshot.ownLately === 0) return oneAtATime;
    return { kind: 'paused', until: snapshot.freesAt(snapshot.ownLately, HOUR) ?? now + PROBE_MS, guard: 'unknown' };
  }
  if (!seen) return oneAtATime;
  if (policy.guard === 'own') return { kind: 'allowed' };

  const age = Math.max(0, now - seen.at);
  const room = Math.min(snapshot.othersRate * (age + snapshot.took), seen.max * MOST_ROOM);
  const spare =
    seen.max - seen.used - snapshot.unseen - reserveOf(seen.max, policy) - probeAllowance(seen.max) - Math.ceil(room);
  if (spare < calls) {
    const probeAt = seen.at + PROBE_MS;
    if (now < probeAt) return { kind: 'paused', until: probeAt, guard: 'org' };
    return oneAtATime;
  }
  const tooMany = snapshot.ownLately - mostLately(spare, calls);
  if (tooMany > 0) {
    return { kind: 'paused', until: snapshot.freesAt(tooMany, HOUR) ?? now + HOUR, guard: 'pace' };
  }
  const isNear = spare < seen.max * NEAR && age >= NEAR_FRESH_MS;
  const isCrowded = (snapshot.inFlight + calls) * MACHINES > spare;
  return isUnknown || isNear || isCrowded ? oneAtATime : { kind: 'allowed' };
}

/** The pause when own calls would touch the reserve of the allocation: as the org told it, or else as the user stated it. */
function ownGuard(snapshot: CallSnapshot, calls: number, policy: QuotaPolicy, now: number): QuotaDecision | undefined {
  const max = snapshot.seen?.max ?? policy.allocation;
  if (max === undefined) return undefined;
  const over = snapshot.own + calls - (max - reserveOf(max, policy));
  return over > 0 ? { kind: 'paused', until: snapshot.freesAt(over, DAY) ?? now + PROBE_MS, guard: 'own' } : undefined;
}

/** How many calls there may have been in the last hour for `calls` more to keep the pace; `spare` is what is there now. */
function mostLately(spare: number, calls: number): number {
  // lately + calls <= PACE * (lately + spare), solved for lately.
  return Math.max(Math.floor((PACE * spare - calls) / (1 - PACE)), PACE_LEAST - calls);
}
