import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { KnownLakes } from '../../extension/lake/known-lakes.ts';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { holdLease } from '../../extension/sync/lease.ts';
import { openSf } from '../support/sf.ts';
import { control } from '../support/control.ts';
import { uncaughtIn } from './logs.ts';
import { makeDue } from './make-due.ts';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

/** What a person may call an org and a folder. */
const ALIAS = `<b>O'Neil</b> "שלום" 😀`;
const FOLDER = `It's "a" 😀 [1] שלום 100 %20 #x`;

const SETTINGS = { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login'] };

describe('faults that a person meets', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;
  let ledger: Ledger;
  let dataDir: string;

  before(async () => {
    scene = await openScene();
    const workspace = path.join(scene.folder, FOLDER);
    await rename(scene.workspace, workspace);
    dataDir = path.join(workspace, '.orgwatch');
    await callFresh(scene, ALIAS);
    await new Storage(lakePaths(dataDir, scene.ready.orgId)).prepare();
    ledger = openLedger(dataDir, scene.ready.orgId);
    // VS Code is started with another state folder than this process.
    new KnownLakes(scene.ready.orgId, scene.env['ORGWATCH_STATE_DIR']).add(ledger.identity.id(), ledger.paths.folder);
    window = await openWindow({ ...scene, workspace }, SETTINGS);
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    ledger?.[Symbol.dispose]();
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await workbench.calm();
    await workbench.openContainer('Orgwatch');
  });

  afterEach(async () => await control(scene.ready, 'DELETE /faults'));

  it('names with quotes, right-to-left, emoji and HTML: told as they are', async () => {
    await workbench.pick('Orgwatch: Verify Prerequisites', ALIAS, workbench.tab('😀 – Verify'));
    await workbench
      .webview()
      .getByRole('heading', { name: `Verify ${ALIAS}` })
      .waitFor();
    await workbench.treeRows(ALIAS.replaceAll('"', '\\"')).waitFor();
  });

  it('a session that ended and cannot be renewed: one message, which logs in again', async () => {
    await control(scene.fresh, 'POST /expire-sessions', {});
    const toast = workbench.toasts('has expired');
    await workbench.pick('Orgwatch: Verify Prerequisites', ALIAS, toast);
    await toast.getByRole('button', { name: 'Authorize in Terminal' }).waitFor();
    await toast.getByRole('button', { name: 'Clear Notification' }).click();
  });

  it('another process syncs: the window says who, does not sync, and sees when it has ended', async () => {
    const held = holdLease(ledger, systemClock, silentLog);
    await workbench.unfold('ready, another window syncs');
    await workbench.treeRows(`Being synced by process ${process.pid} on`).waitFor();
    const toast = workbench.toasts(`process ${process.pid} on`);
    await workbench.pick('Orgwatch: Sync Now', 'ready', toast);
    await toast.getByRole('button', { name: 'Clear Notification' }).click();
    assert.deepEqual(ledger.runs.latest(1), []);
    held[Symbol.dispose]();
    await workbench.treeRows('ready, not synced yet').waitFor();
  });

  it('the window is closed during a sync: the next one goes on, and nothing is there twice', async () => {
    await slowDown(scene, 100_000);
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, syncing').waitFor();
    await workbench.reopen();
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('ready, ').waitFor();
    await workbench.treeRows('ready, another window syncs').waitFor({ state: 'hidden' });
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, synced ').waitFor();
    await workbench.tab('ready – Sync').waitFor();
    assert.equal(ledger.runs.latest(1)[0]?.outcome, 'done');
    await using worker = openLakeWorker({ dataFolder: lakePaths(dataDir, scene.ready.orgId).folder });
    for (const table of ['login_history', 'setup_audit_trail', 'event_log']) {
      const sql = `SELECT count(*), count(DISTINCT event_key) FROM ${table}`;
      const { rows } = await worker.query({ sql, units: ledger.units.published() });
      const [all, distinct] = rows[0] ?? [];
      assert.ok(Number(all) > 0, table);
      assert.equal(all, distinct, table);
    }
  });

  it('two windows on one folder: what is due is synced by one of them', async () => {
    const other = await window.another(true);
    await other.openContainer('Orgwatch');
    const windows = [workbench, other];
    for (const each of windows) await each.treeRows('ready, synced ').waitFor();
    const before = ledger.runs.latest(1)[0]?.id;
    for (const each of windows) await each.run('Orgwatch: Pause Scheduled Sync');
    makeDue(ledger, scene.ready, Date.now());
    await slowDown(scene, 60_000);
    for (const each of windows) await each.run('Orgwatch: Resume Scheduled Sync');
    for (const each of windows)
      await each.treeRows('ready, syncing').or(each.treeRows('ready, another window syncs')).waitFor();
    const syncing = await Promise.all(windows.map((each) => each.treeRows('ready, syncing').count()));
    assert.deepEqual(syncing.toSorted(), [0, 1]);
    for (const each of windows) await each.treeRows('ready, synced ').waitFor();
    assert.deepEqual(
      ledger.runs.latest(2).map(({ id }) => id === before),
      [false, true],
    );
    await other.page.close();
  });

  it('the authorization was revoked in the org: one message, which logs in again', async () => {
    await revoke(scene);
    const toast = workbench.toasts('the org refused to renew it');
    await workbench.pick('Orgwatch: Sync Now', 'ready', toast);
    await toast.getByRole('button', { name: 'Authorize in Terminal' }).waitFor();
    await toast.getByRole('button', { name: 'Clear Notification' }).click();
    await workbench.treeRows('ready, not authorized').waitFor();
  });

  it('logged out in the terminal: the org says so, and keeps its events', async () => {
    const sf = await openSf({ home: path.join(scene.folder, 'home') });
    await sf.json(['org', 'logout', '--target-org', scene.ready.username, '--no-prompt']);
    await workbench.unfold(`${scene.ready.username}, not authorized`);
    await workbench.treeRows('Sources, ').waitFor();
    await workbench.treeRows('Authorize the org again').waitFor();
  });

  it('no folder is open: one message, which opens one', async () => {
    const empty = await window.another(false);
    await empty.run('Orgwatch: Sync Now');
    await empty.toasts('no folder is open').getByRole('button', { name: 'Open Folder' }).waitFor();
    await empty.page.close();
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});

/** Gives the fresh org another alias than sf would take in a test. */
async function callFresh(scene: Scene, alias: string): Promise<void> {
  const file = path.join(scene.folder, 'home/.sfdx/alias.json');
  const { orgs } = JSON.parse(await readFile(file, 'utf8')) as { orgs: Record<string, string> };
  const { fresh, ...others } = orgs;
  await writeFile(file, JSON.stringify({ orgs: { ...others, [alias]: fresh } }));
}

/** Sessions end, and the app that new ones are asked for with is not the one that the org knows any more. */
async function revoke({ ready }: Scene): Promise<void> {
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { clientId } = ready.jwt;
  await control(ready, 'POST /connected-app', { clientId, publicKey });
  await control(ready, 'POST /expire-sessions', {});
}

/** The org keeps the next query waiting. */
async function slowDown({ ready }: Scene, milliseconds: number): Promise<void> {
  const slow = { kind: 'latency', milliseconds, path: '/query', count: 1 };
  await control(ready, 'POST /faults', slow);
}
