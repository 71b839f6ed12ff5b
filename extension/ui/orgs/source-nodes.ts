import * as vscode from 'vscode';
import { counted } from '../../shared/wording.ts';
import type { SourceState } from '../../sync/report.ts';
import type { OrgStatus, SourceStatus } from '../../sync/status-report.ts';
import { misfitsText, quarantineText } from '../../sync/unfit.ts';
import { ago, clock, number, size } from '../format.ts';
import { code, escape, escapeAroundCode } from '../markdown.ts';
import type { OrgTarget } from '../org-target.ts';
import { sourceTitle, stateWord } from '../titles.ts';
import { node, type Node } from '../tree.ts';
import type { Activity } from './activity.ts';

/** Milliseconds by source. */
export type Cadences = Readonly<Record<string, number>>;

interface Parts {
  readonly activity: Activity;
  readonly now: number;
}

const ICONS: Readonly<Record<SourceState, readonly [icon: string, color?: string]>> = {
  done: ['database'],
  partial: ['warning', 'list.warningForeground'],
  limited: ['warning', 'list.warningForeground'],
  paused: ['debug-pause'],
  unavailable: ['circle-slash', 'disabledForeground'],
  failed: ['warning', 'list.warningForeground'],
  cancelled: ['stop-circle'],
};

/** The sources of an org: how fresh each is, what the lake holds of it, and when it runs next. */
export function sourcesNode(
  id: string,
  target: OrgTarget,
  { sources }: OrgStatus,
  parts: Parts,
  scheduled: Cadences | undefined,
): Node {
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  return node(
    {
      id: `${id} sources`,
      label: vscode.l10n.t('Sources'),
      description: counted(rows, 'row'),
      icon: 'layers',
      context: 'sources',
      isOpen: true,
    },
    sources.map((source) => sourceNode(`${id} ${source.source}`, target, source, parts, scheduled)),
    { target },
  );
}

function sourceNode(
  id: string,
  target: OrgTarget,
  source: SourceStatus,
  { activity, now }: Parts,
  scheduled: Cadences | undefined,
): Node {
  const progress = activity.running(target.orgId)?.standings.get(source.source);
  const isRunning = progress !== undefined && progress.phase !== 'end';
  const [icon, color] = isRunning
    ? (['sync~spin'] as const)
    : source.state === null
      ? (['circle-outline'] as const)
      : ICONS[source.state];
  const description = isRunning
    ? vscode.l10n.t('syncing, {0} rows', number(progress.rows))
    : [freshness(source, now), counted(source.rows, 'row'), ...quarantined(source)].join(' · ');
  const next = scheduled && nextRun(source, activity, target.orgId, scheduled);
  return node(
    {
      id,
      label: sourceTitle(source.source),
      description,
      tooltip: tooltip(source, next, now),
      icon,
      color,
      context: isRunning ? 'source.syncing' : 'source.idle',
    },
    [],
    { target, source: source.source },
  );
}

function quarantined({ quarantined: records }: SourceStatus): readonly string[] {
  return records === 0 ? [] : [vscode.l10n.t('{0} in quarantine', counted(records, 'record'))];
}

function freshness({ state, syncedAt }: SourceStatus, now: number): string {
  if (state !== null && state !== 'done') return stateWord(state);
  return syncedAt === null ? vscode.l10n.t('not synced yet') : ago(syncedAt, now);
}

/** When the schedule runs a source next, in ms since 1970. */
function nextRun(source: SourceStatus, activity: Activity, orgId: string, scheduled: Cadences): number | undefined {
  const waiting = activity.waiting(orgId);
  if (waiting?.next === source.source || waiting?.why === 'failure') return waiting.until;
  const every = scheduled[source.source];
  if (source.syncedAt === null || every === undefined) return undefined;
  return Date.parse(source.syncedAt) + every;
}

function tooltip(source: SourceStatus, next: number | undefined, now: number): vscode.MarkdownString {
  const { from, to, files, bytes, syncedAt, reason, state, quarantined, misfits } = source;
  const lines = [
    `**${escape(sourceTitle(source.source))}** – ${code(source.source)}`,
    ...(state === null || state === 'done' ? [] : [escape(stateWord(state))]),
    ...(reason === null ? [] : [escapeAroundCode(reason)]),
    ...[quarantineText(quarantined), misfitsText(misfits, source.source)]
      .filter((text) => text !== '')
      .map(escapeAroundCode),
    ...(syncedAt === null ? [] : [vscode.l10n.t('Complete {0}.', ago(syncedAt, now))]),
    ...(from === null || to === null
      ? []
      : [escape(vscode.l10n.t('Covers {0} to {1}.', from.slice(0, 10), to.slice(0, 10)))]),
    ...(files === 0 ? [] : [vscode.l10n.t('{0} raw files, {1} received.', number(files), size(bytes))]),
    ...(next === undefined ? [] : [vscode.l10n.t('Next run at {0}.', clock(Math.max(next, now), now))]),
  ];
  return new vscode.MarkdownString(lines.join('\n\n'));
}
