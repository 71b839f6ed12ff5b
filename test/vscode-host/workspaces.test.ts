import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { control } from '../support/control.ts';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

describe('a person with several folders in one workspace', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    for (const name of ['alpha', 'beta']) await mkdir(path.join(scene.workspace, name));
    const workspace = await writeWorkspace(scene, { 'orgwatch.orgs': ['ready'] });
    window = await openWindow({ ...scene, workspace });
    workbench = window.workbench;
    await workbench.seeAllRows();
    await workbench.openContainer('Orgwatch');
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => await workbench.calm());

  afterEach(async () => await control(scene.ready, 'DELETE /faults'));

  it('sees the orgs that the settings name, and no other', async () => {
    await workbench.treeRows('ready, not synced yet').waitFor();
    assert.equal(await workbench.treeRows('fresh, ').count(), 0);
  });

  it('is told that a setting leaves the orgs out, where no org is one of those that it names', async () => {
    await writeWorkspace(scene, { 'orgwatch.orgs': ['gone'] });
    await workbench.welcome('Orgs').getByRole('button', { name: 'Open Settings' }).waitFor();
    await writeWorkspace(scene, { 'orgwatch.orgs': ['ready'] });
    await workbench.treeRows('ready, not synced yet').waitFor();
  });

  it('picks the folder that shall hold the events, which is the one for good', async () => {
    await workbench.act('ready, not synced yet', 'Sync Now');
    await workbench.rows('alpha').waitFor();
    await workbench.choose('beta');
    await workbench.tab('ready – Sync').waitFor();
    const ledger = path.join('.orgwatch', scene.ready.orgId, 'ledger.sqlite');
    assert.ok(existsSync(path.join(scene.workspace, 'beta', ledger)));
    assert.ok(!existsSync(path.join(scene.workspace, 'alpha', '.orgwatch')));
    await workbench.act('ready, synced ', 'Sync Now');
    await workbench.rowsIn('Runs').nth(1).waitFor();
    await workbench.rowsIn('Runs', 'Running').waitFor({ state: 'hidden' });
  });

  it('checks the lake, in whichever folder it lies', async () => {
    await workbench.run('Orgwatch: Check Lake');
    await workbench.tab('ready – Check').waitFor();
    const report = workbench.webview();
    await report.getByText('rows proven from raw files').waitFor();
    await report.getByText(path.join(scene.workspace, 'beta', '.orgwatch')).waitFor();
  });

  it('is told that a lake cannot be checked while it is synced, and sees no report then', async () => {
    await workbench.run('View: Close All Editors');
    await control(scene.ready, 'POST /faults', { kind: 'latency', milliseconds: 120_000, path: '/query' });
    await workbench.act('ready, synced ', 'Sync Now');
    await workbench.treeRows('ready, syncing, ').waitFor();
    await workbench.run('Orgwatch: Check Lake');
    await workbench.toasts('This org is being synced already').waitFor();
    assert.equal(await workbench.tab('ready – Check').count(), 0);
    await workbench.run('Orgwatch: Cancel Sync');
    await workbench.rowsIn('Runs', 'Cancelled').waitFor();
  });
});

/** Writes the file that says which folders the workspace has, and its settings. */
async function writeWorkspace({ workspace }: Scene, settings: Readonly<Record<string, unknown>>): Promise<string> {
  const file = path.join(workspace, 'both.code-workspace');
  const all = { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login'], ...settings };
  await writeFile(file, JSON.stringify({ folders: [{ path: 'alpha' }, { path: 'beta' }], settings: all }));
  return file;
}
