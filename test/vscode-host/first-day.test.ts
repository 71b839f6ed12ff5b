import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openSf, type Sf } from '../support/sf.ts';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

const VIEWS = ['Orgs', 'Runs', 'Queries'];

/** What cannot run while there is neither an org nor an event. */
const NOT_YET = [
  'Orgwatch: Cancel Sync',
  'Orgwatch: Pause Scheduled Sync',
  'Orgwatch: Resume Scheduled Sync',
  'Orgwatch: Check Lake',
  'Orgwatch: Prune',
  'Orgwatch: Run Query',
  'Orgwatch: Cancel Query',
  'Orgwatch: Export…',
];

describe('a person who has nothing yet', function () {
  this.timeout(600_000);
  let scene: Scene;
  let sf: Sf;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    sf = await openSf({ home: path.join(scene.folder, 'home-of-nobody') });
    const env = { ...scene.env, ...sf.env };
    window = await openWindow(
      { ...scene, env },
      { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login'] },
    );
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('reads one sentence in each view, with the one button that leads on', async () => {
    await workbench.openContainer('Orgwatch');
    for (const view of VIEWS) {
      await workbench.welcome(view).getByText('The Salesforce CLI is not authorized for any org yet.').waitFor();
      assert.equal(await workbench.welcome(view).getByRole('button', { name: 'Authorize Org' }).count(), 1, view);
    }
  });

  it('is offered no command that could not run', async () => {
    const offered = await workbench.offered('Orgwatch: ', 'Orgwatch: Sync Now', ...NOT_YET);
    assert.deepEqual(offered, [true, ...NOT_YET.map(() => false)]);
  });

  it('is led by the button to a terminal with the login', async () => {
    await workbench.welcome('Orgs').getByRole('button', { name: 'Authorize Org' }).click();
    await workbench.choose('Custom Domain');
    await workbench.input().fill('http://login.example.com');
    await workbench.quickInput().getByText('An address that starts with https:// is needed.').waitFor();
    await workbench.input().fill(scene.fresh.instanceUrl);
    await workbench.accept();
    await workbench.quickInput().getByText('Alias that you want to call the org by').waitFor();
    await workbench.input().fill('mine');
    await workbench.accept();
    await workbench.page.locator('.terminal-wrapper').waitFor();
    await workbench.page.locator('.panel').getByText('Salesforce CLI').first().waitFor();
  });

  it('sees the org by itself once sf is logged in, and is told to sync where nothing has come yet', async () => {
    const { instanceUrl, admin } = scene.fresh;
    await sf.loginWithAccessToken({ alias: 'mine', instanceUrl, accessToken: admin.accessToken });
    await workbench.treeRows('mine, not synced yet').waitFor();
    await workbench.welcome('Runs').getByText('No sync has run in this folder yet.').waitFor();
    await workbench.welcome('Queries').getByText('none have come yet.').waitFor();
    assert.ok(!existsSync(path.join(scene.workspace, '.orgwatch')), 'nothing syncs before a person does');
  });

  it('syncs by the button of an empty view, which fills all of them', async () => {
    await workbench.welcome('Queries').getByRole('button', { name: 'Sync Now' }).click();
    await workbench.choose('mine');
    await workbench.tab('mine – Sync').waitFor();
    for (const view of VIEWS) await workbench.welcome(view).waitFor({ state: 'hidden' });
    await workbench.treeRows('Events by day and source').waitFor();
    const offered = await workbench.offered('Orgwatch: ', 'Orgwatch: Pause Scheduled Sync', 'Orgwatch: Check Lake');
    assert.deepEqual(offered, [true, true], 'from the first sync on, the rest comes by itself');
  });
});
