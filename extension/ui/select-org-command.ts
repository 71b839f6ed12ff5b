import * as vscode from 'vscode';
import type { Host } from './host.ts';
import { targetOf } from './org-target.ts';
import { askForOrg } from './pick-org.ts';
import { runCommand } from './run-command.ts';

/** Orgwatch: Select Org. The org that commands work with from now on, kept in the workspace's settings. */
export async function selectOrg(host: Host, argument?: unknown): Promise<void> {
  await runCommand(host, vscode.l10n.t('Select Org'), async () => {
    const org = targetOf(argument)?.org ?? (await askForOrg(host));
    await host.selected.select(org);
  });
}
