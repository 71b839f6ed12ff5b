import * as vscode from 'vscode';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { RecentPace } from '../sync/pace.ts';
import type { SyncReport } from '../sync/report.ts';
import { askPick } from './asked.ts';
import { dataFolder } from './data-folder.ts';
import type { Host } from './host.ts';
import { sourceOf, targetOf, type OrgTarget } from './org-target.ts';
import { standing } from './orgs/standing.ts';
import { pickTarget } from './pick-org.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { syncSettings } from './settings.ts';
import { sourceTitle } from './titles.ts';
import { syncMarkdown } from './sync-markdown.ts';

/** Orgwatch: Sync Now. Answers the report's URI; undefined when it could not run. */
export async function syncEvents(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Sync Now'), async () => {
    const folder = targetOf(argument)?.dataDir ?? (await dataFolder());
    return syncAndShow(host, await pickTarget(host, argument), folder);
  });
}

/** Orgwatch: Sync Source. Of the source that it is run on, else of one that is picked. */
export async function syncSource(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Sync Source'), async () => {
    const folder = targetOf(argument)?.dataDir ?? (await dataFolder());
    const target = await pickTarget(host, argument);
    const source = sourceOf(argument) ?? (await pickSource());
    return syncAndShow(host, target, folder, source);
  });
}

/** Orgwatch: Cancel Sync. Of the org that it is run on, else of all that this window syncs. */
export async function cancelSync({ live }: Host, argument?: unknown): Promise<void> {
  const target = targetOf(argument);
  const { activity } = live;
  const some = target ? [activity.running(target.orgId)] : [...activity.all.values()];
  for (const running of some) running?.cancel();
}

async function syncAndShow(host: Host, target: OrgTarget, dataDir: string, source?: string): Promise<vscode.Uri> {
  const report = await syncByHand(host, target, dataDir, source);
  return host.reports.show(vscode.l10n.t('{0} – Sync', target.org), syncMarkdown(report, target.org, new Date()));
}

/** The schedule stands back while a person's sync runs. */
async function syncByHand(
  { live, log, changed }: Host,
  { org, orgId }: OrgTarget,
  dataDir: string,
  source: string | undefined,
): Promise<SyncReport> {
  const { activity, scheduler } = live;
  if (activity.running(orgId)?.byUser) throw busyHere(org);
  const controller = new AbortController();
  const pace = new RecentPace();
  using _suspended = await scheduler.suspend(orgId);
  activity.begin(orgId, true, () => controller.abort());
  try {
    const report = await withCancellableProgress(vscode.l10n.t('Syncing {0}', org), async (show, cancelled) => {
      cancelled.addEventListener('abort', () => controller.abort(), { once: true });
      const { sync } = await import('../sync/sync.ts');
      return sync({
        ...syncSettings(),
        org,
        dataDir,
        ...(source === undefined ? {} : { sources: [source] }),
        log,
        signal: controller.signal,
        onProgress: (progress) => {
          activity.progress(orgId, progress);
          pace.take(progress, performance.now());
          const running = activity.running(orgId);
          if (running) show(standing(running.standings.values(), pace.at(performance.now())));
        },
      });
    });
    activity.end(orgId);
    if (['done', 'partial', 'paused'].includes(report.outcome)) await scheduler.enable(orgId);
    if (report.outcome === 'cancelled') scheduler.hold(orgId);
    return report;
  } catch (thrown) {
    activity.end(orgId, thrown instanceof OrgwatchError ? thrown : new OrgwatchError('INTERNAL', messageOf(thrown)));
    throw thrown;
  } finally {
    changed.fire();
  }
}

async function pickSource(): Promise<string> {
  const { SOURCES } = await import('../sources/registry.ts');
  const items = SOURCES.map(({ name }) => ({ label: sourceTitle(name), description: name, name }));
  const title = vscode.l10n.t('Sync Source');
  const placeHolder = vscode.l10n.t('What shall be synced?');
  return (await askPick(items, { title, placeHolder, matchOnDescription: true })).name;
}

function busyHere(org: string): OrgwatchError {
  return new OrgwatchError('BUSY', vscode.l10n.t('{0} is being synced already.', org), {
    actions: [vscode.l10n.t('Wait until it has ended, or cancel it.')],
    retryable: true,
  });
}
