import * as vscode from 'vscode';
import { COMMANDS, VIEWS } from '../ids.ts';
import { clock, number } from '../format.ts';
import { label } from '../plain.ts';
import type { Activity } from './activity.ts';
import type { KnownOrg } from './known-orgs.ts';
import { healthLines, healthOf, type Health, type HealthKind } from './org-health.ts';
import type { Scheduler } from './scheduler.ts';

/** The most pressing first: it is what the item shows. */
const URGENCY: readonly HealthKind[] = [
  'syncing',
  'unreadable',
  'failed',
  'notAuthorized',
  'offline',
  'incomplete',
  'paused',
  'busy',
  'notSynced',
  'fresh',
];

const ICONS: Readonly<Record<HealthKind, string>> = {
  syncing: 'sync~spin',
  unreadable: 'error',
  failed: 'warning',
  incomplete: 'warning',
  notAuthorized: 'circle-slash',
  offline: 'debug-disconnect',
  paused: 'debug-pause',
  busy: 'sync',
  notSynced: 'shield',
  fresh: 'shield',
};

/** One item: how the orgs with a lake stand, and in its tooltip quota, schedule and commands. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('orgwatch.status', vscode.StatusBarAlignment.Left, 10);
  readonly #activity: Activity;
  readonly #scheduler: Scheduler;

  constructor(activity: Activity, scheduler: Scheduler) {
    this.#activity = activity;
    this.#scheduler = scheduler;
    this.#item.name = 'Orgwatch';
    this.#item.command = `${VIEWS.orgs}.focus`;
  }

  /** Hidden while there is nothing to tell. */
  show(orgs: readonly KnownOrg[], now: number): void {
    const all = orgs
      .filter(({ orgId, dataDir }) => dataDir !== undefined || this.#activity.running(orgId))
      .map((org) => ({ org, health: healthOf(org, this.#activity, now) }))
      .sort((a, b) => URGENCY.indexOf(a.health.kind) - URGENCY.indexOf(b.health.kind));
    const first = all[0];
    if (!first) return this.#item.hide();
    const { kind, text } = first.health;
    this.#item.text = `$(${ICONS[kind]}) ${label(first.org.name)}: ${text}`;
    this.#item.backgroundColor = background(first.org, kind);
    this.#item.tooltip = this.#tooltip(all, now);
    this.#item.accessibilityInformation = { label: `Orgwatch, ${first.org.name}: ${text}`, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #tooltip(all: readonly { readonly org: KnownOrg; readonly health: Health }[], now: number): vscode.MarkdownString {
    const links = [link(vscode.l10n.t('Sync Now'), COMMANDS.syncEvents)];
    if (this.#scheduler.state === 'on') links.push(link(vscode.l10n.t('Pause Schedule'), COMMANDS.pauseSchedule));
    if (this.#scheduler.state === 'paused') links.push(link(vscode.l10n.t('Resume Schedule'), COMMANDS.resumeSchedule));
    if (this.#activity.all.size > 0) links.push(link(vscode.l10n.t('Cancel Sync'), COMMANDS.cancelSync));
    links.push(link(vscode.l10n.t('Show Log'), COMMANDS.showLog));
    const sections = all.map(({ org, health }) => this.#section(org, health, now));
    const markdown = new vscode.MarkdownString([...sections, links.join(' · ')].join('\n\n---\n\n'), true);
    markdown.isTrusted = { enabledCommands: Object.values(COMMANDS) };
    return markdown;
  }

  #section(org: KnownOrg, health: Health, now: number): string {
    const quota = org.lake?.status.quota;
    const waiting = this.#activity.waiting(org.orgId);
    const lines = healthLines(org, health);
    if (quota && quota.max !== null && quota.remaining !== null && quota.reserve !== null) {
      const [used, max] = [number(quota.max - quota.remaining), number(quota.max)];
      const [own, reserve] = [number(quota.own), number(quota.reserve)];
      lines.push(
        vscode.l10n.t('API calls: {0} of {1} used, {2} by Orgwatch; {3} are always left.', used, max, own, reserve),
      );
    }
    if (this.#scheduler.state === 'paused') lines.push(vscode.l10n.t('Scheduled sync is paused.'));
    else if (waiting && waiting.until > now) lines.push(vscode.l10n.t('Next run at {0}.', clock(waiting.until, now)));
    return lines.join('\n\n');
  }
}

function link(text: string, command: string): string {
  return `[${text}](command:${command})`;
}

/** Warning and error are the only colours there are. */
function background(org: KnownOrg, kind: HealthKind): vscode.ThemeColor | undefined {
  if (kind === 'unreadable') return new vscode.ThemeColor('statusBarItem.errorBackground');
  const isUnready = kind === 'fresh' && org.lake?.verification?.outcome === 'fail';
  return kind === 'failed' || kind === 'incomplete' || isUnready
    ? new vscode.ThemeColor('statusBarItem.warningBackground')
    : undefined;
}
