import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { openLedger, type Ledger } from '../../extension/lake/ledger.ts';
import { LEASE_STALE_MS } from '../../extension/lake/ledger-lease.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { holdLease } from '../../extension/sync/lease.ts';
import type { TrafficReport } from '../simulated-org/accounting/traffic.ts';
import type { Fault, FaultInput } from '../simulated-org/http/faults.ts';
import { control } from '../support/control.ts';
import { uncaughtIn } from './logs.ts';
import { makeDue } from './make-due.ts';
import { openScene, type Scene } from './scene.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

/** Files that come late, and how many of them land before the sync is stopped. */
interface Late {
  readonly late: number;
  readonly landed: number;
}

describe('faults in the middle of a sync that a person started', function () {
  this.timeout(600_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;
  let dataDir: string;

  before(async () => {
    scene = await openScene();
    dataDir = path.join(scene.workspace, '.orgwatch');
    await mkdir(dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dataDir]);
    window = await openWindow(scene, { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login'] });
    workbench = window.workbench;
    await workbench.seeAllRows();
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    if (dataDir) execFileSync('umount', [dataDir]);
    await scene?.[Symbol.asyncDispose]();
  });

  it('the disk is full: one message with what to do, and with space again the next sync brings all', async () => {
    await workbench.openContainer('Orgwatch');
    try {
      await told('There is no space left for', () => workbench.act('ready, ', 'Sync Now'), 'Free some space and run');
      await workbench.unfold('ready, sync failed');
      await workbench.treeRows('Free some space and run the same command again; what came is kept.').waitFor();
    } finally {
      execFileSync('mount', ['-o', 'remount,size=64m', dataDir]);
    }
    await workbench.rowsIn('Runs').first().getByText(endOfLatest()).waitFor();
    await syncs();
    await isSound();
  });

  it('the network is gone: one message with what to do, and once it is back the next sync goes on', async () => {
    await rested();
    await stopInTheMiddle({ late: 3, landed: 1 }, async () => await scene.ready.unplug());
    try {
      await told('does not answer', () => Promise.resolve(), 'can be reached from this machine');
      await workbench.unfold('ready, does not answer');
      await workbench.treeRows(`Check that ${scene.ready.instanceUrl} can be reached`).waitFor();
      await workbench.rowsIn('Runs').first().getByText('Failed').waitFor();
    } finally {
      await scene.ready.plugIn();
    }
    await goesOn({ late: 3, landed: 1 });
  });

  it('VS Code is killed: the run is shown as interrupted, and the next sync goes on', async () => {
    await rested();
    await stopInTheMiddle({ late: 5, landed: 2 }, async () => await window.kill());
    await window.restart();
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('ready, synced ').waitFor();
    await workbench.rowsIn('Runs').first().getByText('Interrupted').waitFor();
    await goesOn({ late: 5, landed: 2 });
    await workbench.rowsIn('Runs').nth(1).getByText('Interrupted').waitFor();
  });

  it('the machine sleeps past a scheduled sync: it runs after waking, once', async () => {
    await rested();
    const runs = await workbench.rowsIn('Runs').count();
    using ledger = openLedger(dataDir, scene.ready.orgId);
    await workbench.run('Orgwatch: Pause Scheduled Sync');
    const due = Date.now() + 8_000;
    makeDue(ledger, scene.ready, due);
    await workbench.run('Orgwatch: Resume Scheduled Sync');
    await asleep(async () => await delay(Math.max(0, due - Date.now())));
    await workbench.rowsIn('Runs').nth(runs).waitFor();
    await workbench.rowsIn('Runs').first().getByText('Running').waitFor({ state: 'hidden' });
    await workbench.treeRows('ready, synced ').waitFor();
    assert.deepEqual(
      ledger.runs.sourcesOf(ledger.runs.latest(1)[0]?.id ?? 0).map(({ source, state }) => [source, state]),
      [['login_history', 'done']],
    );
  });

  it('the machine sleeps so long that another process takes over: one message, and nothing is there twice', async () => {
    await rested();
    using ledger = openLedger(dataDir, scene.ready.orgId);
    let taken: Disposable | undefined;
    await stopInTheMiddle({ late: 2, landed: 1 }, async () => await asleep(() => void (taken = takeOver(ledger))));
    await told('another one took over', () => Promise.resolve(), 'Run it again when the other one has ended.');
    await workbench.treeRows('ready, another window syncs').waitFor();
    taken?.[Symbol.dispose]();
    await goesOn({ late: 2, landed: 1 });
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });

  /** Something leads to one message with a next step, which is then cleared away. */
  async function told(message: string, act: () => Promise<void>, step: string): Promise<void> {
    const toast = workbench.toasts(message);
    await act();
    await toast.waitFor();
    assert.equal(await toast.count(), 1);
    assert.match(await toast.innerText(), new RegExp(step));
    await toast.getByRole('button', { name: 'Clear Notification' }).click();
    await toast.waitFor({ state: 'hidden' });
  }

  /** The last few bytes of a disk may take the end of the run, or not even that. */
  function endOfLatest(): string {
    using ledger = openLedger(dataDir, scene.ready.orgId);
    const [run] = ledger.runs.latest(1);
    assert.ok(run?.outcome === null || run?.outcome === 'failed');
    return run.outcome === null ? 'Interrupted' : 'Failed';
  }

  async function syncs(): Promise<void> {
    const runs = await workbench.rowsIn('Runs').count();
    await workbench.act('ready, ', 'Sync Now');
    await workbench.rowsIn('Runs').nth(runs).waitFor();
    await workbench.rowsIn('Runs', 'Running').waitFor({ state: 'hidden' });
    await workbench.treeRows('ready, synced ').waitFor();
    using ledger = openLedger(dataDir, scene.ready.orgId);
    assert.equal(ledger.runs.latest(1)[0]?.outcome, 'done');
  }

  /** Whatever became of the test before: no fault is on, nothing syncs, and all that the org has is here. */
  async function rested(): Promise<void> {
    await control(scene.ready, 'DELETE /faults');
    await workbench.calm();
    await workbench.openContainer('Orgwatch');
    await workbench.treeRows('ready, ').waitFor();
    await workbench.endSync('ready');
    if ((await workbench.treeRows('ready, synced ').count()) === 0) await syncs();
  }

  async function isSound(): Promise<void> {
    const { outcome, findings } = await checkLake({ dataDir, orgId: scene.ready.orgId });
    assert.deepEqual([outcome, findings], ['sound', []]);
  }

  /** Event log files come late; of those that a sync fetches then, some have landed and another is on its way. */
  async function stopInTheMiddle({ late, landed }: Late, stop: () => Promise<void>): Promise<void> {
    for (let hours = 1; hours <= late; hours += 1) {
      const hour = new Date(Date.now() - hours * HOUR).toISOString().slice(0, 13);
      await control(scene.ready, 'POST /dataset', { kind: 'late-hourly', eventType: 'Login', hour, count: 50 });
    }
    const slow: FaultInput = { kind: 'trickle', path: 'LogFile$', after: landed, bytesPerSecond: 40 };
    await control(scene.ready, 'POST /faults', slow);
    const before = filesIn(dataDir, scene);
    await workbench.act('ready, ', 'Sync Now');
    await workbench.treeRows('ready, syncing').waitFor();
    for (;;) {
      const [fault] = await control<Fault[]>(scene.ready, 'GET /faults');
      if ((fault?.struck ?? 0) > 0 && filesIn(dataDir, scene) === before + landed) break;
      await delay(50);
    }
    await stop();
    await control(scene.ready, 'DELETE /faults');
  }

  /** The next sync fetches those files that have not landed, and no other. */
  async function goesOn({ late, landed }: Late): Promise<void> {
    await control(scene.ready, 'POST /requests/reset');
    const before = filesIn(dataDir, scene);
    await syncs();
    const { byKind } = await control<TrafficReport>(scene.ready, 'GET /requests');
    assert.equal(byKind['log-file'], late - landed);
    assert.equal(filesIn(dataDir, scene), before + late - landed);
    await isSound();
  }

  /** The machine sleeps, and something happens meanwhile. */
  async function asleep(work: () => Promise<void> | void): Promise<void> {
    const hosts = await window.processes('--type=extensionHost');
    assert.equal(hosts.length, 1);
    for (const host of hosts) process.kill(host, 'SIGSTOP');
    try {
      await work();
    } finally {
      for (const host of hosts) process.kill(host, 'SIGCONT');
    }
  }
});

function filesIn(dataDir: string, { ready }: Scene): number {
  using ledger = openLedger(dataDir, ready.orgId);
  return ledger.files.totals('event_log').files;
}

/** Nothing was heard of who holds the lease for so long that it is taken for dead. */
function takeOver(ledger: Ledger): Disposable {
  using database = new DatabaseSync(ledger.paths.ledger);
  database.prepare('UPDATE leases SET heartbeat_at = heartbeat_at - ?').run(2 * LEASE_STALE_MS);
  return holdLease(ledger, systemClock, silentLog);
}
