import * as vscode from 'vscode';
import { registerCommands } from './ui/register-commands.ts';
import { Reports } from './ui/reports.ts';

/** Called by VS Code at the first use of a command or report; everything heavy is loaded later, by what needs it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Orgwatch', { log: true });
  const reports = new Reports();
  const commands = registerCommands({ log, reports, memory: context.workspaceState });
  context.subscriptions.push(log, reports, commands);
}
