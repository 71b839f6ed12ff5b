import * as vscode from 'vscode';
import type { Host } from './host.ts';
import { COMMANDS } from './ids.ts';
import { syncEvents } from './sync-command.ts';
import { verifyPrerequisites } from './verify-command.ts';

const HANDLERS: Readonly<Record<keyof typeof COMMANDS, (host: Host) => Promise<unknown>>> = {
  verifyPrerequisites,
  syncEvents,
};

export function registerCommands(host: Host): vscode.Disposable {
  const names = Object.keys(HANDLERS) as (keyof typeof COMMANDS)[];
  return vscode.Disposable.from(
    ...names.map((name) => vscode.commands.registerCommand(COMMANDS[name], () => HANDLERS[name](host))),
  );
}
