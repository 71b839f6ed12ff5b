import assert from 'node:assert/strict';
import os from 'node:os';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../extension/ui/ids.ts';
import { suiteScene } from './env.ts';

describe('Orgwatch: Report Issue', () => {
  it('opens a report that helps, and holds no secret, no user, no org and no place', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(COMMANDS.reportIssue);
    assert.ok(uri);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    for (const said of [vscode.version, process.versions.node, 'orgwatch.backfill.days', 'login_history: done', 'fail'])
      assert.ok(text.includes(said), said);
    assert.match(text, /\[info\] (?:pass|fail) /, 'the log as well');
    const { ready, fresh, workspace } = suiteScene();
    for (const { orgId, username, accessToken, instanceUrl } of [ready, fresh])
      for (const secret of [orgId, orgId.slice(0, 15), username, accessToken, new URL(instanceUrl).host, '@'])
        assert.ok(!text.includes(secret), secret);
    for (const place of [workspace, os.homedir()]) assert.ok(!text.includes(place), place);
  });
});
