import * as vscode from 'vscode';
import type { SourceOutcome } from '../../lake/ledger-runs.ts';
import type { OrgwatchError } from '../../shared/errors.ts';
import type { LakeOverview } from '../../sync/overview.ts';
import { ago, clock, number } from '../format.ts';
import { escape } from '../markdown.ts';
import type { Activity } from './activity.ts';
import type { KnownOrg } from './known-orgs.ts';
import { totalOf } from './standing.ts';

export type HealthKind =
  | 'syncing'
  | 'unreadable'
  | 'notAuthorized'
  | 'offline'
  | 'failed'
  | 'incomplete'
  | 'busy'
  | 'paused'
  | 'notSynced'
  | 'fresh';

/** How an org stands, in a few words. */
export interface Health {
  readonly kind: HealthKind;
  readonly text: string;
  /** Why, in a sentence, where that is not the whole of it. */
  readonly reason?: string;
  /** What to do. */
  readonly actions: readonly string[];
}

/** The same in Markdown, a line each. */
export function healthLines({ name }: KnownOrg, { text, reason }: Health): string[] {
  return [`**${escape(name)}** – ${escape(text)}`, ...(reason === undefined ? [] : [escape(reason)])];
}

/** The most pressing thing that there is to say of an org. */
export function healthOf(org: KnownOrg, activity: Activity, now: number): Health {
  const running = activity.running(org.orgId);
  if (running) {
    const { rows } = totalOf(running.standings.values());
    return { kind: 'syncing', text: vscode.l10n.t('syncing, {0} rows', number(rows)), actions: [] };
  }
  if (org.error) {
    return { kind: 'unreadable', reason: org.error.message, ...unreadable(org.error) };
  }
  if (!org.isAuthorized) {
    return {
      kind: 'notAuthorized',
      text: vscode.l10n.t('not authorized'),
      reason: vscode.l10n.t('The Salesforce CLI holds no login for this org any more. What was synced stays.'),
      actions: [vscode.l10n.t('Authorize the org again; scheduled sync goes on by itself.')],
    };
  }
  return troubled(org, activity, now) ?? calm(org, activity, now);
}

function unreadable({ code, actions }: OrgwatchError): Pick<Health, 'text' | 'actions'> {
  switch (code) {
    case 'LEDGER_NEWER':
      return { text: vscode.l10n.t('written by a newer Orgwatch'), actions };
    case 'LEDGER_UNREAD':
      return { text: vscode.l10n.t('not read yet'), actions };
    case 'LAKE_NOT_TRUSTED':
      return {
        text: vscode.l10n.t('made on another machine'),
        actions: [vscode.l10n.t('Run “Orgwatch: Trust Lake…” if you know who made it.')],
      };
    default:
      return { text: vscode.l10n.t('cannot be read'), actions };
  }
}

function troubled(org: KnownOrg, activity: Activity, now: number): Health | undefined {
  const trouble = activity.trouble(org.orgId);
  const waiting = activity.waiting(org.orgId);
  if (!trouble || trouble.code === 'BUSY') return undefined;
  const again = waiting?.why === 'failure' ? [vscode.l10n.t('Tries again at {0}.', clock(waiting.until, now))] : [];
  const { message: reason, actions } = trouble;
  const rest = { reason, actions: [...actions, ...again] };
  switch (trouble.code) {
    case 'ORG_UNREACHABLE':
      return { kind: 'offline', text: vscode.l10n.t('does not answer'), ...rest };
    case 'ORG_UNKNOWN':
    case 'SESSION_EXPIRED':
      return { kind: 'notAuthorized', text: vscode.l10n.t('not authorized'), ...rest };
    default:
      return { kind: 'failed', text: vscode.l10n.t('sync failed'), ...rest };
  }
}

function calm({ orgId, lake }: KnownOrg, activity: Activity, now: number): Health {
  if (!lake) return { kind: 'notSynced', text: vscode.l10n.t('not synced yet'), actions: [] };
  if (lake.status.holder !== null) {
    const reason = vscode.l10n.t('Being synced by {0}.', lake.status.holder);
    const actions = [vscode.l10n.t('When that has ended, this window goes on.')];
    return { kind: 'busy', text: vscode.l10n.t('another window syncs'), reason, actions };
  }
  const last = lake.runs[0];
  if (!last) return { kind: 'notSynced', text: vscode.l10n.t('not synced yet'), actions: [] };
  const waiting = activity.waiting(orgId);
  const until = waiting?.why === 'quota' ? waiting.until : Date.parse(lake.pausedUntil ?? '');
  if (until > now && (last.outcome === 'paused' || lake.pausedUntil !== null)) {
    return {
      kind: 'paused',
      text: vscode.l10n.t('paused until {0}', clock(until, now)),
      reason: vscode.l10n.t('The calls above the reserve are used up. Sync goes on from where it stopped.'),
      actions: [],
    };
  }
  const worst = worstSource(lake);
  if (last.outcome === 'failed' || worst?.state === 'failed') {
    const reason = worst?.state === 'failed' ? worst.reason : null;
    return {
      kind: 'failed',
      text: vscode.l10n.t('sync failed'),
      reason: reason ?? vscode.l10n.t('The last sync failed.'),
      actions: worst?.actions ?? [],
    };
  }
  if (last.outcome === 'partial' || worst) {
    const text = vscode.l10n.t('sync incomplete');
    return {
      kind: 'incomplete',
      text,
      ...(worst?.reason ? { reason: worst.reason } : {}),
      actions: worst?.actions ?? [],
    };
  }
  const whole = lake.runs.find(({ outcome }) => outcome === 'done');
  if (!whole) return { kind: 'notSynced', text: vscode.l10n.t('not complete yet'), actions: [] };
  const text = vscode.l10n.t('synced {0}', ago(whole.endedAt ?? whole.startedAt, now));
  return { kind: 'fresh', text, actions: [] };
}

/**
 * The source that stands worst, if any has failed or is not complete, as it stood when it was last synced: the schedule
 * syncs some of them at a time, so that the last run tells of those alone.
 */
function worstSource({ status, runs }: LakeOverview): SourceOutcome | undefined {
  const newest = new Map<string, SourceOutcome>();
  for (const each of runs.flatMap(({ sources }) => sources)) {
    if (!newest.has(each.source)) newest.set(each.source, each);
  }
  for (const { source, state, reason } of status.sources) {
    if (state === null || newest.has(source)) continue;
    newest.set(source, { source, state, reason, actions: [], requests: 0, rows: 0, files: 0, bytes: 0 });
  }
  const all = [...newest.values()];
  return (
    all.find(({ state }) => state === 'failed') ?? all.find(({ state }) => state === 'partial' || state === 'limited')
  );
}
