import type { Locator } from 'playwright-core';
import { MovingPicture } from './moving-picture.ts';
import { Stage } from './stage.ts';

/** The moving picture: Verify, Sync, the dashboard, a click on a bar, and the rows behind it. Answers a GIF. */
export async function tellStory(): Promise<Buffer> {
  await using stage = await Stage.open({ width: 1200, height: 750 });
  const { workbench } = stage;
  const { page } = workbench;
  const film = new MovingPicture(page);
  const click = async (target: Locator): Promise<void> => {
    await target.hover();
    const box = await target.boundingBox();
    if (box === null) throw new Error(`nobody can click ${target.toString()}`);
    await film.take(900, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    await target.click();
  };
  const action = (row: string, name: string): Locator =>
    workbench.treeRows(row).locator(`.actions [aria-label="${name}"]`);

  await stage.shoot('light');
  await workbench.unfold('ready, ');
  await film.take(1200);
  await workbench.treeRows('Prerequisites, ').hover();
  await click(action('Prerequisites, ', 'Verify Prerequisites'));
  await workbench.webview().locator('h1', { hasText: 'ready' }).waitFor();
  await workbench.treeRows('Prerequisites, ').and(page.locator('[aria-label*="passed"]')).waitFor();
  await film.take(2500);

  await workbench.treeRows('ready, ').hover();
  await click(action('ready, ', 'Sync Now'));
  await workbench.treeRows('ready, syncing').waitFor();
  await workbench.toasts('Event log files: ').waitFor();
  await film.take(1500);
  await workbench.tab('ready – Sync').waitFor({ timeout: 600_000 });
  await workbench.webview().getByText('Sign-ins', { exact: true }).waitFor();
  await workbench.treeRows('ready, synced').waitFor();
  await film.take(2500);

  await workbench.viewHeader('Queries').hover();
  await click(workbench.viewHeader('Queries').getByRole('button', { name: 'Open Dashboard' }));
  const dashboard = workbench.webview();
  await dashboard.locator('#sign-ins-by-country .bar').first().waitFor();
  await dashboard.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await film.take(3000);
  await click(dashboard.locator('#sign-ins-by-country .bar').nth(1));
  await workbench.webview().locator('.grid .row').nth(1).waitFor();
  await film.take(4000);
  return await film.asGif();
}
