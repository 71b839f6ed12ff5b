import * as vscode from 'vscode';
import { DAY } from '../../shared/utc.ts';
import { counted } from '../../shared/wording.ts';
import type { PruneReport } from '../../sync/prune-report.ts';
import { askText } from '../asked.ts';
import { size } from '../format.ts';
import type { Host } from '../host.ts';
import { runCommand } from '../run-command.ts';
import { pickLake } from './pick-lake.ts';
import { pruneMarkdown } from './prune-markdown.ts';

const SUGGESTED_DAYS = '365';

/** Orgwatch: Prune. Shows what would be deleted, deletes after a modal yes, and shows what was; answers the report's URI. */
export async function prune(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Prune');
  return runCommand(host, title, async () => {
    const { name, orgId, dataDir } = await pickLake(host, argument, title);
    const olderThan = (await askDays(title)) * DAY;
    const { pruneLake } = await import('../../sync/prune.ts');
    const work = { dataDir, orgId, olderThan, log: host.log };
    const would = await pruneLake({ ...work, dryRun: true });
    const report = vscode.l10n.t('{0} – Prune', name);
    const uri = await host.reports.show(report, pruneMarkdown(would, name));
    if (would.files === 0 || !(await confirmed(name, would))) return uri;
    using _suspended = await host.live.scheduler.suspend(orgId);
    const did = await pruneLake({ ...work, dryRun: false });
    host.changed.fire();
    return host.reports.show(report, pruneMarkdown(did, name));
  });
}

async function askDays(title: string): Promise<number> {
  const typed = await askText({
    title,
    prompt: vscode.l10n.t('Delete events that are older than so many days'),
    value: SUGGESTED_DAYS,
    validateInput: (text) =>
      /^[1-9]\d{0,4}$/.test(text.trim()) ? undefined : vscode.l10n.t('A whole number of days is needed.'),
  });
  return Number(typed.trim());
}

async function confirmed(name: string, { org, sources, files, bytes, before }: PruneReport): Promise<boolean> {
  const rows = sources.reduce((sum, { lake }) => sum + (lake?.rows ?? 0), 0);
  const yes = vscode.l10n.t('Delete');
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the events of {0} before {1}?', name, before),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Organization {0}: {1} and {2}, {3}, raw files included. This cannot be undone, and they are not fetched again.',
        org.orgId,
        counted(rows, 'row'),
        counted(files, 'file'),
        size(bytes),
      ),
    },
    yes,
  );
  return picked === yes;
}
