import type { FromResult, ResultMemory } from '../../shared/result-messages.ts';

/** Rows that a page may ask for at a time. */
const MOST_ROWS = 1000;

/**
 * A message of the result grid, or undefined where it is none: a webview that was taken over may send anything, and may
 * ask for no more than the grid can.
 */
export function asFromResult(message: unknown): FromResult | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, run, offset, limit, range } = message as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'run':
    case 'cancel':
    case 'export':
      return { type };
    case 'page':
      if (!isCount(run) || !isCount(offset) || !isCount(limit) || limit === 0) return undefined;
      return { type, run, offset, limit: Math.min(limit, MOST_ROWS) };
    case 'copy': {
      const { rows, columns } = (range ?? {}) as Record<string, unknown>;
      return isCount(run) && isSpan(rows) && isSpan(columns) ? { type, run, range: { rows, columns } } : undefined;
    }
    default:
      return undefined;
  }
}

/** What a page remembered over a reload, or undefined where it is not that. */
export function asResultMemory(memory: unknown): ResultMemory | undefined {
  if (typeof memory !== 'object' || memory === null) return undefined;
  const { title, sql, orgId } = memory as Record<string, unknown>;
  return typeof title === 'string' && typeof sql === 'string' && typeof orgId === 'string'
    ? { title, sql, orgId }
    : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSpan(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [first, last] = value as readonly unknown[];
  return isCount(first) && isCount(last) && first <= last;
}
