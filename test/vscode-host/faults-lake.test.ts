import assert from 'node:assert/strict';
import { copyFileSync, existsSync, globSync, mkdirSync, renameSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { ENDLESS, openLakeScene, ORG_ID, USERNAME, type LakeScene } from './lake-scene.ts';
import { uncaughtIn } from './logs.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

const SQL = `SELECT count(DISTINCT event_type) || ' types' AS said FROM event_log`;

describe('faults of a lake that a person looks at', function () {
  this.timeout(600_000);
  let scene: LakeScene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openLakeScene();
    addTypes(scene.dataDir, 1000);
    window = await openWindow(scene, {
      'orgwatch.worker.memory': 512,
      'workbench.editor.useModal': 'off',
    });
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('a folder that is trusted: its events are shown', async () => {
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows(`${USERNAME}, not authorized`).waitFor();
  });

  it('the lake worker cannot be started: said so, and the next question tries again', async () => {
    const [file] = globSync('code-server/extensions/orgwatch*/dist/worker-process-*.js', { cwd: scene.folder });
    assert.ok(file);
    const module = path.join(scene.folder, file);
    renameSync(module, `${module}.away`);
    await workbench.run('View: Close All Editors');
    await workbench.run('Orgwatch: New Query');
    await workbench.write('SELECT count(*) AS events FROM setup_changes');
    await workbench.run('Orgwatch: Run Query');
    const grid = await workbench.webviewWith('.note[role="alert"]');
    await grid.getByText('The lake worker could not be started').waitFor();
    await grid.getByText('Reload the window, and run it again.').waitFor();
    renameSync(`${module}.away`, module);
    await grid.getByRole('button', { name: 'Run again' }).click();
    await grid.locator('[role="gridcell"]').getByText('90', { exact: true }).waitFor();
  });

  it('a thousand event types: one query over all of them, within the memory that is set', async () => {
    await workbench.write(SQL);
    await workbench.run('Orgwatch: Run Query');
    const grid = await workbench.webviewWith('[role="gridcell"]');
    await grid.locator('[role="gridcell"]').getByText('1007 types', { exact: true }).waitFor();
    const [worker] = await window.processes('lake-worker.js');
    assert.match(readFileSync(`/proc/${String(worker)}/cmdline`, 'utf8'), /"memoryLimitMb":512\b/);
  });

  it('the lake worker dies under a query: said so, and the next question has another one', async () => {
    const grid = await workbench.webviewWith('[role="gridcell"]');
    await workbench.write(ENDLESS);
    await workbench.run('Orgwatch: Run Query');
    await grid.getByRole('progressbar').waitFor();
    const [worker] = await window.processes('lake-worker.js');
    assert.ok(worker);
    process.kill(worker, 'SIGKILL');
    await grid.getByRole('alert').getByText('The lake worker ended (SIGKILL)').waitFor();
    await grid.getByRole('alert').getByText('Run the query again.', { exact: false }).waitFor();
    await workbench.write(SQL);
    await workbench.run('Orgwatch: Run Query');
    await grid.locator('[role="gridcell"]').getByText('1007 types', { exact: false }).waitFor();
  });

  it('the data folder is moved away: each says so, nothing is made in its place, and it can be put back', async () => {
    await workbench.run('Orgwatch: Open Dashboard');
    const dashboard = await workbench.webviewWith('#sign-ins-by-country .bar');
    const grid = await workbench.webviewWith('[role="grid"]');
    const elsewhere = `${scene.dataDir}-elsewhere`;
    renameSync(scene.dataDir, elsewhere);
    await workbench.treeRows(USERNAME).waitFor({ state: 'hidden' });
    await dashboard.locator('#refresh').click();
    await dashboard.locator('#public-links-by-protection').getByText('The events are no longer in').waitFor();
    await dashboard.locator('#freshness[aria-busy="false"]').waitFor();
    await grid.getByRole('button', { name: 'Run again' }).click();
    await grid.getByText('Put the folder back, or sync the org again.').waitFor();
    assert.ok(!existsSync(scene.dataDir));
    renameSync(elsewhere, scene.dataDir);
    await workbench.treeRows(USERNAME).waitFor();
    await dashboard.locator('#refresh').click();
    await dashboard.locator('#sign-ins-by-country .bar').first().waitFor();
    await grid.getByRole('button', { name: 'Run again' }).click();
    await grid.locator('[role="gridcell"]').first().waitFor();
  });

  it('a lake of a newer version: left as it is, with what to do', async () => {
    using database = new DatabaseSync(lakePaths(scene.dataDir, ORG_ID).ledger);
    database.exec('PRAGMA user_version = 999');
    await workbench.treeRows(`${ORG_ID}, written by a newer Orgwatch`).waitFor();
    await workbench.run('Orgwatch: Open Dashboard');
    await workbench.toasts('was written by a newer Orgwatch. Update Orgwatch on this machine.').waitFor();
    assert.equal(Number(database.prepare('PRAGMA user_version').get()?.['user_version']), 999);
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});

/** So many more event types, each with the events of one that is there. */
function addTypes(dataDir: string, count: number): void {
  using ledger = openLedger(dataDir, ORG_ID);
  const [unit] = ledger.units.ofType('event_log', 'URI');
  assert.ok(unit);
  ledger.transaction(() => {
    for (let number = 0; number < count; number++) {
      const eventType = `Type${number}`;
      const file = unit.path.replace(`event_type=${unit.eventType}`, `event_type=${eventType}`);
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      copyFileSync(unit.path, file);
      ledger.units.put({ ...unit, eventType, path: file }, Date.now());
    }
  });
}
