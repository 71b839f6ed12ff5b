import * as vscode from 'vscode';
import type { LakeOverview } from '../../sync/overview.ts';
import { clock, number } from '../format.ts';
import { escape } from '../markdown.ts';
import { node, noteNodes, type Node } from '../tree.ts';
import type { Activity } from './activity.ts';
import { targetOfOrg, type KnownOrg } from './known-orgs.ts';
import { healthLines, healthOf, type Health, type HealthKind } from './org-health.ts';
import { prerequisitesNode, type Found, type Titles } from './prerequisite-nodes.ts';
import { sourcesNode, type Cadences } from './source-nodes.ts';

export interface OrgNodeParts {
  /** The same before and after the first sync: what is unfolded stays so. */
  readonly id: string;
  readonly activity: Activity;
  readonly titles: Titles;
  /** Milliseconds by source where the org is scheduled; undefined where it is not. */
  readonly scheduled: (orgId: string) => Cadences | undefined;
  readonly found: (org: KnownOrg) => Found | undefined;
  readonly isOnly: boolean;
  readonly now: number;
}

const ICONS: Readonly<Record<HealthKind, readonly [icon: string, color?: string]>> = {
  syncing: ['sync~spin'],
  unreadable: ['error', 'list.errorForeground'],
  notAuthorized: ['circle-slash'],
  offline: ['debug-disconnect'],
  failed: ['warning', 'list.warningForeground'],
  incomplete: ['warning', 'list.warningForeground'],
  busy: ['sync'],
  paused: ['debug-pause'],
  notSynced: ['cloud'],
  fresh: ['cloud'],
};

/** An org, what is to be said of it, and below it prerequisites, sources and quota. */
export function orgNode(org: KnownOrg, parts: OrgNodeParts): Node {
  const health = healthOf(org, parts.activity, parts.now);
  const target = targetOfOrg(org);
  const { id } = parts;
  const [icon, color] = ICONS[health.kind];
  const scheduled = parts.scheduled(org.orgId);
  const { lake } = org;
  const children = [
    ...noteNodes(id, health.reason, health.actions),
    ...(org.error ? [] : [prerequisitesNode(id, target, parts.found(org), parts.titles, parts.now)]),
    ...(lake ? [sourcesNode(id, target, lake.status, parts, scheduled), quotaNode(id, lake, parts.now)] : []),
  ];
  return node(
    {
      id,
      label: org.name,
      description: health.text,
      tooltip: tooltip(org, health),
      icon,
      color,
      context: contextOf(org, health),
      isOpen: parts.isOnly,
    },
    children.map((child) => ({ target, ...child })),
    { target },
  );
}

/** `org.authorized.lake.idle`: menus ask for parts of it. */
function contextOf(org: KnownOrg, { kind }: Health): string {
  return [
    'org',
    kind === 'notAuthorized' ? 'unauthorized' : 'authorized',
    org.dataDir === undefined ? 'new' : 'lake',
    kind === 'syncing' ? 'syncing' : 'idle',
  ].join('.');
}

function tooltip(org: KnownOrg, health: Health): vscode.MarkdownString {
  const facts = [org.username, org.instanceUrl, org.orgId].filter((fact) => fact !== undefined && fact !== org.name);
  const lines = [...healthLines(org, health), facts.map((fact) => escape(fact ?? '')).join('  \n')];
  return new vscode.MarkdownString(lines.join('\n\n'));
}

/** What of the org's daily calls is used, by whom, and what is always left. */
function quotaNode(id: string, { status, pausedUntil }: LakeOverview, now: number): Node {
  const label = vscode.l10n.t('API calls');
  const { max, remaining, own, reserve, seenAt } = status.quota;
  const icon = 'dashboard';
  if (max === null || remaining === null || reserve === null) {
    const description = vscode.l10n.t('not known yet');
    return node({ id: `${id} quota`, label, description, icon, context: 'quota' });
  }
  const used = max - remaining;
  const until = Date.parse(pausedUntil ?? '');
  const line = (key: string, name: string, value: string, of: string): Node =>
    node({ id: `${id} quota ${key}`, label: name, description: value, icon: of });
  return node(
    {
      id: `${id} quota`,
      label,
      description: vscode.l10n.t('{0} of {1} used', number(used), number(max)),
      tooltip: seenAt === null ? label : vscode.l10n.t('As Salesforce told at {0}.', clock(seenAt, now)),
      icon,
      context: 'quota',
    },
    [
      line('used', vscode.l10n.t('Used by all applications'), number(used), 'organization'),
      line('own', vscode.l10n.t('Used by Orgwatch'), number(own), 'shield'),
      line('reserve', vscode.l10n.t('Reserve that Orgwatch always leaves'), number(reserve), 'lock'),
      ...(until > now ? [line('until', vscode.l10n.t('Sync goes on'), clock(until, now), 'debug-pause')] : []),
    ],
  );
}
