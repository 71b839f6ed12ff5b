import type { Frame } from 'playwright-core';
import { openLedger } from '../../extension/lake/ledger.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { openLakeScene, ORG_ID } from '../vscode-host/lake-scene.ts';
import { openWindow } from '../vscode-host/window.ts';
import type { Workbench } from '../vscode-host/workbench.ts';
import { median } from './bench.ts';
import { EVENT_TYPES, fillEventLog } from './filled-lake.ts';

const DAYS = 30;
const MOST_MS = 120_000;

export interface Face extends AsyncDisposable {
  readonly workbench: Workbench;
  /** The folder that is open. */
  readonly workspace: string;
  readonly events: number;
}

/** A real window on a lake with at least so many events of the last thirty days. */
export async function openFace(atLeast: number): Promise<Face> {
  await using cleanup = new AsyncDisposableStack();
  const scene = cleanup.use(await openLakeScene());
  const rows = Math.ceil(atLeast / DAYS / EVENT_TYPES.length);
  {
    using ledger = openLedger(scene.dataDir, ORG_ID);
    await fillEventLog(ledger, DAYS, rows, Date.now() - DAY);
  }
  const { workbench } = cleanup.use(await openWindow(scene));
  await workbench.openContainer('Orgwatch');
  await workbench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row').first().waitFor();
  const kept = cleanup.move();
  return {
    workbench,
    workspace: scene.workspace,
    events: rows * DAYS * EVENT_TYPES.length,
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

export interface OpenedPage {
  readonly frame: Frame;
  /** From the command until something of the page could be seen, in ms. */
  readonly painted: number;
  /** From the command until what is waited for could be seen, in ms. */
  readonly complete: number;
}

/**
 * Runs a command that opens a page of ours, and waits until a selector finds something there. VS Code writes such a page into
 * an empty one, fake.html: who is there by then misses nothing.
 */
export async function openPage(workbench: Workbench, command: string, selector: string): Promise<OpenedPage> {
  const opened = workbench.page.waitForEvent('framenavigated', (frame) => frame.url().includes('/fake.html'));
  const [start, frame] = await Promise.all([workbench.run(command), opened]);
  const { painted, complete } = await frame.evaluate<{ readonly painted: number; readonly complete: number }>(
    `new Promise((resolve, reject) => {
      const end = Date.now() + ${MOST_MS};
      const look = () => {
        if (Date.now() > end) return reject(new Error('The page never shows what is waited for.'));
        if (document.querySelector(${JSON.stringify(selector)}) === null) return setTimeout(look, 5);
        requestAnimationFrame(() => setTimeout(() => tell(Date.now())));
      };
      // The browser notes a paint only after it was shown.
      const tell = (complete) => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (paint === undefined) return setTimeout(tell, 5, complete);
        resolve({ painted: performance.timeOrigin + paint.startTime, complete });
      };
      look();
    })`,
  );
  return { frame, painted: painted - start, complete: complete - start };
}

/** The times between the frames of a page while something is done with it, in ms: the longest, and the middle one. */
export async function framesOf(frame: Frame, work: () => Promise<void>): Promise<{ longest: number; middle: number }> {
  await frame.evaluate(`(() => {
    const times = (globalThis.frameTimes = []);
    const note = (now) => {
      times.push(now);
      if (globalThis.frameTimes === times) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  })()`);
  await work();
  const times = await frame.evaluate<number[]>(`new Promise((resolve) => requestAnimationFrame(() => {
    resolve(frameTimes);
    globalThis.frameTimes = undefined;
  }))`);
  const spans = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return { longest: Math.max(...spans), middle: median(spans) };
}
