import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';
import { descendants } from './descendants.ts';
import { installExtension, writeSettings } from './installed.ts';
import { logPages } from './logs.ts';
import type { Scene } from './scene.ts';
import { startCodeServer } from './server.ts';
import { Workbench } from './workbench.ts';

export interface WindowOptions {
  /** The language that VS Code speaks; its own words stay English, those of extensions do not. */
  readonly language?: string;
}

export interface Window extends AsyncDisposable {
  readonly workbench: Workbench;
  /** Opens one more window of the same VS Code, on the same folder, or without a folder. */
  another(hasFolder: boolean): Promise<Workbench>;
  /** Kills VS Code, extension hosts and all, at once. */
  kill(): Promise<void>;
  /** Starts VS Code again after it was killed, with other settings where some are given, and opens the window as it was. */
  restart(settings?: Readonly<Record<string, unknown>>): Promise<void>;
  /** The processes that are VS Code's, whose command line has a text. */
  processes(having: string): Promise<readonly number[]>;
}

/** VS Code with Orgwatch installed, open on the scene's folder, in a browser of its own. */
export async function openWindow(
  scene: Pick<Scene, 'folder' | 'workspace' | 'env'>,
  settings: Readonly<Record<string, unknown>> = {},
  { language }: WindowOptions = {},
): Promise<Window> {
  await using cleanup = new AsyncDisposableStack();
  const folder = path.join(scene.folder, 'code-server');
  await mkdir(folder, { recursive: true });
  await installExtension(folder, scene.env);
  const start = async (chosen: Readonly<Record<string, unknown>>, port?: number) => {
    await writeSettings(folder, chosen);
    const asksForTrust = chosen['security.workspace.trust.enabled'] === true;
    return await startCodeServer(folder, scene.env, { asksForTrust, ...(port === undefined ? {} : { port }) });
  };
  let server = await start(settings);
  cleanup.defer(async () => await server.close());
  const browser = cleanup.use(await openBrowser(path.join(folder, 'browser')));
  logPages(browser, scene.folder);
  if (language !== undefined)
    await browser.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
  const { workspace } = scene;
  const workbench = await Workbench.open(browser.pages()[0] ?? (await browser.newPage()), server.port, workspace);
  const kept = cleanup.move();
  return {
    workbench,
    another: async (hasFolder) =>
      await Workbench.open(await browser.newPage(), server.port, hasFolder ? workspace : undefined),
    kill: async () => await server.kill(),
    restart: async (chosen = settings) => {
      server = await start(chosen, server.port);
      await workbench.reopen();
    },
    processes: async (having) => await descendants(server.pid, having),
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}
