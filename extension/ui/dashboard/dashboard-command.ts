import * as vscode from 'vscode';
import type { Host } from '../host.ts';
import { pickLake } from '../query/lakes.ts';
import { runCommand } from '../run-command.ts';

/** Orgwatch: Open Dashboard. */
export async function openDashboard(host: Host): Promise<void> {
  await runCommand(host, vscode.l10n.t('Open Dashboard'), async () => {
    host.dashboards.show(await pickLake(host));
  });
}
