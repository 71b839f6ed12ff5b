import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openScene, root } from './scene.ts';
import { openWindow } from './window.ts';

/** Takes the pictures of README from the real VS Code: each report in light, dark and high contrast. */
const themes = {
  light: { theme: 'Default Light Modern', body: 'vs' },
  dark: { theme: 'Default Dark Modern', body: 'vs-dark' },
  'high-contrast': { theme: 'Default High Contrast', body: 'hc-black' },
} as const;

const reports = [
  { name: 'verify-fresh', command: 'Orgwatch: Verify Prerequisites', org: 'fresh', tab: 'fresh – Verify' },
  { name: 'verify-ready', command: 'Orgwatch: Verify Prerequisites', org: 'ready', tab: 'ready – Verify' },
  { name: 'sync', command: 'Orgwatch: Sync Events', org: 'ready', tab: 'ready – Sync' },
] as const;

await using scene = await openScene();
const settings = path.join(scene.workspace, '.vscode/settings.json');
await mkdir(path.dirname(settings));
const wear = async (theme: string): Promise<void> =>
  await writeFile(settings, JSON.stringify({ 'workbench.colorTheme': theme, 'files.exclude': { '**/.vscode': true } }));
await wear(themes.light.theme);

await using window = await openWindow(scene);
const { workbench } = window;
const { page } = workbench;
await page.setViewportSize({ width: 1440, height: 900 });

for (const { name, command, org, tab } of reports) {
  await workbench.run(command);
  await workbench.choose(org);
  await workbench.tab(tab).waitFor({ timeout: 600_000 });
  await workbench.webview().locator('h1').waitFor();
  for (const [suffix, { theme, body }] of Object.entries(themes)) {
    await wear(theme);
    await page.locator(`.monaco-workbench.${body}`).waitFor();
    await workbench.webview().locator(`body.vscode-${suffix}`).waitFor();
    await page.mouse.move(640, 400);
    const file = path.join(root, 'docs/images', `${name}-${suffix}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
    console.log(path.relative(root, file));
  }
}
