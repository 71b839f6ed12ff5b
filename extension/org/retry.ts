export interface RetryPolicy {
  /** Tries in all. */
  readonly tries: number;
  /** Wait before the second try, doubled each time, in ms; the real wait is between half of it and all. */
  readonly baseMs: number;
  /** A `Retry-After` beyond this ends the request. */
  readonly maxMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { tries: 4, baseMs: 1_000, maxMs: 60_000 };

/**
 * How long to wait before the next try, in ms; undefined when there is to be none.
 * @param tried how many tries there were, 1 or more
 * @param retryAfter the `Retry-After` header: seconds or an HTTP date
 * @param random 0 ≤ random < 1, so that many clients do not come back together
 */
export function retryDelay(
  policy: RetryPolicy,
  tried: number,
  retryAfter: string | null,
  now: number,
  random: number,
): number | undefined {
  if (tried >= policy.tries) return undefined;
  const backoff = Math.min(policy.maxMs, policy.baseMs * 2 ** (tried - 1)) * (0.5 + random / 2);
  const asked = askedWait(retryAfter, now);
  if (asked === undefined) return backoff;
  return asked > policy.maxMs ? undefined : Math.max(asked, backoff);
}

function askedWait(retryAfter: string | null, now: number): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) || ms < 0 ? undefined : ms;
}
