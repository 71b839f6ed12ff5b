import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { SETTINGS } from '../../../extension/ui/ids.ts';

/** Runs a command for an org, as its alias stands in the settings; answers the text of the report that it opens. */
export async function reportOf(command: string, alias: string): Promise<string> {
  await setting(SETTINGS.targetOrg, alias);
  const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(command);
  assert.ok(uri, `${command} shows a report`);
  await tabShows(path.posix.basename(uri.path));
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

export async function setting(id: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Workspace);
}

/** Resolves when the active tab carries the text; tabs follow the editor a moment later. */
async function tabShows(text: string): Promise<void> {
  const shown = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(text) === true;
  const seen = Promise.withResolvers<void>();
  const subscription = vscode.window.tabGroups.onDidChangeTabs(() => shown() && seen.resolve());
  if (shown()) seen.resolve();
  await seen.promise;
  subscription.dispose();
}
