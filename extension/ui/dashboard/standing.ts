import * as vscode from 'vscode';
import type { Allocation, SourceFreshness } from '../../shared/dashboard-messages.ts';
import { HOUR, MINUTE } from '../../shared/utc.ts';
import type { OrgStatus, SourceStatus } from '../../sync/status-report.ts';
import type { Lake } from '../query/lakes.ts';
import { quotaPolicy } from '../settings.ts';

interface Standing {
  readonly sources: readonly SourceFreshness[];
  readonly allocation: Allocation | null;
}

/** Most sources are pulled several times a day: what is older than this deserves a look. */
const OLD = 36 * HOUR;

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

function freshness({ title, syncedAt, rows, state, reason }: SourceStatus, now: number): SourceFreshness {
  const age = syncedAt === null ? vscode.l10n.t('Never') : ago(Date.parse(syncedAt), now);
  if (state === 'failed' || state === 'unavailable') return { title, age, rows, tone: 'bad', note: reason ?? '' };
  if (syncedAt === null || now - Date.parse(syncedAt) > OLD) {
    return { title, age, rows, tone: 'old', note: vscode.l10n.t('Sync brings what is new.') };
  }
  return { title, age, rows, tone: 'good', note: vscode.l10n.t('Up to date') };
}

function allocationOf({ max, remaining, own, reserve, seenAt }: OrgStatus['quota'], now: number): Allocation | null {
  if (max === null || remaining === null || reserve === null || seenAt === null) return null;
  const used = Math.max(0, max - remaining);
  return { max, own, others: Math.max(0, used - own), reserve, seen: ago(Date.parse(seenAt), now) };
}

function ago(time: number, now: number): string {
  const words = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' });
  const minutes = Math.round((time - now) / MINUTE);
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 48 ? words.format(hours, 'hour') : words.format(Math.round(hours / 24), 'day');
}
