import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Frame, Page } from 'playwright-core';
import { ROW } from '../../extension/webview/scroll.ts';
import { openLakeScene, type LakeScene } from './lake-scene.ts';
import { openWindow, type Window } from './window.ts';

const ROWS = 1_000_000;
/** What names a table of ours is a query of ours. */
const SQL = `-- as many rows as event_log may have
SELECT range AS n, range * 2 AS twice, CASE WHEN range % 3 = 0 THEN NULL ELSE 'row ' || range END AS third
FROM range(${ROWS})`;

describe('the grid of a million rows', function () {
  this.timeout(600_000);
  let scene: LakeScene;
  let window: Window;
  let page: Page;
  let grid: Frame;

  before(async () => {
    scene = await openLakeScene();
    window = await openWindow(scene);
    const { workbench } = window;
    ({ page } = workbench);
    await workbench.openContainer('Orgwatch');
    await workbench.run('Orgwatch: New Query');
    await workbench.write(SQL);
    await workbench.run('Orgwatch: Run Query');
    grid = await workbench.webviewWith('[role="gridcell"]:not(.coming)');
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('says how many rows there are', async () => {
    await grid.getByRole('status').getByText('1,000,000 rows').waitFor();
    assert.equal(await grid.getByRole('grid').getAttribute('aria-rowcount'), String(ROWS + 1));
  });

  it('shows the rows where the scroll bar was let go, each with its own values and in order', async () => {
    for (const part of [0.1, 0.7, 0.35, 1, 0.999_999, 0.5, 0]) {
      const top = await grid.evaluate<number>(`(() => {
        const rows = document.querySelector('.grid');
        rows.scrollTop = rows.scrollHeight * ${part};
        const most = rows.scrollHeight - rows.clientHeight;
        return (rows.scrollTop / most) * (${ROWS} - (rows.clientHeight - ${ROW}) / ${ROW});
      })()`);
      await isThere(Math.ceil(top));
      await isRight();
    }
  });

  it('goes to the last row and back by keys, and a little further by the wheel', async () => {
    await cell(0).click();
    await page.keyboard.press('Control+End');
    await cell(ROWS - 1, 2)
      .and(grid.locator('.active'))
      .waitFor();
    await isThere(ROWS - 1);
    await isRight();
    await page.keyboard.press('Control+Home');
    await cell(0).and(grid.locator('.active')).waitFor();
    for (let turn = 1; turn <= 20; turn++) await page.mouse.wheel(0, ROW);
    // So many rows are taller than any element may be: each has half of its height on the scroll bar.
    await isThere(40);
    await isRight();
  });

  it('marks what is selected, and only that, wherever it was scrolled meanwhile', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await isSelected([0, 1], [0, 1]);
    await page.keyboard.press('Control+End');
    await isSelected([ROWS - 1], [2]);
    await page.keyboard.press('ArrowUp');
    await isSelected([ROWS - 2], [2]);
    await page.keyboard.press('Control+Home');
    await isSelected([0], [0]);
  });

  const cell = (row: number, column = 0) => grid.locator(`#cell-${row}-${column}`);

  const isThere = async (row: number): Promise<void> => await cell(row).and(grid.locator(':not(.coming)')).waitFor();

  /** That the rows that are there say what the query answers, one after the other. */
  async function isRight(): Promise<void> {
    await grid.locator('.coming').first().waitFor({ state: 'detached' });
    const shown = await grid.evaluate<{ readonly index: number; readonly texts: readonly string[] }[]>(
      `[...document.querySelectorAll('.rows .row')].map((row) => ({
        index: Number(row.getAttribute('aria-rowindex')) - 2,
        texts: [...row.children].map(({ textContent }) => textContent),
      }))`,
    );
    const first = shown[0]?.index ?? NaN;
    const said = (value: number): string => value.toLocaleString('en');
    assert.deepEqual(
      shown,
      shown.map((_, at) => {
        const n = first + at;
        return { index: n, texts: [said(n + 1), said(n), said(n * 2), n % 3 === 0 ? 'NULL' : `row ${n}`] };
      }),
    );
  }

  async function isSelected(rows: readonly number[], columns: readonly number[]): Promise<void> {
    const ids = rows.flatMap((row) => columns.map((column) => `cell-${row}-${column}`));
    await grid.locator(`#${ids.at(-1) ?? ''}.active`).waitFor();
    const marked = await grid.evaluate<string[]>(
      `[...document.querySelectorAll('[aria-selected="true"]')].map(({ id }) => id)`,
    );
    assert.deepEqual(marked, ids);
    const active = await grid.getByRole('grid').getAttribute('aria-activedescendant');
    assert.equal(active, ids.at(-1));
  }
});
