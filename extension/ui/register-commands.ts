import * as vscode from 'vscode';
import { authorizeOrg } from './authorize-command.ts';
import { openDashboard } from './dashboard/dashboard-command.ts';
import type { Host } from './host.ts';
import { COMMANDS, FREE_COMMANDS } from './ids.ts';
import { reportIssue } from './issue-command.ts';
import { checkLake } from './lake/check-command.ts';
import { prune } from './lake/prune-command.ts';
import { trustLake } from './lake/trust-command.ts';
import { prepareOrg } from './prepare-command.ts';
import { exportResult } from './query/export-command.ts';
import { cancelQuery, newQuery, openQuery, runQuery } from './query/query-commands.ts';
import { openRawFile } from './raw-command.ts';
import { showRemedy } from './remedy-command.ts';
import { pauseSchedule, resumeSchedule } from './schedule-commands.ts';
import { runCommand } from './run-command.ts';
import { selectOrg } from './select-org-command.ts';
import { cancelSync, syncEvents, syncSource } from './sync-command.ts';
import { isTrusted, requireTrust } from './trust.ts';
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
  trustLake,
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
        if (!FREE_COMMANDS.has(COMMANDS[name]) && !isTrusted())
          return runCommand(host, COMMANDS[name], async () => requireTrust());
        return HANDLERS[name](host, argument, more);
      }),
    ),
  );
}
