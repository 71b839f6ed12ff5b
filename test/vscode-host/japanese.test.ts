import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

/** Three English words in a row, where nothing is quoted: labels, commands and what Salesforce answered are. */
const ENGLISH = /(?:\b[a-z]{2,} ){2}[a-z]{2,}\b/;
const QUOTED = /“[^”]*”|「[^」]*」|`[^`]*`|\bsf [a-z- ]+|\b[A-Z]+_[A-Z_]+: [^。]+/g;

describe('a person whose VS Code speaks Japanese', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    const settings = { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login'] };
    window = await openWindow(scene, settings, { language: 'ja' });
    workbench = window.workbench;
    await workbench.seeAllRows();
    await workbench.openContainer('Orgwatch');
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('verifies in Japanese: command, progress, tree and report', async () => {
    await workbench.welcome('実行履歴').getByRole('button', { name: '今すぐ同期' }).waitFor();
    await workbench.pick('Orgwatch: 前提条件を検証', 'fresh', workbench.tab('fresh – 検証'));
    await workbench.webview().getByText('まだ準備ができていません。').waitFor();
    isJapanese(await workbench.webview().locator('body').innerText());
    await workbench.unfold('fresh, ');
    await workbench.unfold('前提条件, ');
    await workbench.treeRows('権限: API の有効化, ').waitFor();
  });

  it('syncs in Japanese, and reads in the tree what came and why something did not', async () => {
    await workbench.run('Orgwatch: 今すぐ同期');
    await workbench.choose('fresh');
    await workbench.tab('fresh – 同期').waitFor();
    isJapanese(await workbench.webview().locator('body').innerText());
    await workbench.treeRows('fresh, ').first().waitFor();
    await workbench.treeRows('ログイン, ').first().waitFor();
    await workbench.status('fresh: ').waitFor();
    for (const row of await workbench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row').all())
      isJapanese((await row.getAttribute('aria-label')) ?? '');
  });

  it('proves the lake and looks at the dashboard in Japanese', async () => {
    await workbench.run('Orgwatch: レイクを検査');
    await workbench.webviewWith('text=/問題なし/');
    isJapanese(await workbench.webview().locator('body').innerText());
    await workbench.run('Orgwatch: ダッシュボードを開く');
    const dashboard = await workbench.webviewWith('#freshness[aria-busy="false"]');
    await dashboard.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    isJapanese(await dashboard.locator('body').innerText());
  });
});

function isJapanese(text: string): void {
  for (const line of text.split('\n')) assert.doesNotMatch(line.replaceAll(QUOTED, ''), ENGLISH);
}
