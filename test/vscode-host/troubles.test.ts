import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { uncaughtIn } from './logs.ts';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';
import { openWindow, type Window } from './window.ts';
import type { Workbench } from './workbench.ts';

describe('a person whose sync does not go as it should', function () {
  this.timeout(180_000);
  let scene: Scene;
  let window: Window;
  let workbench: Workbench;

  before(async () => {
    scene = await openScene();
    window = await openWindow(scene, { 'orgwatch.backfill.days': 1, 'orgwatch.eventTypes.include': ['Login', 'API'] });
    workbench = window.workbench;
    // A tree makes only the rows that there is room for.
    await workbench.page.setViewportSize({ width: 1280, height: 2000 });
    await workbench.openContainer('Orgwatch');
  });

  after(async () => {
    await window?.[Symbol.asyncDispose]();
    await scene?.[Symbol.asyncDispose]();
  });

  it('sees how far it is: files, bytes, rows, rate, calls and the time left', async () => {
    await control(scene, 'POST', '/faults', { kind: 'trickle', bytesPerSecond: 250, path: '/LogFile' });
    await until(workbench.treeRows('ready, syncing, '), () => workbench.act('ready, ', 'Sync Now'));
    const size = String.raw`[\d.]+ k?B`;
    const told = new RegExp(
      String.raw`Event log files: \d+ files?, ${size}, [\d,]+ rows · ${size}/s · \d+ calls · about \d+ (?:s|min) left`,
    );
    await workbench.page.locator('.notification-toast', { hasText: told }).waitFor();
    await workbench.unfold('ready, syncing, ');
    await workbench.treeRows('Event log files, syncing, ').waitFor();
    await workbench.run('Orgwatch: Cancel Sync');
    await workbench.treeRows('ready, not complete yet').waitFor();
    await control(scene, 'DELETE', '/faults');
  });

  it('reads a quota that is used up as a pause, in no warning colour, and why', async () => {
    const { max } = (await control(scene, 'GET', '/usage')) as { max: number };
    await control(scene, 'POST', '/usage', { used: Math.ceil(max * 0.9) });
    await until(workbench.treeRows('ready, paused until '), () => workbench.act('ready, ', 'Sync Now'));
    await workbench.tab('ready – Sync').waitFor();
    await workbench.treeRows('ready, ').locator('.codicon-debug-pause').waitFor();
    await workbench.treeRows('The calls above the reserve are used up.').waitFor();
    const status = workbench.status('ready: paused until ');
    await status.locator('.codicon-debug-pause').waitFor();
    assert.doesNotMatch((await status.getAttribute('class')) ?? '', /warning|error/);
    assert.equal(await workbench.toasts('Show Log').count(), 0);
    await control(scene, 'POST', '/usage', { used: 0 });
  });

  it('finds in Runs which source brought nothing, why, and what to do', async () => {
    await until(workbench.tab('fresh – Sync'), () => workbench.act('fresh, ', 'Sync Now'));
    const run = workbench.treeRows('fresh, ').and(workbench.page.locator('[aria-label*=" calls"]'));
    await run.first().locator('.monaco-tl-twistie').click();
    const source = workbench.treeRows('Public file links, Unavailable · 0 rows').last();
    await source.locator('.monaco-tl-twistie').click();
    await workbench.treeRows('Content deliveries and public links are switched off in this org').waitFor();
    await workbench.treeRows('Run `orgwatch verify`: it says how to switch it on.').waitFor();
  });

  it('left no error that nobody caught', async () => {
    assert.deepEqual(await uncaughtIn(scene), []);
  });
});

/** Asks the control port of the prepared org. */
async function control({ ready }: Scene, method: string, where: string, body?: unknown): Promise<unknown> {
  const response = await fetch(new URL(where, ready.controlUrl), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await response.json();
}
