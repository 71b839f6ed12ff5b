import * as vscode from 'vscode';
import type { SyncProgress } from '../sync/options.ts';
import { dataFolder } from './data-folder.ts';
import type { Host } from './host.ts';
import { pickOrg } from './pick-org.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { backfillDays, quotaPolicy } from './settings.ts';
import { size, syncMarkdown } from './sync-markdown.ts';

const DAY = 86_400_000;

/** Orgwatch: Sync Events. Answers the report's URI; undefined when it could not run. */
export async function syncEvents(host: Host): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Sync Events'), async () => {
    const folder = await dataFolder();
    const org = await pickOrg(host);
    const days = backfillDays();
    const report = await withCancellableProgress(vscode.l10n.t('Syncing {0}', org), async (show, signal) => {
      const { sync } = await import('../sync/sync.ts');
      const standings = new Map<string, SyncProgress>();
      return sync({
        org,
        dataDir: folder,
        quota: quotaPolicy(),
        ...(days === undefined ? {} : { since: new Date(Date.now() - days * DAY) }),
        log: host.log,
        signal,
        onProgress: (progress) => show(standing(standings.set(progress.source, progress))),
      });
    });
    return host.reports.show(vscode.l10n.t('{0} – Sync', org), syncMarkdown(report, org, new Date()));
  });
}

/** One line for all sources: what came so far, and which of them are at work. */
function standing(standings: ReadonlyMap<string, SyncProgress>): string {
  const all = [...standings.values()];
  const sum = (of: (progress: SyncProgress) => number): number => all.reduce((total, each) => total + of(each), 0);
  const working = all.filter(({ phase }) => phase !== 'end').map(({ source }) => source);
  const came = vscode.l10n.t(
    '{0} files, {1}, {2} rows',
    sum((each) => each.files),
    size(sum((each) => each.bytes)),
    sum((each) => each.rows),
  );
  return working.length === 0 ? came : `${working.join(', ')}: ${came}`;
}
