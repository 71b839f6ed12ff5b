import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { rawUri } from '../../../extension/ui/raw-facts.ts';
import { suiteScene } from './env.ts';

describe('a raw file as a document', () => {
  const { ready, workspace } = suiteScene();
  const lake = path.join(workspace, '.orgwatch', ready.orgId);
  const first = (source: string): string => globSync(`raw/${source}/**/*.zst`, { cwd: lake })[0] ?? '';
  let logFile: string;
  let page: string;

  before(() => {
    logFile = first('event_log');
    page = first('login_history');
  });

  const sent = (relative: string): Buffer => zstdDecompressSync(readFileSync(path.join(lake, relative)));

  it('has the very bytes that Salesforce sent', async () => {
    for (const relative of [logFile, page]) {
      const bytes = await vscode.workspace.fs.readFile(rawUri(lake, relative));
      assert.ok(Buffer.from(bytes).equals(sent(relative)), relative);
    }
  });

  it('says above its first line where it comes from, and that the bytes match', async () => {
    const uri = rawUri(lake, logFile);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
    const said = lenses.map(({ command }) => command?.title).join('\n');
    assert.match(said, /EventLogFile 0AT\w+ · Received [\d: -]+ UTC from 127\.0\.0\.1/);
    assert.ok(said.includes(createHash('sha256').update(sent(logFile)).digest('hex')));
    assert.match(said, /The bytes on disk match/);
  });

  it('cannot be written, and leads to no other file', async () => {
    const uri = rawUri(lake, logFile);
    await assert.rejects(async () => await vscode.workspace.fs.writeFile(uri, Buffer.from('x')));
    for (const [folder, relative] of [
      [lake, '../../../secret.zst'],
      [lake, 'ledger.sqlite'],
      [path.dirname(workspace), 'raw/x.zst'],
    ] as const)
      await assert.rejects(async () => await vscode.workspace.fs.readFile(rawUri(folder, relative)), relative);
  });
});
