import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openLakeScene, type LakeScene } from './lake-scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

const FORMULA = `SELECT '=HYPERLINK("https://example.com")' AS said, 42 AS n FROM login_history LIMIT 2`;

describe('a person who asks the events in SQL', function () {
  this.timeout(180_000);
  let scene: LakeScene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openLakeScene();
    window = await openWindow(scene, { 'workbench.editor.enablePreview': false });
    workbench = window.workbench;
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('admin@acme.example, ').waitFor();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('finds the .sql files that ask our tables among the queries, and links above those alone', async () => {
    await workbench.viewHeader('Runs').click();
    await workbench.treeRows('weekly-review.sql').click();
    await workbench.codeLens('Run on admin@acme.example').waitFor();
    assert.equal(await workbench.treeRows('shop.sql').count(), 0);
    await workbench.run('View: Close All Editors');
  });

  it('is offered our tables, and the columns of the table that is named', async () => {
    const suggested = (name: string) =>
      workbench.page.locator(`.suggest-widget .monaco-list-row[aria-label^="${name}"]`).first();
    await workbench.run('Orgwatch: New Query');
    await workbench.write('SELECT * FROM ');
    await workbench.page.keyboard.type('login_h');
    await workbench.page.keyboard.press('Control+Space');
    await suggested('login_history').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type(' WHERE Country');
    await workbench.page.keyboard.press('Control+Space');
    await suggested('CountryIso').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('runs it by the key, and copies what is selected in the grid', async () => {
    await workbench.write(FORMULA);
    await workbench.page.keyboard.press('Control+Enter');
    const grid = await workbench.webviewWith('[role="gridcell"]');
    await grid.getByRole('gridcell', { name: '42' }).first().click();
    await workbench.page.keyboard.press('Control+c');
    await workbench.page.locator('.statusbar').getByText('Copied 1 row', { exact: true }).waitFor();
  });

  for (const [format, isRight] of [
    ['CSV', (text: string) => text.startsWith(`said,n\n"'=HYPERLINK(""https://example.com"")",42\n`)],
    ['JSON', (text: string) => (JSON.parse(text) as { n: number }[]).every(({ n }) => n === 42)],
  ] as const)
    it(`exports the rows as ${format}`, async () => {
      await workbench.run('Orgwatch: Export…');
      await workbench.choose(format);
      const file = path.join(scene.workspace, `Untitled-1.${format.toLowerCase()}`);
      await workbench.saveAs(file);
      await workbench.toasts(`${path.basename(file)}: 2 rows`).waitFor();
      const text = await readFile(file, 'latin1');
      assert.ok(isRight(text), text.slice(0, 200));
    });
});
