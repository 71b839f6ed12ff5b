import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bounded, median, row, type Bench } from './bench.ts';
import { openFace, openPage, type OpenedPage } from './face.ts';

const TIMES = 5;
const TARGET_MS = 500;
const ALL_CHARTS = 'main:has(#event-volume-by-type .bar):not(:has([aria-busy="true"]))';

/** From the command to the dashboard's first paint, and until its last chart is there, in a real window on a large lake. */
export const firstPaint: Bench = {
  name: 'first-paint',
  run: async ({ scale }) => {
    await using face = await openFace(10_000_000 * scale);
    const { workbench } = face;
    const shells: number[] = [];
    const charts: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const { painted, complete } = await openPage(workbench, 'Orgwatch: Open Dashboard', ALL_CHARTS);
      shells.push(painted);
      charts.push(complete);
      await workbench.run('View: Close All Editors');
      await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
    }
    const { painted: preview } = await newWindowsPreview();
    const [shell = NaN, ...shellsAgain] = shells;
    const [chart = NaN, ...chartsAgain] = charts;
    const what = `dashboard on ${face.events.toLocaleString('en')} events`;
    return [
      row(`${what}: until its first paint, in a new window`, `${shell.toFixed(0)} ms`),
      row("VS Code's own Markdown preview: until its first paint, in a new window", `${preview.toFixed(0)} ms`),
      bounded(`${what}: until its first paint, opened again`, median(shellsAgain), ' ms', '≤', TARGET_MS),
      row(`${what}: until its last chart, in a new window`, `${chart} ms`),
      row(`${what}: until its last chart, opened again`, `${median(chartsAgain)} ms`),
    ];
  },
};

/** The first page of a window waits for VS Code, too, which is still starting then: what it takes for a page of its own. */
async function newWindowsPreview(): Promise<OpenedPage> {
  await using face = await openFace(1);
  const { workbench, workspace } = face;
  await writeFile(path.join(workspace, 'notes.md'), '# Notes\n');
  await workbench.page.keyboard.press('ControlOrMeta+p');
  await workbench.input().fill('notes.md');
  await workbench.rows('notes.md').first().waitFor();
  await workbench.accept();
  await workbench.tab('notes.md').waitFor();
  return await openPage(workbench, 'Markdown: Open as Preview', 'h1');
}
