import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { listing } from '../support/listing.ts';
import { openHostileScene, type HostileScene } from './hostile-workspace.ts';
import { openLakeScene, USERNAME, type LakeScene } from './lake-scene.ts';
import { uncaughtIn } from './logs.ts';
import { untilDone } from './until.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

const VIEWS = ['Orgs', 'Runs', 'Queries'];
const SENTENCE = 'Orgwatch opens nothing in this folder until you trust it.';

const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'workbench.editor.useModal': 'off',
};

/** A key of the user's own runs a command whether or not it is enabled. */
const KEYS = {
  'ctrl+alt+1': 'orgwatch.openDashboard',
  'ctrl+alt+2': 'orgwatch.runQuery',
  'ctrl+alt+3': 'orgwatch.checkLake',
};

describe('a person who opens a workspace of somebody else, in Restricted Mode', function () {
  this.timeout(600_000);
  let scene: HostileScene;
  let window: Window;
  let workbench: Workbench;
  let untouched: readonly string[];

  before(async () => {
    scene = await openHostileScene();
    untouched = await listing(scene.workspace, scene.somewhere);
    const user = path.join(scene.folder, 'code-server/data/User');
    await mkdir(user, { recursive: true });
    const bindings = Object.entries(KEYS).map(([key, command]) => ({ key, command }));
    await writeFile(path.join(user, 'keybindings.json'), JSON.stringify(bindings));
    window = await openWindow(scene, RESTRICTED);
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('reads in each view, in one sentence, that nothing is opened, with the one button that changes it', async () => {
    await workbench.openContainer('Orgwatch');
    for (const view of VIEWS) {
      await workbench.welcome(view).getByText(SENTENCE).waitFor();
      const button = workbench.welcome(view).getByRole('button', { name: 'Manage Workspace Trust' });
      assert.equal(await button.count(), 1, view);
    }
    assert.equal(await workbench.treeRows('').count(), 0);
    assert.equal(await workbench.status('').count(), 0);
  });

  it('is offered no command that opens anything, and can write SQL', async () => {
    const titles = ['Orgwatch: New Query', 'Orgwatch: Open Dashboard', 'Orgwatch: Check Lake'] as const;
    assert.deepEqual(await workbench.offered('Orgwatch: ', ...titles), [true, false, false]);
    await workbench.run('Orgwatch: New Query');
    await workbench.tab('Untitled-1').waitFor();
    await workbench.write('SELECT * FROM login_history');
  });

  it('is told so by a command that runs all the same, by a key', async () => {
    for (const key of Object.keys(KEYS)) {
      await workbench.page.keyboard.press(key.replace('ctrl', 'Control').replace('alt', 'Alt'));
      const toast = workbench.toasts(SENTENCE);
      await toast.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
      await workbench.run('Notifications: Clear All Notifications');
      await toast.waitFor({ state: 'hidden' });
    }
  });

  it('finds nothing started and nothing changed, and VS Code as quick as ever', async () => {
    assert.deepEqual(await window.processes('lake-worker'), []);
    await workbench.run('Orgwatch: New Query');
    await workbench.tab('Untitled-2').waitFor();
    assert.deepEqual(await listing(scene.workspace, scene.somewhere), untouched);
  });

  it('sees everything as soon as the folder is trusted, without a reload', async () => {
    await scene.disarm();
    await workbench.welcome('Orgs').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.treeRows(`${USERNAME}, not authorized`).waitFor();
    await workbench.rowsIn('Runs').first().waitFor();
    await workbench.rowsIn('Queries', 'weekly-review.sql').waitFor();
    await workbench.status(USERNAME).waitFor();
  });

  it('sees no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});

describe('a person whose window comes back in Restricted Mode', function () {
  this.timeout(600_000);
  let scene: LakeScene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openLakeScene();
    window = await openWindow(scene);
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('has a dashboard whose page makes no markup from text', async () => {
    await workbench.openContainer('Orgwatch');
    await workbench.run('Orgwatch: Open Dashboard');
    const page = await workbench.webviewWith('main .card');
    await page.locator('.card[aria-busy="false"]').first().waitFor();
    // What the browser is asked through its debugger may eval; markup from text is refused even there.
    const markup = `document.createElement('p').innerHTML = '<b>x</b>'`;
    await assert.rejects(page.evaluate(markup), /requires 'TrustedHTML' assignment/);
  });

  it('reads the sentence in the panel that was open, and nothing was started', async () => {
    // A window that closes stores what is open; one whose VS Code is killed may come too late for it.
    await untilDone(async () => {
      await workbench.run('Orgwatch: Open Dashboard');
      await workbench.tab('Dashboard').waitFor({ timeout: 20_000 });
      await workbench.reopen();
      await workbench.tab('Dashboard').waitFor({ timeout: 20_000 });
    });
    await window.kill();
    await window.restart(RESTRICTED);
    await workbench.tab('Dashboard').click();
    await workbench.webview().getByText('opens nothing in this folder until you trust it.').waitFor();
    assert.deepEqual(await window.processes('lake-worker'), []);
  });

  it('sees the dashboard come back as soon as the folder is trusted', async () => {
    await workbench.webview().getByRole('link', { name: 'Manage Workspace Trust' }).click();
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.tab('Dashboard').click();
    const page = await workbench.webviewWith('main .card');
    await page.locator('.card[aria-busy="false"]').first().waitFor();
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});
