import { bounded, row, type Bench } from './bench.ts';
import { framesOf, openFace, openPage } from './face.ts';

const CELL = '[role="gridcell"]:not(.coming)';
const TURNS = 60;
const TARGET_MS = 50;

/** The result grid on a million rows in a real window: until its first rows are there, and its frames while it scrolls. */
export const grid: Bench = {
  name: 'grid',
  run: async ({ scale }) => {
    const limit = Math.round(1_000_000 * scale);
    await using face = await openFace(limit);
    const { workbench } = face;
    const { keyboard, mouse } = workbench.page;
    await workbench.run('Orgwatch: New Query');
    await workbench.write(`SELECT * FROM event_log LIMIT ${limit}`);
    const { frame, complete } = await openPage(workbench, 'Orgwatch: Run Query', CELL);
    const rows = frame.locator('.grid');
    /** Resolves when a row is there, with its values. */
    const shows = async (number: number): Promise<void> =>
      await rows
        .locator(`[aria-rowindex="${number + 1}"] ${CELL}`)
        .first()
        .waitFor();
    await rows.locator(CELL).first().click();
    const wheel = await framesOf(frame, async () => {
      for (let turn = 0; turn < TURNS; turn++) await mouse.wheel(0, 240);
    });
    const bar = await framesOf(frame, async () => {
      for (let turn = 1; turn <= TURNS; turn++)
        await frame.evaluate(
          `(() => {
            const rows = document.querySelector('.grid');
            rows.scrollTop = (rows.scrollHeight * ${turn}) / ${TURNS};
          })()`,
        );
      await shows(limit);
    });
    const keys = await framesOf(frame, async () => {
      for (let turn = 0; turn < 3; turn++) {
        await keyboard.press('Control+Home');
        await shows(1);
        await keyboard.press('Control+End');
        await shows(limit);
      }
    });
    const what = `grid of ${limit.toLocaleString('en')} rows`;
    const frames = Object.entries({
      'the wheel turns': wheel,
      'the scroll bar is drawn from end to end': bar,
      'Ctrl+Home and Ctrl+End jump': keys,
    });
    return [
      row(`${what}: from Run to its first rows`, `${complete} ms`),
      ...frames.flatMap(([when, { longest, middle }]) => [
        bounded(`${what}: longest frame while ${when}`, longest, ' ms', '≤', TARGET_MS),
        row(`${what}: middle frame while ${when}`, `${middle.toFixed(0)} ms`),
      ]),
    ];
  },
};
