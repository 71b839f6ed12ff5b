import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { runCli } from '../cli/cli.ts';
import { control } from '../support/control.ts';
import { uncaughtIn } from './logs.ts';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';
import { Walkthrough } from './walkthrough.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

describe('an administrator, the whole way from an org that nobody prepared to a file of its events', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    await scene.authorizeAdmin();
    window = await openWindow(scene, { 'workbench.editor.enablePreview': false, 'orgwatch.backfill.days': 2 });
    workbench = window.workbench;
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await workbench.calm();
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('ready, ').waitFor();
  });

  it('opens the walkthrough, where the first step is done already and the others are not', async () => {
    // Orgwatch is awake before VS Code loads the walkthrough.
    const walkthrough = await Walkthrough.open(workbench);
    await walkthrough.step('connect', true).waitFor();
    for (const step of ['prepare', 'verify', 'sync', 'look'] as const)
      assert.ok(await walkthrough.step(step, false).count(), step);
  });

  it('prepares the org: picks the account, tries it dry, confirms, reads before and after, and has the step ticked', async () => {
    const walkthrough = await Walkthrough.open(workbench);
    await walkthrough.press('prepare', 'Prepare Org', workbench.rows('chief'));
    await workbench.choose('chief');
    await workbench.choose(scene.fresh.username);
    await workbench.choose('All that the connector reads');
    await workbench.rows('Deploy the connector profile').waitFor();
    const offered = await workbench.quickInput().innerText();
    assert.match(offered, /Deploying a profile gives it to nobody/, 'each step says why');
    await workbench.tab('chief – Prepare').waitFor();
    await workbench.accept();

    const question = await workbench.dialog().innerText();
    assert.match(question, /Prepare “.+” \(production\) as chief\?/);
    assert.match(question, /Deploy the connector profile/);
    await workbench.press('Dry Run');
    await workbench.webview().getByText('The dry run went through. Nothing was changed.').waitFor();
    assert.equal(await deployments(scene), 0, 'a dry run changes nothing');

    await workbench.press('Prepare');
    await workbench.webview().getByText('Done: events can flow.').waitFor();
    const report = await workbench.webview().locator('body').innerText();
    assert.match(report, /Verify before and after/);
    assert.match(report, /The connector profile is deployed and assigned\s+Fail\s+Pass/);
    assert.match(report, /Permission: View All Data\s+Fail\s+Pass/);
    assert.equal(await deployments(scene), 1);
    await walkthrough.show();
    await walkthrough.step('prepare', true).waitFor();
  });

  it('verifies from the walkthrough as the account that collects', async () => {
    await prepared(scene);
    const walkthrough = await Walkthrough.open(workbench);
    await walkthrough.press('verify', 'Verify Prerequisites', workbench.rows('fresh'));
    await workbench.choose('fresh');
    await workbench.tab('fresh – Verify').waitFor();
    await workbench.webview().getByText('vents can flow').waitFor();
    await walkthrough.show();
    await walkthrough.step('verify', true).waitFor();
  });

  it('syncs from the walkthrough', async () => {
    await prepared(scene);
    const walkthrough = await Walkthrough.open(workbench);
    await until(workbench.syncOf('fresh'), async () => {
      await walkthrough.press('sync', 'Sync Now', workbench.rows('fresh'));
      await workbench.choose('fresh');
    });
    await workbench.tab('fresh – Sync').waitFor({ timeout: 300_000 });
    await workbench.webview().getByText('Sign-ins', { exact: true }).waitFor();
    assert.ok(existsSync(ledgerOf(scene)));
    await walkthrough.show();
    await walkthrough.step('sync', true).waitFor();
  });

  it('opens the dashboard, which is the last tick, and gets the rows behind a bar by a click', async () => {
    await synced(scene);
    const walkthrough = await Walkthrough.open(workbench);
    await walkthrough.press('look', 'Open Dashboard', workbench.tab('– Dashboard'));
    const bar = workbench.webview().locator('#sign-ins-by-country .bar').first();
    const [, success, failure] =
      /: ([\d,]+) Success, ([\d,]+) Failure/.exec((await bar.getAttribute('aria-label')) ?? '') ?? [];
    await bar.click();
    assert.equal(await rowsShown(workbench), count(success) + count(failure), 'every sign-in that the bar stands for');
    await walkthrough.show();
    await walkthrough.step('look', true).waitFor();
  });

  it('syncs with the dashboard in the background, which has the new sign-ins when it is back', async () => {
    await synced(scene);
    await workbench.run('Orgwatch: Open Dashboard');
    await workbench.tab('– Dashboard').waitFor();
    const before = await signInsTold(workbench);
    await Walkthrough.open(workbench);
    await control(scene.fresh, 'POST /dataset', { kind: 'logins', count: 500 });
    const runs = await workbench.rowsIn('Runs').count();
    await workbench.pick('Orgwatch: Sync Now', 'fresh', workbench.rowsIn('Runs').nth(runs));
    await workbench.rowsIn('Runs', 'Running').waitFor({ state: 'hidden' });
    await workbench.tab('– Dashboard').click();
    const shown = await signInsTold(workbench);
    assert.ok(shown >= before + 500, `${shown} sign-ins, and ${before} before`);
  });

  it('runs a query that comes with Orgwatch, and exports its rows', async () => {
    await synced(scene);
    await workbench.fold('Runs');
    await workbench.treeRows('Events by day and source').click();
    await workbench.codeLens('Run on').click();
    await workbench.tab('Events by day and source').nth(1).waitFor();
    const rows = await rowsShown(workbench);
    assert.ok(rows >= 2, `${rows} days`);
    await workbench.webview().getByRole('button', { name: 'Export…' }).click();
    await workbench.choose('CSV');
    const file = path.join(scene.workspace, 'Events-by-day-and-source.csv');
    await workbench.saveAs(file);
    await workbench.toasts(`${path.basename(file)}: ${rows} rows`).waitFor();
    const [head = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
    assert.match(head, /event_date.*sign_ins.*setup_changes.*events/);
    assert.equal(lines.length, rows);
  });

  it('takes it back: sees who has the profile, and removes what nobody holds', async () => {
    await prepared(scene);
    await workbench.pick('Orgwatch: Unprepare Org', 'chief', workbench.rows('Defender_for_Cloud_Apps_Connector'));
    const offered = await workbench.quickInput().innerText();
    assert.ok(offered.includes(`Held by ${scene.fresh.username}`));
    await workbench.accept();
    assert.match(await workbench.dialog().innerText(), /\(production\) as chief\?/);
    await workbench.press('Remove');
    await workbench.webviewWith('text="Removed."');
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});

/** The org is prepared, whatever became of the test that prepares it. */
async function prepared(scene: Scene): Promise<void> {
  if ((await deployments(scene)) > 0) return;
  await cli(scene, 'prepare', '--target-org', 'chief', '--service-account', scene.fresh.username, '--yes');
}

/** The events of the prepared org are there, whatever became of the tests before. */
async function synced(scene: Scene): Promise<void> {
  await prepared(scene);
  if (existsSync(ledgerOf(scene))) return;
  await cli(scene, 'sync', '--target-org', 'fresh', '--days', '2');
}

async function cli({ env, workspace }: Scene, ...args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await runCli(args, { env, cwd: workspace });
  assert.equal(exitCode, 0, `${args.join(' ')}\n${stdout}${stderr}`);
}

function ledgerOf({ workspace, fresh }: Scene): string {
  return path.join(workspace, '.orgwatch', fresh.orgId, 'ledger.sqlite');
}

/** How many rows the grid says that it holds. */
async function rowsShown(workbench: Workbench): Promise<number> {
  return count((await workbench.webview().locator('.bar .count').innerText()).split(' ')[0]);
}

/** How many sign-ins the dashboard says that there are. */
async function signInsTold(workbench: Workbench): Promise<number> {
  const dashboard = await workbench.webviewWith('#freshness td');
  const cells = dashboard.locator('#freshness tr', { hasText: 'Sign-ins' }).locator('td');
  return count(await cells.last().innerText());
}

function count(text = ''): number {
  return Number(text.replaceAll(',', ''));
}

/** How many connector profiles the org has. */
async function deployments({ fresh }: Scene): Promise<number> {
  const state = JSON.stringify(await control(fresh, 'GET /state'));
  return state.includes('"Defender for Cloud Apps Connector"') ? 1 : 0;
}
