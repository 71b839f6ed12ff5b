import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../extension/ui/ids.ts';

describe('the extension in VS Code', () => {
  const extension = vscode.extensions.getExtension('orgwatch.orgwatch');

  it('is there and sleeps until it is needed', () => {
    assert.ok(extension);
    assert.equal(extension.isActive, false);
  });

  it('activates when one of its commands is wanted, and has them all', async () => {
    assert.ok(extension);
    await extension.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((id) => !known.has(id)),
      [],
    );
  });
});
