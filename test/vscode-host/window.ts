import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';
import { installExtension, writeSettings } from './installed.ts';
import type { Scene } from './scene.ts';
import { startCodeServer } from './server.ts';
import { Workbench } from './workbench.ts';

export interface Window extends AsyncDisposable {
  readonly workbench: Workbench;
}

/** VS Code with Orgwatch installed, open on the scene's folder, in a browser of its own. */
export async function openWindow(
  scene: Pick<Scene, 'folder' | 'workspace' | 'env'>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Window> {
  await using cleanup = new AsyncDisposableStack();
  const folder = path.join(scene.folder, 'code-server');
  await mkdir(folder, { recursive: true });
  await installExtension(folder, scene.env);
  await writeSettings(folder, settings);
  const server = await startCodeServer(folder, scene.env);
  cleanup.defer(async () => await server.close());
  const browser = cleanup.use(await openBrowser(path.join(folder, 'browser')));
  const workbench = await Workbench.open(browser.pages()[0] ?? (await browser.newPage()), server.port, scene.workspace);
  const kept = cleanup.move();
  return { workbench, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
