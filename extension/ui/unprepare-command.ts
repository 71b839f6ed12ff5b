import * as vscode from 'vscode';
import type { Removal, Removed } from '../prerequisites/unprepare.ts';
import { ticked } from './asked.ts';
import { confirmChange } from './confirm-change.ts';
import type { Host } from './host.ts';
import { keepReport } from './keep-report.ts';
import { orgKind } from './org-kind.ts';
import { orgFrom, pickAdmin } from './pick-org.ts';
import { runCommand, withCancellableProgress } from './run-command.ts';
import { quotaPolicy } from './settings.ts';
import { heldBy, kindWord, unpreparedMarkdown, type Unprepared } from './unprepare-markdown.ts';

interface RemovalItem extends vscode.QuickPickItem {
  readonly removal: Removal;
}

/** Orgwatch: Unprepare Org. Shows what Prepare brought and who has it, asks, and removes what was picked. */
export async function unprepareOrg(host: Host, argument?: unknown): Promise<vscode.Uri | undefined> {
  return runCommand(host, vscode.l10n.t('Unprepare Org'), async () => {
    const login = await pickAdmin(host, orgFrom(argument));
    const { openCalls } = await import('../lake/calls.ts');
    const { openPrepareDoors } = await import('../prerequisites/prepare-doors.ts');
    const { removals, unprepare } = await import('../prerequisites/unprepare.ts');
    const { verifyForPrepare } = await import('../prerequisites/prepare-verify.ts');
    using calls = openCalls();
    using doors = await openPrepareDoors(login, { calls, quota: quotaPolicy(), log: host.log });
    const { admin } = doors;
    // The account that collects, where this window has verified it; else the administrator stands in.
    const account = host.verified.reportOf(admin.org.orgId)?.org.username;
    const title = vscode.l10n.t('Looking for what Prepare brought to {0}', login);
    const [found, kind, { report: before }] = await withCancellableProgress(title, async (_, signal) =>
      Promise.all([
        removals(admin, signal),
        orgKind(admin),
        verifyForPrepare(doors, account, { log: host.log, signal }),
      ]),
    );
    const show = async (done: Partial<Unprepared> = {}): Promise<vscode.Uri> =>
      host.reports.show(
        vscode.l10n.t('{0} – Unprepare', login),
        unpreparedMarkdown(login, kind, { found, before, ...done }, new Date()),
      );
    const report = await show();
    if (found.length === 0) return report;
    const picked = await pickRemovals(found);
    const take = async (dryRun: boolean): Promise<readonly Removed[]> => {
      const words = dryRun
        ? vscode.l10n.t('Checking what would be removed from {0} ({1})', login, kind.words)
        : vscode.l10n.t('Removing from {0} ({1})', login, kind.words);
      return withCancellableProgress(words, async (_, signal) =>
        unprepare({ door: admin, log: host.log, signal }, picked, dryRun),
      );
    };
    await confirmChange(
      vscode.l10n.t('Remove this from “{0}” ({1}) as {2}?', kind.name, kind.words, login),
      picked.map((removal) => `• ${kindWord(removal)} ${removal.fullName}: ${heldBy(removal)}`).join('\n'),
      vscode.l10n.t('Remove'),
      async () => show({ steps: await take(true), dryRun: true }),
    );
    const steps = await take(false);
    const { report: after } = await withCancellableProgress(
      vscode.l10n.t('Verifying {0}', account ?? login),
      async (_, signal) => verifyForPrepare(doors, account, { log: host.log, signal }),
    );
    if (account !== undefined) await keepReport(host, after);
    return show({ steps, after });
  });
}

async function pickRemovals(found: readonly Removal[]): Promise<readonly Removal[]> {
  const items = found.map((removal): RemovalItem => ({
    removal,
    label: removal.fullName,
    description: kindWord(removal),
    detail: heldBy(removal),
    // Nobody is moved off a profile by us.
    picked: removal.type !== 'Profile' || removal.heldBy.length === 0,
  }));
  const picked = await ticked(
    items,
    vscode.l10n.t('Orgwatch: Unprepare Org'),
    vscode.l10n.t('What shall be removed? Nothing is changed before you confirm it.'),
  );
  return picked.map(({ removal }) => removal);
}
