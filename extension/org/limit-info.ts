import type { SeenUsage } from '../shared/calls.ts';

/**
 * Reads `Sforce-Limit-Info`: `api-usage=10018/100000`, also with `; api-bursts=1/750` or, in old releases,
 * `; per-app-api-usage=17/250(appName=…)` around it. Only the org-wide usage is answered; undefined when there is none.
 * Source: REST API Developer Guide, "Limit Info Header".
 */
export function parseLimitInfo(header: string | null | undefined): SeenUsage | undefined {
  const match = /(?:^|[;,\s])api-usage\s*=\s*(\d{1,15})\s*\/\s*(\d{1,15})/i.exec(header ?? '');
  if (!match) return undefined;
  const max = Number(match[2]);
  return max > 0 ? { used: Number(match[1]), max } : undefined;
}
