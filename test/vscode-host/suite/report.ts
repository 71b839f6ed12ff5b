import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SETTINGS } from '../../../extension/ui/ids.ts';

/** Runs a command for an org, as its alias stands in the settings; answers the text of the report that it opens. */
export async function reportOf(command: string, alias: string): Promise<string> {
  await vscode.workspace.getConfiguration().update(SETTINGS.targetOrg, alias, vscode.ConfigurationTarget.Workspace);
  const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(command);
  assert.ok(uri, `${command} shows a report`);
  const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
  assert.ok(
    labels.some((label) => label.includes(alias)),
    `a tab for ${alias} among: ${labels.join(', ')}`,
  );
  return (await vscode.workspace.openTextDocument(uri)).getText();
}
