import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_CONCURRENCY } from '../../extension/sync/options.ts';
import type { OrgAndLake } from '../sync/org-and-lake.ts';
import type { SyncOnce } from './sync-once.ts';

const script = path.join(import.meta.dirname, 'sync-once.ts');

export interface Crash {
  /** Lines of progress until the kill. */
  readonly after: number;
  readonly victim: 'sync' | 'worker';
}

export interface CrashResult extends Crash {
  /** False when the sync had ended before. */
  readonly killed: boolean;
  readonly wastedCalls: number;
}

/** Lines of progress of a sync that nobody kills. */
export async function undisturbed(both: OrgAndLake): Promise<{ readonly lines: number; readonly calls: number }> {
  await forget(both);
  const before = (await both.requests()).counted;
  const child = start(both);
  let lines = 0;
  for await (const line of linesOf(child)) if (line !== '') lines++;
  return { lines, calls: (await both.requests()).counted - before };
}

/** Kills a sync at a moment, runs another one, and proves that the lake is as if nothing had happened. */
export async function crash(both: OrgAndLake, { after, victim }: Crash, calls: number): Promise<CrashResult> {
  await forget(both);
  for (;;) {
    const truth = await both.truth();
    const before = (await both.requests()).counted;
    const child = start(both);
    let lines = 0;
    let killed = false;
    for await (const line of linesOf(child)) {
      if (line.startsWith('end')) break;
      if (++lines < after || killed) continue;
      killed = victim === 'sync' ? child.kill('SIGKILL') : await killWorkerOf(child);
    }
    await ended(child);
    const report = await both.sync();
    assert.equal(report.outcome, 'done');
    const rows = await both.rows();
    if (!isDeepStrictEqual(truth, await both.truth())) {
      await forget(both);
      continue;
    }
    assert.deepEqual(rows, truth);
    const names = await readdir(both.dataDir, { recursive: true });
    const unfinished = names.filter((name) => /\.(?:part|tmp)$/.test(name));
    assert.deepEqual(unfinished, []);
    // Each source asks once more what is new.
    const wastedCalls = (await both.requests()).counted - before - calls - 4;
    // Those that were under way are asked again.
    assert.ok(wastedCalls <= DEFAULT_CONCURRENCY, `${String(wastedCalls)} calls were wasted`);
    return { after, victim, killed, wastedCalls };
  }
}

async function forget(both: OrgAndLake): Promise<void> {
  await rm(both.dataDir, { recursive: true, force: true });
}

function start({ org, token, dataDir, stateDir, since }: OrgAndLake): ChildProcess {
  const { orgId, username, instanceUrl } = org;
  const input: SyncOnce = { orgId, username, instanceUrl, token, dataDir, stateDir, since: since.toISOString() };
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function linesOf(child: ChildProcess): AsyncIterable<string> {
  assert.ok(child.stdout);
  return createInterface({ input: child.stdout });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

/** The lake worker is the only child that a sync has. */
async function killWorkerOf(child: ChildProcess): Promise<boolean> {
  const children = await readFile(`/proc/${String(child.pid)}/task/${String(child.pid)}/children`, 'utf8').catch(
    () => '',
  );
  const [worker] = children.trim().split(' ').filter(Boolean);
  if (worker === undefined) return false;
  try {
    return process.kill(Number(worker), 'SIGKILL');
  } catch {
    return false;
  }
}
