import * as vscode from 'vscode';
import type { VerifyReport } from '../prerequisites/report.ts';
import { systemClock } from '../shared/clock.ts';
import type { Host } from './host.ts';
import { orgFrom, pickOrg } from './pick-org.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { quotaPolicy } from './settings.ts';
import { keepReport } from './keep-report.ts';
import { verifyMarkdown } from './verify-markdown.ts';

/**
 * Orgwatch: Verify Prerequisites. Answers the report's URI; undefined when it was cancelled or could not run.
 * @param argument the org, where the command was called for one
 */
export async function verifyPrerequisites(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Verify Prerequisites');
  return runCommand(host, title, async () => {
    const org = await pickOrg(host, orgFrom(argument));
    const report = await verifyOrg(host, org);
    return host.reports.show(vscode.l10n.t('{0} – Verify', org), verifyMarkdown(report, org, new Date()));
  });
}

/**
 * Verifies with progress that can be cancelled, and keeps what was found.
 * @throws OrgwatchError as `verify` does
 */
export async function verifyOrg(host: Host, org: string): Promise<VerifyReport> {
  const report = await withCancellableProgress(vscode.l10n.t('Verifying {0}', org), async (show, signal) => {
    const { openCalls } = await import('../lake/calls.ts');
    const { openDoor } = await import('../org/open-door.ts');
    const { verify } = await import('../prerequisites/verify.ts');
    using calls = openCalls();
    const door = await openDoor(org, { calls, quota: quotaPolicy(), log: host.log });
    show(vscode.l10n.t('asking Salesforce'));
    try {
      return await verify({
        door,
        clock: systemClock,
        log: host.log,
        signal,
        onProgress: (done, total) => show(vscode.l10n.t('{0} of {1} questions answered', done, total)),
      });
    } finally {
      door.close();
    }
  });
  await keepReport(host, report);
  return report;
}
