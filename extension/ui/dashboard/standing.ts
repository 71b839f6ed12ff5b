import * as vscode from 'vscode';
import type { Allocation, SourceFreshness } from '../../shared/dashboard-messages.ts';
import { HOUR } from '../../shared/utc.ts';
import type { SourceState } from '../../sync/report.ts';
import type { OrgStatus, SourceStatus } from '../../sync/status-report.ts';
import { ago } from '../format.ts';
import type { Lake } from '../query/lakes.ts';
import { quotaPolicy } from '../settings.ts';
import { sourceTitle } from '../titles.ts';

interface Standing {
  readonly sources: readonly SourceFreshness[];
  readonly allocation: Allocation | null;
}

/** Most sources are pulled several times a day: what is older than this deserves a look. */
const OLD = 36 * HOUR;

const TROUBLED: ReadonlySet<SourceState> = new Set(['partial', 'limited', 'unavailable', 'failed']);

/** How fresh each source of a lake is, and what is used of the org's API calls; makes no request. */
export async function standingOf({ dataDir, orgId }: Lake): Promise<Standing> {
  const { status } = await import('../../sync/status.ts');
  const [org] = await status(dataDir, orgId, { quota: quotaPolicy() });
  const now = Date.now();
  return {
    sources: (org?.sources ?? []).map((source) => freshness(source, now)),
    allocation: org === undefined ? null : allocationOf(org.quota, now),
  };
}

function freshness({ source, syncedAt, rows, state, reason }: SourceStatus, now: number): SourceFreshness {
  const title = sourceTitle(source);
  const age = syncedAt === null ? vscode.l10n.t('Never') : ago(syncedAt, now);
  if (state !== null && TROUBLED.has(state)) return { title, age, rows, tone: 'bad', note: reason ?? '' };
  if (syncedAt === null || now - Date.parse(syncedAt) > OLD) {
    return { title, age, rows, tone: 'old', note: vscode.l10n.t('Sync brings what is new.') };
  }
  return { title, age, rows, tone: 'good', note: vscode.l10n.t('Up to date') };
}

function allocationOf({ max, remaining, own, reserve, seenAt }: OrgStatus['quota'], now: number): Allocation | null {
  if (max === null || remaining === null || reserve === null || seenAt === null) return null;
  const used = Math.max(0, max - remaining);
  return { max, own, others: Math.max(0, used - own), reserve, seen: ago(seenAt, now) };
}
