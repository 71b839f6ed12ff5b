import * as vscode from 'vscode';
import type { OrgStatus } from '../../sync/status-report.ts';
import { clock, number } from '../format.ts';
import { escape } from '../markdown.ts';
import { node, type Node } from '../tree.ts';
import type { Activity } from './activity.ts';
import { targetOfOrg, type KnownOrg } from './known-orgs.ts';
import { healthOf, type Health, type HealthKind } from './org-health.ts';
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
  const children = [
    ...noteNodes(id, health),
    ...(org.error
      ? []
      : [prerequisitesNode(id, target, parts.found(org), parts.titles, parts.now)].concat(
          org.lake ? [sourcesNode(id, target, org.lake.status, parts, scheduled), quotaNode(id, org, parts.now)] : [],
        )),
  ];
  return node(
    {
      id,
      label: org.name,
      description: health.text,
      tooltip: tooltip(org, health),
      icon,
      ...(color === undefined ? {} : { color }),
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

/** Why an org is as it is, and what to do: where a person who opened it reads it. */
function noteNodes(id: string, { reason, actions }: Health): Node[] {
  if (reason === undefined) return [];
  return [
    node({ id: `${id} reason`, label: reason, tooltip: reason, icon: 'info' }),
    ...actions.map((action, index) =>
      node({ id: `${id} action ${String(index)}`, label: action, tooltip: action, icon: 'lightbulb' }),
    ),
  ];
}

function tooltip({ name, username, instanceUrl, orgId }: KnownOrg, { text, reason }: Health): vscode.MarkdownString {
  const lines = [`**${escape(name)}** – ${escape(text)}`, ...(reason === undefined ? [] : [escape(reason)])];
  const facts = [username, instanceUrl, orgId].filter((fact) => fact !== undefined && fact !== name);
  return new vscode.MarkdownString([...lines, facts.map((fact) => escape(fact ?? '')).join('  \n')].join('\n\n'));
}

/** What of the org's daily calls is used, by whom, and what is always left. */
function quotaNode(id: string, org: KnownOrg, now: number): Node {
  const label = vscode.l10n.t('API calls');
  const lake = org.lake;
  const { max, remaining, own, reserve, seenAt } = (lake?.status as OrgStatus).quota;
  const icon = 'dashboard';
  if (max === null || remaining === null || reserve === null) {
    const description = vscode.l10n.t('not known yet');
    return node({ id: `${id} quota`, label, description, icon, context: 'quota' });
  }
  const used = max - remaining;
  const until = Date.parse(lake?.pausedUntil ?? '');
  const line = (key: string, name: string, value: string, of: string): Node =>
    node({ id: `${id} quota ${key}`, label: name, description: value, icon: of });
  return node(
    {
      id: `${id} quota`,
      label,
      description: vscode.l10n.t('{0} of {1} used', number(used), number(max)),
      tooltip: seenAt === null ? label : vscode.l10n.t('As Salesforce told at {0}.', clock(Date.parse(seenAt), now)),
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
