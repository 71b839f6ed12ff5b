import type { Stage } from './stage.ts';
import { Walkthrough } from './walkthrough.ts';

/** What each picture shows, and how a person comes there; each can be taken alone. They are taken in this order. */
export const PICTURES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  walkthrough: async ({ workbench }) => {
    const walkthrough = await Walkthrough.open(workbench);
    await walkthrough.step('connect', true).waitFor();
    await walkthrough.unfold('prepare');
  },
  'verify-fresh': async (stage) => await verify(stage, 'fresh'),
  'prepare-plan': async (stage) => {
    await planned(stage);
  },
  prepare: async (stage) => {
    const { workbench } = stage;
    await planned(stage);
    await workbench.accept();
    await workbench.press('Prepare');
    await workbench.webview().getByText('Done: events can flow.').waitFor();
  },
  'verify-ready': async (stage) => await verify(stage, 'ready'),
  sync: async (stage) => {
    await stage.sync();
    await stage.workbench.webview().getByText('Sign-ins', { exact: true }).waitFor();
  },
  dashboard: async (stage) => {
    await stage.synced();
    await stage.workbench.run('Orgwatch: Open Dashboard');
    const dashboard = stage.workbench.webview();
    await dashboard.locator('main').waitFor();
    await dashboard.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  },
  query: async (stage) => {
    await stage.synced();
    const { workbench } = stage;
    await workbench.page.setViewportSize({ width: 1480, height: 860 });
    await workbench.treeRows('Failed sign-ins by source').click();
    await workbench.codeLens('Run on').click();
    await workbench.webview().locator('.grid .row').nth(1).waitFor();
  },
  'raw-file': async (stage) => {
    await stage.synced();
    const { workbench } = stage;
    await workbench.page.setViewportSize({ width: 1280, height: 860 });
    await workbench.run('Orgwatch: Open Raw File');
    await workbench.choose('Event log files');
    await workbench.choose('ContentTransfer');
    await workbench.rows().first().click();
    await workbench.codeLens('the bytes on disk match').waitFor();
  },
  orgs: async (stage) => {
    await stage.synced();
    const { workbench } = stage;
    await verify(stage, 'ready');
    // A tree makes only the rows that there is room for.
    await workbench.page.setViewportSize({ width: 1280, height: 1040 });
    await workbench.widenSideBar(90);
    for (const view of ['Runs', 'Queries']) await workbench.viewHeader(view).click();
    await workbench.unfold('ready, synced');
    await workbench.unfold('API calls, ');
    await workbench.unfold('Prerequisites, ');
    await workbench.treeRows('Every source of Sync answers').waitFor();
  },
};

async function verify({ workbench }: Stage, org: string): Promise<void> {
  await workbench.run('Orgwatch: Verify Prerequisites');
  await workbench.choose(org);
  await workbench.tab(`${org} – Verify`).waitFor();
  await workbench.webview().locator('h1', { hasText: org }).waitFor();
}

/** Stands before the steps that Prepare proposes for the fresh org; they are still to be picked. */
async function planned({ workbench, scene }: Stage): Promise<void> {
  await workbench.run('Orgwatch: Prepare Org');
  await workbench.choose('chief');
  await workbench.choose(scene.fresh.username);
  await workbench.choose('All that the connector reads');
  await workbench.rows('Deploy the connector profile').waitFor();
  await workbench.tab('chief – Prepare').waitFor();
}
