import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../extension/ui/ids.ts';
import { suiteScene } from './env.ts';
import { reportOf } from './report.ts';

const PROFILE = 'profiles/Defender for Cloud Apps Connector.profile-meta.xml';
const SECURITY = 'settings/Security.settings-meta.xml';

describe('Problems in the metadata of the workspace', () => {
  const { workspace, forceApp } = suiteScene();
  const folder = path.join(workspace, 'force-app');
  const uriOf = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder, name));
  const damage = (name: string, from: string | RegExp, to: string): void => {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(path.join(forceApp, name), 'utf8').replace(from, to));
  };

  before(async () => {
    damage(SECURITY, 'false', 'true');
    damage(PROFILE, /<enabled>true<\/enabled>(\s*<name>ManageUsers)/, '<enabled>false</enabled>$1');
    await reportOf(COMMANDS.verifyPrerequisites, 'fresh');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('appear after Verify, where the cause lies, and say which prerequisite they break', async () => {
    const { Error, Warning } = vscode.DiagnosticSeverity;
    const [permission] = await problems(uriOf(PROFILE), ([found]) => found?.severity === Error);
    assert.equal(permission?.code, 'permission-manage-users');
    assert.match(permission.message, /ManageUsers.* Verify found the org so\./);
    // Whoever may not read the settings of the org learns of the file alone.
    const [locked] = await problems(uriOf(SECURITY), (found) => found.length === 1);
    assert.equal(locked?.code, 'session-ip-lock');
    assert.equal(locked.severity, Warning);
    const document = await vscode.workspace.openTextDocument(uriOf(SECURITY));
    assert.equal(document.getText(locked.range), '<lockSessionsToIp>true</lockSessionsToIp>');
  });

  it('vanish with “Fix in file”, and offer to prepare the org', async () => {
    for (const name of [SECURITY, PROFILE]) {
      const uri = uriOf(name);
      const [problem] = await problems(uri, (found) => found.length === 1);
      assert.ok(problem);
      await vscode.window.showTextDocument(uri);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        problem.range,
      );
      assert.ok(actions.some(({ command }) => command?.command === COMMANDS.prepareOrg));
      const fix = actions.find(({ title }) => title === 'Fix in file');
      assert.ok(fix?.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await problems(uri, (found) => found.length === 0);
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.getText(), readFileSync(path.join(forceApp, name), 'utf8'));
      await document.save();
    }
  });

  it('come back when a file is damaged on disk, and go with the file', async () => {
    const uri = uriOf('settings/Content.settings-meta.xml');
    damage('settings/Content.settings-meta.xml', 'true', 'false');
    const [problem] = await problems(uri, (found) => found.length === 1);
    assert.equal(problem?.code, 'content-deliveries');
    rmSync(uri.fsPath);
    await problems(uri, (found) => found.length === 0);
  });
});

/** The problems of a file, once they are as wanted. */
async function problems(
  uri: vscode.Uri,
  wanted: (found: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const found = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri);
  const seen = Promise.withResolvers<void>();
  const subscription = vscode.languages.onDidChangeDiagnostics(() => wanted(found()) && seen.resolve());
  if (wanted(found())) seen.resolve();
  await seen.promise;
  subscription.dispose();
  return found();
}
