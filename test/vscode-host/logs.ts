import { appendFileSync, mkdirSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { Scene } from './scene.ts';

const LOGS = 'code-server/data/logs';

/** Where the extension host tells of each error that reached it, without a word for that; pages.log is like it. */
const FALLEN = /(remoteexthost|pages)\.log$/;

/** A stack frame of ours, in the extension host or in a webview. */
const OURS = /extensions(\/|%2F)orgwatch\.orgwatch-/;

/** What nobody caught, by whoever it was thrown and wherever it is told. */
const UNCAUGHT = /unhandled|not handled within|uncaught/i;

/** An entry starts with its time; a stack follows on lines of its own. */
const ENTRY = /^(?=\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)/m;

/** Writes what nobody caught in a page, its webviews included, beside VS Code's own logs. */
export function logPages(browser: BrowserContext, folder: string): void {
  const logs = path.join(folder, LOGS);
  mkdirSync(logs, { recursive: true });
  browser.on('weberror', (fallen) => {
    const { stack, message } = fallen.error();
    appendFileSync(path.join(logs, 'pages.log'), `${new Date().toISOString()} [error] ${stack ?? message}\n`);
  });
}

/** The errors in VS Code's logs that Orgwatch let fall: in any extension host, and in any page that the browser opened. */
export async function uncaughtIn(scene: Pick<Scene, 'folder'>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob(`${LOGS}/**/*.log`, { cwd: scene.folder })) {
    for (const entry of (await readFile(path.join(scene.folder, file), 'utf8')).split(ENTRY)) {
      const hasFallen = FALLEN.test(file) && entry.includes('[error]') && OURS.test(entry);
      if (hasFallen || (UNCAUGHT.test(entry) && /orgwatch/i.test(entry))) found.push(`${file}: ${entry.trim()}`);
    }
  }
  return found;
}
