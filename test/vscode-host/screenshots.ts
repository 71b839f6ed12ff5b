import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openScene, root } from './scene.ts';
import { openWindow } from './window.ts';

/**
 * Takes the pictures of README from the real VS Code, each in light, dark and high contrast.
 * `npm run screenshots -- walkthrough prepare` takes those alone.
 */
const themes = {
  light: { theme: 'Default Light Modern', body: 'vs' },
  dark: { theme: 'Default Dark Modern', body: 'vs-dark' },
  'high-contrast': { theme: 'Default High Contrast', body: 'hc-black' },
} as const;

await using scene = await openScene();
await scene.authorizeAdmin();
const settings = path.join(scene.workspace, '.vscode/settings.json');
await mkdir(path.dirname(settings));
const wear = async (theme: string): Promise<void> =>
  await writeFile(settings, JSON.stringify({ 'workbench.colorTheme': theme, 'files.exclude': { '**/.vscode': true } }));
await wear(themes.light.theme);

await using window = await openWindow(scene);
const { workbench } = window;
const { page } = workbench;
await page.setViewportSize({ width: 1440, height: 900 });

/** Leads to what is to be seen; a report is a webview, which follows the theme a moment later. */
interface Picture {
  readonly name: string;
  readonly isReport: boolean;
  readonly open: () => Promise<void>;
}

const report = (name: string, command: string, org: string, tab: string): Picture => ({
  name,
  isReport: true,
  open: async () => {
    await workbench.run(command);
    await workbench.choose(org);
    await workbench.tab(tab).waitFor({ timeout: 600_000 });
    await workbench.webview().locator('h1').waitFor();
  },
});

const pictures: readonly Picture[] = [
  {
    name: 'walkthrough',
    isReport: false,
    open: async () => {
      await workbench.openWalkthrough('Get your org’s security events');
      await workbench.walkthroughStep('connect', true).waitFor();
      await page.getByRole('button', { name: 'Prepare it' }).or(page.getByText('Prepare it')).first().click();
    },
  },
  report('verify-fresh', 'Orgwatch: Verify Prerequisites', 'fresh', 'fresh – Verify'),
  {
    name: 'prepare',
    isReport: true,
    open: async () => {
      await workbench.run('Orgwatch: Prepare Org');
      await workbench.choose('chief');
      await workbench.choose(scene.fresh.username);
      await workbench.choose('All that the connector reads');
      await workbench.rows('Deploy the connector profile').waitFor();
      await page.keyboard.press('Enter');
      await workbench.press('Prepare');
      await workbench.webview().getByText('Done: events can flow.').waitFor();
      await workbench.webview().getByText('Verify before and after').scrollIntoViewIfNeeded();
    },
  },
  report('verify-ready', 'Orgwatch: Verify Prerequisites', 'ready', 'ready – Verify'),
  report('sync', 'Orgwatch: Sync Now', 'ready', 'ready – Sync'),
  {
    name: 'dashboard',
    isReport: false,
    open: async () => {
      await workbench.run('View: Close All Editors');
      await page.locator('.activitybar a[aria-label^="Orgwatch"]').click();
      await workbench.run('Orgwatch: Open Dashboard');
      const dashboard = await workbench.webviewWith('#sign-ins-by-country .bar');
      await dashboard.locator('#event-volume-by-type[aria-busy="false"]').waitFor();
    },
  },
];

const wanted = process.argv.slice(2);
for (const { name, isReport, open } of pictures.filter((each) => wanted.length === 0 || wanted.includes(each.name))) {
  await open();
  for (const [suffix, { theme, body }] of Object.entries(themes)) {
    await wear(theme);
    await page.locator(`.monaco-workbench.${body}`).waitFor();
    if (isReport) await workbench.webview().locator(`body.vscode-${suffix}`).waitFor();
    await page.mouse.move(640, 400);
    const file = path.join(root, 'docs/images', `${name}-${suffix}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
    console.log(path.relative(root, file));
  }
}
