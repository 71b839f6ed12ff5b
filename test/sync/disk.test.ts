import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { SyncOnce } from '../crash/sync-once.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

const NOBODY = 65534;

describe('sync and the disk', () => {
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'no-shield' })));
  afterEach(() => both[Symbol.asyncDispose]());

  it('says so when the disk is full, leaves nothing half-written, and goes on when there is space', async () => {
    await mkdir(both.dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', both.dataDir]);
    try {
      // Full while the ledger is made, while raw files land, while Parquet is written, and at last large enough.
      let outcome: string | undefined;
      const ends: string[] = [];
      for (const size of ['64k', '200k', '400k', '600k', '900k', '1400k', '2m', '64m']) {
        execFileSync('mount', ['-o', `remount,size=${size}`, both.dataDir]);
        try {
          ({ outcome } = await both.sync());
          ends.push(outcome);
        } catch (error) {
          assert.ok(withCode('DISK_FULL')(error), String(error));
          ends.push('full');
        }
        const names = await readdir(both.dataDir, { recursive: true });
        assert.deepEqual(
          names.filter((name) => /\.(?:part|tmp)$/.test(name)),
          [],
        );
      }
      assert.equal(outcome, 'done');
      assert.equal(ends[0], 'full');
      const { truth } = await both.still(() => both.sync());
      assert.deepEqual(await both.rows(), truth);
    } finally {
      execFileSync('umount', [both.dataDir]);
    }
  });

  it('says so when the data folder is not ours to write', async () => {
    await mkdir(both.dataDir, { mode: 0o755 });
    await mkdir(both.stateDir, { recursive: true });
    await chown(both.stateDir, NOBODY, NOBODY);
    for (const file of await readdir(both.stateDir)) await chown(path.join(both.stateDir, file), NOBODY, NOBODY);
    await chmod(both.folder, 0o755);
    const { total } = await both.requests();
    assert.match(await syncAsNobody(both), /^error DATA_FOLDER_DENIED .*data.* cannot be written/m);
    assert.equal((await both.requests()).total, total);
    assert.deepEqual(await readdir(both.dataDir), []);
  });

  it('says so when the system lets no folder be made there', async () => {
    for (const dataDir of ['/proc/lake', '/proc/lake/of/mine', '/dev/null/lake']) {
      await assert.rejects(both.sync({ dataDir }), withCode('DATA_FOLDER_DENIED'), dataDir);
    }
  });

  it('says so when the lake became read-only', async () => {
    await both.sync({ sources: ['setup_audit_trail'] });
    execFileSync('mount', ['--bind', both.dataDir, both.dataDir]);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', both.dataDir]);
      await assert.rejects(both.sync(), withCode('DATA_FOLDER_DENIED'));
    } finally {
      execFileSync('umount', [both.dataDir]);
    }
  });
});

async function syncAsNobody({ org, token, dataDir, stateDir, since }: OrgAndLake): Promise<string> {
  const { orgId, username, instanceUrl } = org;
  const input: SyncOnce = { orgId, username, instanceUrl, token, dataDir, stateDir, since: since.toISOString() };
  const script = path.join(import.meta.dirname, '../crash/sync-once.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    uid: NOBODY,
    gid: NOBODY,
  });
  return text(child.stdout);
}
