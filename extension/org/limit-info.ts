import type { SeenUsage } from '../shared/calls.ts';
import { recordOf } from './query.ts';

/** No org has so many calls a day; a larger figure is none of Salesforce's. */
const LARGEST = 10_000_000_000;

const USAGE = /(?<=^|[;,\s])api-usage\s*=\s*(\d{1,15})\s*\/\s*(\d{1,15})(?=$|[;,\s])/gi;

/**
 * Reads `Sforce-Limit-Info`: `api-usage=10018/100000`, also with `; api-bursts=1/750` or, in old releases,
 * `; per-app-api-usage=17/250(appName=…)` around it. Only the org-wide usage is answered; undefined when there is none,
 * or several that name different allocations. Of several uses of one allocation the highest counts. An org may have
 * used more than its allocation.
 * Source: REST API Developer Guide, "Limit Info Header".
 */
export function parseLimitInfo(header: string | null | undefined): SeenUsage | undefined {
  const found = [...(header ?? '').matchAll(USAGE)].map((match) => usageOf(Number(match[1]), Number(match[2])));
  return found.reduce(
    (one, other) =>
      one && other && one.max === other.max ? usageOf(Math.max(one.used, other.used), one.max) : undefined,
    found[0],
  );
}

/**
 * Reads `DailyApiRequests: {Max, Remaining}` of the limits resource.
 * Source: REST API Developer Guide, "Limits".
 */
export function parseLimits(body: unknown): SeenUsage | undefined {
  const { DailyApiRequests: daily } = recordOf(body);
  const { Max: max, Remaining: remaining } = recordOf(daily);
  if (typeof max !== 'number' || typeof remaining !== 'number') return undefined;
  return remaining < 0 || remaining > max ? undefined : usageOf(max - remaining, max);
}

function usageOf(used: number, max: number): SeenUsage | undefined {
  const isPlausible = Number.isSafeInteger(used) && used >= 0 && Number.isSafeInteger(max) && max > 0 && max <= LARGEST;
  return isPlausible ? { used, max } : undefined;
}
