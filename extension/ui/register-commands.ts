import * as vscode from 'vscode';
import { authorizeOrg } from './authorize-command.ts';
import { openDashboard } from './dashboard/dashboard-command.ts';
import type { Host } from './host.ts';
import { COMMANDS, TRUSTED_COMMANDS } from './ids.ts';
import { reportIssue } from './issue-command.ts';
import { checkLake } from './lake/check-command.ts';
import { prune } from './lake/prune-command.ts';
import { prepareOrg } from './prepare-command.ts';
import { exportResult } from './query/export-command.ts';
import { cancelQuery, newQuery, openQuery, runQuery } from './query/query-commands.ts';
import { openRawFile } from './raw-command.ts';
import { showRemedy } from './remedy-command.ts';
import { pauseSchedule, resumeSchedule } from './schedule-commands.ts';
import { selectOrg } from './select-org-command.ts';
import { cancelSync, syncEvents, syncSource } from './sync-command.ts';
import { unprepareOrg } from './unprepare-command.ts';
import { verifyPrerequisites } from './verify-command.ts';
import { refresh, showLog } from './view-commands.ts';

/** @param argument what the command was called with: a tree item, where a person clicked one */
type Handler = (host: Host, argument?: unknown, more?: unknown) => Promise<unknown>;

const HANDLERS: Readonly<Record<keyof typeof COMMANDS, Handler>> = {
  verifyPrerequisites,
  syncEvents,
  prepareOrg,
  unprepareOrg,
  showRemedy,
  openRawFile,
  reportIssue,
  syncSource,
  cancelSync,
  pauseSchedule,
  resumeSchedule,
  authorizeOrg,
  selectOrg,
  checkLake,
  prune,
  refresh,
  showLog,
  openDashboard,
  newQuery,
  openQuery,
  runQuery,
  cancelQuery,
  exportResult,
};

export function registerCommands(host: Host): vscode.Disposable {
  const names = Object.keys(HANDLERS) as (keyof typeof COMMANDS)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(COMMANDS[name], (argument?: unknown, more?: unknown) => {
        // Links, buttons and other extensions do not ask whether a command is enabled.
        if (TRUSTED_COMMANDS.has(COMMANDS[name]) && !vscode.workspace.isTrusted) return askForTrust();
        return HANDLERS[name](host, argument, more);
      }),
    ),
  );
}

function askForTrust(): void {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const message = vscode.l10n.t('Orgwatch asks an org, and changes what lies here, only where you trust the folder.');
  void vscode.window.showInformationMessage(message, manage).then((picked) => {
    if (picked === manage) void vscode.commands.executeCommand('workbench.trust.manage');
  });
}
