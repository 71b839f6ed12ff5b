import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { control } from '../support/control.ts';
import { uncaughtIn } from './logs.ts';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

describe('a person whose sync does not go as it should', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    window = await openWindow(scene, { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login', 'API'] });
    workbench = window.workbench;
    await workbench.seeAllRows();
    await workbench.openContainer('Orgwatch');
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => await workbench.calm());

  /** Whatever became of a test: the org is as it was, and nothing syncs. */
  afterEach(async () => {
    await control(scene.ready, 'DELETE /faults');
    await control(scene.ready, 'POST /usage', { used: 0 });
    for (const org of ['ready', 'fresh']) await workbench.endSync(org);
  });

  it('sees how far it is: files, bytes, rows, rate, calls and the time left', async () => {
    // However little the org logs on a day like this: it is not over before it is looked at.
    await control(scene.ready, 'POST /dataset', { kind: 'large-file', eventType: 'Login', bytes: 200_000 });
    await control(scene.ready, 'POST /faults', { kind: 'trickle', bytesPerSecond: 250, path: '/LogFile' });
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, syncing, ').waitFor();
    const size = String.raw`[\d.]+ k?B`;
    const told = new RegExp(
      String.raw`Event log files: \d+ files?, ${size}, [\d,]+ rows · ${size}/s · \d+ calls · about \d+ (?:s|min) left`,
    );
    await workbench.page.locator('.notification-toast', { hasText: told }).waitFor();
    await workbench.unfold('ready, syncing, ');
    await workbench.treeRows('Event log files, syncing, ').waitFor();
    await workbench.run('Orgwatch: Cancel Sync');
    await workbench.treeRows('ready, not complete yet').waitFor();
  });

  it('syncs one source from its row, and that alone', async () => {
    using ledger = openLedger(path.join(scene.workspace, '.orgwatch'), scene.ready.orgId);
    const before = ledger.runs.latest(1)[0]?.id ?? 0;
    const runs = await workbench.rowsIn('Runs').count();
    await workbench.unfold('ready, ');
    await workbench.act('Setup changes, ', 'Sync Source');
    await workbench.rowsIn('Runs').nth(runs).waitFor();
    await workbench.rowsIn('Runs', 'Running').waitFor({ state: 'hidden' });
    assert.deepEqual(
      ledger.runs.sourcesOf(before + 1).map(({ source, state }) => [source, state]),
      [['setup_audit_trail', 'done']],
    );
  });

  it('reads in tree and status bar that a source which had events shows none any more', async () => {
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, synced ').waitFor();
    const body = JSON.stringify({ totalSize: 0, done: true, records: [] });
    await control(scene.ready, 'POST /faults', { kind: 'answer', path: 'FROM(?:\\+|%20)LoginHistory', body });
    await workbench.act('ready, ', 'Sync Now');
    await workbench.toasts('Show Log').getByRole('button', { name: 'Clear Notification' }).click();
    await workbench.unfold('ready, sync incomplete');
    await workbench.treeRows('It has brought ').waitFor();
    const status = workbench.status('ready: sync incomplete');
    await status.waitFor();
    assert.match((await status.getAttribute('class')) ?? '', /warning/);
  });

  it('reads a quota that is used up as a pause, in no warning colour, and why', async () => {
    const { max } = await control<{ max: number }>(scene.ready, 'GET /usage');
    await control(scene.ready, 'POST /usage', { used: Math.ceil(max * 0.9) });
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, paused until ').waitFor();
    await workbench.tab('ready – Sync').waitFor();
    await workbench.treeRows('ready, ').locator('.codicon-debug-pause').waitFor();
    await workbench.unfold('ready, paused until ');
    await workbench.treeRows('The calls above the reserve are used up.').waitFor();
    const status = workbench.status('ready: paused until ');
    await status.locator('.codicon-debug-pause').waitFor();
    assert.doesNotMatch((await status.getAttribute('class')) ?? '', /warning|error/);
    assert.equal(await workbench.toasts('Show Log').count(), 0);
  });

  it('finds in Runs which source brought nothing, why, and what to do', async () => {
    await syncedFresh();
    const run = workbench.rowsIn('Runs').first();
    await run.getByText('Failed').waitFor();
    await run.locator('.monaco-tl-twistie').click();
    await workbench.rowsIn('Runs', 'Public file links').locator('.monaco-tl-twistie').click();
    await workbench.treeRows('Salesforce shows no public links to this account').waitFor();
    await workbench.treeRows('Run `orgwatch verify`: it says how to switch it on.').waitFor();
  });

  it('gets at a prerequisite that fails the remedies for it', async () => {
    for (const view of ['Runs', 'Queries']) await workbench.fold(view);
    await workbench.pick('Orgwatch: Verify Prerequisites', 'fresh', workbench.tab('fresh – Verify'));
    await workbench.unfold('fresh, ');
    const failing = workbench.treeRows('Prerequisites, ').and(workbench.page.locator('[aria-label*=" failed"]'));
    await failing.locator('.monaco-tl-twistie').click();
    const prerequisite = 'The connector profile is deployed and assigned, Fail';
    await workbench.act(prerequisite, 'Show Remedy');
    await workbench.dialog().waitFor();
    const buttons = await workbench.dialog().getByRole('button').allInnerTexts();
    assert.deepEqual(buttons.filter(Boolean).sort(), ['Cancel', 'Copy Command', 'Open Setup', 'Prepare Org']);
    await workbench.press('Cancel');
  });

  it('sees an org that does not answer as that, and when it is tried again', async () => {
    await scene.fresh.unplug();
    await workbench.act('fresh, ', 'Sync Now');
    await workbench.toasts('does not answer').waitFor();
    await workbench.treeRows('fresh, does not answer').locator('.codicon-debug-disconnect').waitFor();
    await workbench.status('fresh: does not answer').waitFor();
    await workbench.unfold('fresh, does not answer');
    await workbench.treeRows('Check that http://127.0.0.1').waitFor();
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });

  /** A sync of the fresh org has brought what there is. */
  async function syncedFresh(): Promise<void> {
    await workbench.act('fresh, ', 'Sync Now');
    await workbench.tab('fresh – Sync').waitFor();
  }
});
