import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';
import { startTestServer } from './server.ts';

export interface InsideRun {
  /** Holds everything that VS Code writes; the caller removes it. */
  readonly folder: string;
  /** The folder that is open in VS Code. */
  readonly workspace: string;
  readonly extension: string;
  /** A module with `run(): Promise<void>`, as @vscode/test-electron wants it. */
  readonly suite: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs `suite` inside the extension host of a real VS Code in Chromium; answers its exit code. */
export async function runInside({ folder, workspace, extension, suite, env }: InsideRun): Promise<number> {
  await mkdir(folder, { recursive: true });
  const server = await startTestServer(folder, env);
  try {
    await using browser = await openBrowser(path.join(folder, 'browser'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    const ended = Promise.withResolvers<number>();
    // What is thrown below comes first; the page that closes after it has nothing to add.
    ended.promise.catch(() => undefined);
    page.once('close', () => ended.reject(new Error('VS Code closed before its tests ended.')));
    page.once('crash', () => ended.reject(new Error('The page that shows VS Code crashed.')));
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
    const remote = `vscode-remote://127.0.0.1:${server.port}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', `${remote}${extension}`],
      ['extensionTestsPath', `${remote}${suite}`],
    ]);
    const query = new URLSearchParams({ folder: workspace, payload });
    await page.goto(`http://127.0.0.1:${server.port}/?${query.toString()}`);
    return await ended.promise;
  } finally {
    await server.close();
  }
}
