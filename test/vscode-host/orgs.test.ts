import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { DAY, MINUTE, utcDate } from '../../extension/shared/utc.ts';
import { control } from '../support/control.ts';
import { uncaughtIn } from './logs.ts';
import { openScene, type Scene } from './scene.ts';
import { until, untilDone } from './until.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

describe('a person with the Orgwatch views', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;
  let dataDir: string;

  before(async () => {
    scene = await openScene();
    dataDir = path.join(scene.workspace, '.orgwatch');
    window = await openWindow(scene, { 'orgwatch.backfill.days': 3 });
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await workbench.calm();
    await workbench.openContainer('Orgwatch');
  });

  afterEach(async () => await control(scene.ready, 'DELETE /faults'));

  it('sees every org that sf is authorized for, and that nothing is known of it yet', async () => {
    await workbench.treeRows('fresh, not synced yet').waitFor();
    await workbench.unfold('ready, not synced yet');
    await workbench.treeRows('Prerequisites, not verified yet').waitFor();
  });

  it('verifies from the tree, and finds each prerequisite there with its outcome', async () => {
    await workbench.unfold('ready, ');
    await workbench.act('Prerequisites, ', 'Verify Prerequisites');
    await workbench.tab('ready – Verify').waitFor();
    await workbench.unfold('Prerequisites, ');
    await workbench.treeRows('Permission: API Enabled, Pass').waitFor();
    assert.match((await workbench.treeRows('Prerequisites, ').getAttribute('aria-label')) ?? '', /\d+ passed/);
  });

  it('acts on the row that was clicked, also while the views are read anew', async () => {
    await workbench.unfold('ready, ');
    const report = workbench.tab('ready – Verify');
    const row = workbench.treeRows('Prerequisites, ');
    const refresh = workbench.viewHeader('Orgs').getByRole('button', { name: 'Refresh' });
    for (let time = 1; time <= 5; time += 1) {
      await workbench.run('View: Close All Editors');
      await report.waitFor({ state: 'hidden' });
      const action = row.locator('.actions [aria-label="Verify Prerequisites"]');
      await untilDone(async () => {
        await row.hover({ timeout: 5_000 });
        await action.waitFor({ timeout: 5_000 });
      });
      const box = await action.boundingBox();
      assert.ok(box);
      await workbench.viewHeader('Orgs').hover();
      await refresh.click();
      await workbench.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await report.or(workbench.quickInput()).waitFor();
      assert.equal(await workbench.quickInput().count(), 0, 'asks for an org, although one was clicked');
      await workbench.webview().getByRole('heading').first().waitFor();
    }
  });

  it('cancels a sync that the org keeps waiting, and everything is as it was', async () => {
    const slow = { kind: 'latency', milliseconds: 120_000, path: '/query' };
    await control(scene.ready, 'POST /faults', slow);
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, syncing').waitFor();
    await workbench.status('ready: syncing').waitFor();
    await workbench.toasts('Syncing ready').getByRole('button', { name: 'Cancel' }).click();
    await workbench.treeRows('ready, not complete yet').waitFor();
    await workbench.toasts('Syncing ready').waitFor({ state: 'hidden' });
    await workbench.page.locator('.monaco-list-row', { hasText: /Cancelled · 0 rows, \d+ calls/ }).waitFor();
    using ledger = openLedger(dataDir, scene.ready.orgId);
    assert.equal(ledger.lease.holder(Date.now()), undefined);
  });

  it('syncs, and reads in the tree and the status bar how fresh each source is', async () => {
    await synced();
    // The tree has rows for as much as there is room for.
    for (const view of ['Runs', 'Queries']) await workbench.fold(view);
    await workbench.status('ready: synced ').waitFor();
    const signIns = workbench.treeRows('Sign-ins, ').first();
    await signIns.waitFor();
    assert.match((await signIns.getAttribute('aria-label')) ?? '', /(just now|minutes? ago) · [1-9][\d,]* rows/);
    assert.match((await workbench.treeRows('API calls, ').getAttribute('aria-label')) ?? '', /[\d,]+ of [\d,]+ used/);
  });

  it('finds the schedule on after the first sync, pauses it, and lets it go on', async () => {
    await synced();
    const status = workbench.status('ready: synced ');
    await status.hover();
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'API calls' });
    await hover.getByText('Next run at').waitFor();

    const source = workbench.page.locator('.monaco-hover:visible', { hasText: 'login_history' });
    const pointAtSource = async () => {
      // While one hover is there, no other comes.
      await workbench.page.mouse.move(700, 300);
      await workbench.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
      await workbench.treeRows('Sign-ins, ').first().hover({ timeout: 10_000 });
    };
    await until(source.filter({ hasText: 'Next run at' }), pointAtSource);
    const [, said = ''] = /Next run at (.+)\./.exec(await source.innerText()) ?? [];
    using ledger = openLedger(dataDir, scene.ready.orgId);
    const due = (ledger.runs.lastOf('login_history')?.endedAt ?? NaN) + 15 * MINUTE;
    assert.ok(
      clocksFrom(due).some((clock) => said.endsWith(clock)),
      `${said}, and not ${clocksFrom(due).join(', ')}`,
    );

    await until(hover, () => status.hover());
    await hover.getByText('Pause Schedule').click();
    await until(source.filter({ hasNotText: 'Next run at' }), pointAtSource);
    await workbench.run('Orgwatch: Resume Scheduled Sync');
    await workbench.quickInput().waitFor({ state: 'hidden' });
  });

  it('prunes: reads what would go, deletes nothing unless that is confirmed, and then what is old is gone', async () => {
    const { folder } = lakePaths(dataDir, scene.ready.orgId);
    const first = utcDate(Date.now() - DAY);
    const old = () =>
      // Of public links, the newest version of each stays.
      globSync(['lake/{login_history,event_log}/**/event_date=*', 'raw/event_log/*/*'], { cwd: folder }).filter(
        (name) => name.slice(-10) < first,
      );
    const prune = async () => {
      await workbench.run('Orgwatch: Prune');
      await workbench.quickInput().getByText('Delete events that are older than').waitFor();
      await workbench.input().fill('1');
      await workbench.input().press('Enter');
      await workbench.dialog().getByText(`Delete the events of ready before ${first}?`).waitFor();
    };
    await synced();
    const before = old();
    assert.ok(before.length > 0);
    await prune();
    await workbench.tab('ready – Prune').waitFor();
    const [would] = /[\d,]+ files, [\d.]+ \w+/.exec(await workbench.dialog().innerText()) ?? [];
    await workbench.webview().getByText(`Would delete ${would}. Nothing was deleted.`).waitFor();
    await workbench.press('Cancel');
    await prune();
    assert.deepEqual(old(), before);
    await workbench.press('Delete');
    await workbench.webview().getByText(`Deleted ${would}. The next sync does not fetch them again.`).waitFor();
    assert.deepEqual(old(), []);
  });

  it('selects an org, and whatever is done next is done with that one, unasked', async () => {
    await synced();
    await workbench.run('Orgwatch: Select Org');
    await workbench.choose('fresh');
    await workbench.run('Orgwatch: Check Lake');
    // There is a lake of another org only.
    await workbench.rows('ready').waitFor();
    await workbench.calm();
    await workbench.run('Orgwatch: Sync Now');
    await workbench.tab('fresh – Sync').waitFor();
    await workbench.run('Orgwatch: New Query');
    await workbench.codeLens(`Run on ${scene.fresh.username}`).waitFor();

    await workbench.run('Orgwatch: Select Org');
    await workbench.choose('ready');
    await workbench.codeLens(`Run on ${scene.ready.username}`).waitFor();
    await workbench.run('Orgwatch: Run Query');
    const grid = await workbench.webviewWith('[role="grid"]');
    await grid.locator('.bar').getByText(scene.ready.username, { exact: true }).waitFor({ state: 'attached' });
    await workbench.run('Orgwatch: Open Dashboard');
    await workbench.tab(`${scene.ready.username} – Dashboard`).waitFor();
    await workbench.run('Orgwatch: Check Lake');
    await workbench.tab('ready – Check').waitFor();
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });

  /** The events of the prepared org are here, whatever became of the tests before. */
  async function synced(): Promise<void> {
    await workbench.treeRows('ready, syncing').waitFor({ state: 'hidden', timeout: 300_000 });
    if ((await workbench.treeRows('ready, synced ').count()) > 0) return;
    await workbench.pick('Orgwatch: Sync Now', 'ready', workbench.syncOf('ready'));
    await workbench.treeRows('ready, synced ').waitFor({ timeout: 300_000 });
    await workbench.unfold('ready, ');
  }
});

/** The clock of a minute and the two after it, as VS Code says it: the schedule does not start all orgs together. */
function clocksFrom(time: number): readonly string[] {
  return [0, 1, 2].map((minutes) =>
    new Date(time + minutes * MINUTE).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' }),
  );
}
