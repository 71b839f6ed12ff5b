import * as vscode from 'vscode';
import type { CareProgress } from '../../sync/check-run.ts';
import { number } from '../format.ts';
import type { Host } from '../host.ts';
import { runCommand, withCancellableProgress } from '../run-command.ts';
import { checkMarkdown } from './check-markdown.ts';
import { pickLake } from './pick-lake.ts';

/** Orgwatch: Check Lake. Answers the report's URI; undefined when it could not run. */
export async function checkLake(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Check Lake');
  return runCommand(host, title, async () => {
    const { name, orgId, dataDir } = await pickLake(host, argument, title);
    using _suspended = await host.live.scheduler.suspend(orgId);
    const report = await withCancellableProgress(vscode.l10n.t('Checking {0}', name), async (show, signal) => {
      const { checkLake: check } = await import('../../sync/check.ts');
      return check({ dataDir, orgId, signal, log: host.log, onProgress: (standing) => show(line(standing)) });
    });
    return host.reports.show(vscode.l10n.t('{0} – Check', name), checkMarkdown(report, name));
  });
}

function line({ phase, done, total }: CareProgress): string {
  const counts = [number(done), number(total)] as const;
  switch (phase) {
    case 'raw':
      return vscode.l10n.t('reading raw files: {0} of {1}', ...counts);
    case 'lake':
      return vscode.l10n.t('reading Parquet files: {0} of {1}', ...counts);
    case 'rows':
    case 'rebuild':
      return vscode.l10n.t('counting raw records: {0} of {1}', ...counts);
  }
}
