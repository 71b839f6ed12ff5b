import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';

describe('a person with VS Code', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;

  before(async () => {
    scene = await openScene();
    window = await openWindow(scene);
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => await window.workbench.calm());

  it('runs Verify from the command palette, picks the fresh org and reads what to do', async () => {
    const { workbench } = window;
    await workbench.pick('Orgwatch: Verify Prerequisites', 'fresh', workbench.tab('fresh – Verify'));
    const report = workbench.webview();
    await report.getByText('Not ready yet.').waitFor();
    assert.match(await report.locator('body').innerText(), /sf project deploy start/);
  });

  it('picks the prepared org and reads that everything holds', async () => {
    const { workbench } = window;
    await workbench.pick('Orgwatch: Verify Prerequisites', 'ready', workbench.tab('ready – Verify'));
    await workbench.webview().getByText('Everything holds: events can flow.').waitFor();
  });

  it('leaves the pick with Escape, and hears no complaint', async () => {
    const { workbench } = window;
    await workbench.run('Orgwatch: Verify Prerequisites');
    await workbench.rows('ready').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput().waitFor({ state: 'hidden' });
    assert.equal(await workbench.toasts('Show Log').count(), 0);
  });
});

describe('a person whose org does not answer', function () {
  this.timeout(600_000);

  it('reads one calm message with what to do', async () => {
    await using scene = await openScene();
    await scene.ready.close();
    await using window = await openWindow(scene, { 'orgwatch.targetOrg': 'ready' });
    const { workbench } = window;
    await workbench.run('Orgwatch: Verify Prerequisites');
    const toast = workbench.toasts('Show Log');
    await toast.waitFor();
    assert.match(await toast.innerText(), /does not answer/);
    assert.doesNotMatch(await toast.innerText(), /undefined|\[object/);
  });
});
