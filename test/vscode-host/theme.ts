import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from './workbench.ts';

/** The themes that pictures are taken in, by the ending of their files' names, with the classes that VS Code marks them by. */
export const THEMES = {
  light: { name: 'Default Light Modern', window: 'vs', webview: 'vscode-light' },
  dark: { name: 'Default Dark Modern', window: 'vs-dark', webview: 'vscode-dark' },
  'high-contrast': { name: 'Default High Contrast', window: 'hc-black', webview: 'vscode-high-contrast' },
} as const;

export type Theme = keyof typeof THEMES;

/** Sets the theme in the settings of the folder, which is left out of the Explorer. */
export async function writeTheme(folder: string, theme: Theme): Promise<void> {
  const settings = path.join(folder, '.vscode/settings.json');
  await mkdir(path.dirname(settings), { recursive: true });
  const values = { 'workbench.colorTheme': THEMES[theme].name, 'files.exclude': { '**/.vscode': true } };
  await writeFile(settings, JSON.stringify(values));
}

/** Resolves when the window and every webview that is shown wear the theme: webviews follow a moment later. */
export async function wears({ page }: Workbench, theme: Theme): Promise<void> {
  await page.locator(`.monaco-workbench.${THEMES[theme].window}`).waitFor();
  for (const webview of await page.locator('iframe.webview:visible').all()) {
    const body = webview.contentFrame().frameLocator('iframe#active-frame').locator(`body.${THEMES[theme].webview}`);
    await body.waitFor();
  }
}
