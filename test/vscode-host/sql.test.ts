import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { after, before, describe, it } from 'mocha';
import { literal } from '../../extension/lake/sql.ts';
import { ENDLESS, openLakeScene, type LakeScene } from './lake-scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

const SAID = '=HYPERLINK("https://example.com")';
const FORMULA = `SELECT '${SAID}' AS said, 42 AS n FROM login_history LIMIT 2`;
const ROWS = [
  { said: SAID, n: 42 },
  { said: SAID, n: 42 },
];

describe('a person who asks the events in SQL', function () {
  this.timeout(600_000);
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

  it('sees .sql files come, change and go', async () => {
    const monday = path.join(scene.workspace, 'monday.sql');
    await writeFile(monday, 'SELECT event_time FROM activities\n');
    await workbench.treeRows('monday.sql').waitFor();
    await writeFile(monday, 'SELECT * FROM orders\n');
    await workbench.treeRows('monday.sql').waitFor({ state: 'hidden' });
    await writeFile(monday, 'SELECT * FROM login_history\n');
    await workbench.treeRows('monday.sql').waitFor();
    await rm(monday);
    await workbench.treeRows('monday.sql').waitFor({ state: 'hidden' });
    await workbench.treeRows('weekly-review.sql').waitFor();
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

  for (const [format, read, expected] of [
    ['CSV', textOf, `said,n\n${`"'=HYPERLINK(""https://example.com"")",42\n`.repeat(2)}`],
    ['JSON', async (file: string) => JSON.parse(await textOf(file)) as unknown, ROWS],
    ['Parquet', rowsOf, ROWS],
  ] as const)
    it(`exports the rows as ${format}`, async () => {
      await workbench.run('Orgwatch: Export…');
      await workbench.choose(format);
      const file = path.join(scene.workspace, `Untitled-1.${format.toLowerCase()}`);
      await workbench.saveAs(file);
      await workbench.toasts(`${path.basename(file)}: 2 rows`).waitFor();
      assert.deepEqual(await read(file), expected);
    });

  it('cancels a query that takes too long, from the grid or by command, and runs the next', async () => {
    const grid = await workbench.webviewWith('[role="grid"]');
    await workbench.write(ENDLESS);
    await workbench.run('Orgwatch: Run Query');
    await grid.getByRole('progressbar').waitFor();
    await grid.getByRole('button', { name: 'Cancel' }).click();
    await grid.getByRole('status').getByText('Cancelled', { exact: true }).waitFor();
    await grid.getByRole('button', { name: 'Run Again' }).click();
    await grid.getByRole('progressbar').waitFor();
    await workbench.run('Orgwatch: Cancel Query');
    await grid.getByRole('status').getByText('Cancelled', { exact: true }).waitFor();
    await workbench.write(FORMULA);
    await workbench.run('Orgwatch: Run Query');
    await grid.getByRole('gridcell', { name: '42' }).first().waitFor();

    // The worker ends with the last who asks: whatever is still under way keeps it.
    await workbench.run('View: Close All Editors');
    await workbench.press("Don't Save");
    while ((await window.processes('lake-worker.js')).length > 0) await delay(100);
  });
});

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8');
}

async function rowsOf(file: string): Promise<unknown> {
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(`FROM read_parquet(${literal(file)})`);
  connection.closeSync();
  return reader.getRowObjects();
}
