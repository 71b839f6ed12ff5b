import type { FromDashboard, Range } from '../../shared/dashboard-messages.ts';

const RANGES: Readonly<Record<Range, true>> = { '1': true, '7': true, '30': true, '60': true, all: true };

/** Names of users, countries and event types are shorter. */
const LONGEST_BUCKET = 4000;

/** A message of the dashboard, or undefined where it is none: a webview that was taken over may send anything. */
export function asFromDashboard(message: unknown): FromDashboard | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, range, id, bucket } = message as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'refresh':
      return { type };
    case 'range':
      return isRange(range) ? { type, range } : undefined;
    case 'open':
      return typeof id === 'string' && isBucket(bucket) ? { type, id, bucket } : undefined;
    default:
      return undefined;
  }
}

function isRange(value: unknown): value is Range {
  return typeof value === 'string' && Object.hasOwn(RANGES, value);
}

function isBucket(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length <= LONGEST_BUCKET);
}
