import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readSql } from '../../extension/cli/sql-input.ts';
import { openCalls } from '../../extension/lake/calls.ts';
import { LEDGER_MIGRATIONS } from '../../extension/lake/ledger-schema.ts';
import { openLedger, readLedger } from '../../extension/lake/ledger.ts';
import { stateDir } from '../../extension/lake/paths.ts';
import { checkStatement } from '../../extension/lake/query-limits.ts';
import { isTrusted } from '../../extension/lake/trust.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import { LakeFolder } from '../lake/lake-folder.ts';
import { withCode } from '../sync/org-and-lake.ts';
import { HostileLake, ORG } from './hostile-lake.ts';
import { plantBomb } from './ledger-bomb.ts';

/** What waits in a folder for Orgwatch to come by. */
describe('a folder that was prepared by somebody else', () => {
  let lake: HostileLake;
  let before: readonly string[];
  beforeEach(async () => {
    lake = await HostileLake.make();
    before = await lake.homeState();
  });
  afterEach(async () => {
    assert.deepEqual(await lake.homeState(), before);
    await lake[Symbol.asyncDispose]();
  });

  const where = () => ({ dataDir: lake.dataDir, orgId: ORG });
  const read = (): boolean => {
    using ledger = readLedger(lake.dataDir, ORG);
    return isTrusted(ledger);
  };

  it('gets no export through a link that waits where it is written first', async () => {
    await using other = await LakeFolder.make();
    const { id } = await other.worker.keep({ sql: 'SELECT 1', units: [] });
    const [, pid] = (await readdir(other.scratch)).flatMap((name) => name.split('-'));
    const output = path.join(lake.root, 'repo', 'rows.csv');
    const victim = path.join(lake.home, 'id_ed25519');
    for (const name of [`.rows.csv.${String(pid)}.tmp`, 'rows.csv']) {
      await symlink(victim, path.join(path.dirname(output), name));
    }
    await other.worker.export({ id, format: 'csv', output });
    assert.match(await readFile(output, 'utf8'), /1/);
  });

  it('keeps nobody waiting for a pipe in place of a file of the ledger', async function () {
    if (process.platform === 'win32') return;
    lake.ledger();
    const folder = path.join(lake.root, 'other', '.orgwatch');
    await cp(lake.dataDir, folder, { recursive: true });
    execFileSync('mkfifo', [path.join(folder, ORG, 'ledger.sqlite-journal')]);
    for (const open of [readLedger, openLedger]) {
      assert.throws(() => open(folder, ORG), withCode('UNSAFE_PATH'));
    }
  });

  it('is told to hold a file where a folder belongs, and folders without end', async () => {
    lake.ledger();
    await mkdir(lake.paths.folder, { recursive: true });
    for (const name of ['raw', 'lake', 'set-aside']) {
      const place = path.join(lake.paths.folder, name);
      await mkdir(path.join(lake.paths.folder, 'raw'), { recursive: true });
      if (name === 'set-aside') await symlink(lake.home, path.join(lake.paths.raw, 'link'));
      await rm(place, { recursive: true, force: true });
      await writeFile(place, 'x');
      await assert.rejects(repairLake(where()), withCode('UNSAFE_PATH'), name);
      if (name !== 'set-aside') await assert.rejects(checkLake(where()), withCode('UNSAFE_PATH'), name);
      await rm(place);
    }
    await mkdir(lake.paths.raw, { recursive: true });
    await rm(path.join(lake.paths.raw, 'link'), { force: true });
    // Deeper than a path can be long: in two pieces, one moved below the other.
    const names = Array.from({ length: 15 }, () => 'd'.repeat(200));
    const [upper, lower] = [path.join(lake.paths.raw, ...names), path.join(lake.root, 'lower')];
    await mkdir(upper, { recursive: true });
    await mkdir(path.join(lower, ...names), { recursive: true });
    await rename(lower, path.join(upper, 'lower'));
    await assert.rejects(checkLake(where()), withCode('UNSAFE_PATH'));
    await assert.rejects(repairLake(where()), withCode('UNSAFE_PATH'));
    await rename(path.join(upper, 'lower'), lower);
  });

  it('is not where what is known of lakes is looked for, whatever the environment lacks', () => {
    const absolute = ['', 'home', undefined].flatMap((home) => [
      stateDir({ HOME: home, XDG_STATE_HOME: 'state' }, 'linux'),
      stateDir({ HOME: home, XDG_STATE_HOME: '' }, 'linux'),
      stateDir({ HOME: home }, 'darwin'),
    ]);
    for (const place of absolute) assert.ok(path.isAbsolute(place), place);
  });

  it('has no SQL without end', async function () {
    if (process.platform === 'win32') return;
    const file = path.join(lake.root, 'repo', 'sign-ins.sql');
    await symlink('/dev/zero', file);
    const sql = await readSql({ typed: undefined, file, name: undefined });
    assert.ok(sql.length < 10 << 20);
    assert.throws(() => checkStatement(sql), withCode('SQL_REJECTED'));
  });

  it('is not believed for what cannot be looked into', async () => {
    await mkdir(lake.paths.folder, { recursive: true });
    await writeFile(lake.paths.raw, 'x');
    using ledger = openLedger(lake.dataDir, ORG);
    assert.equal(isTrusted(ledger), false);
  });

  it('cannot hang who reads a ledger that a pull put in the place of one of this machine', async () => {
    lake.ledger();
    assert.equal(read(), true);
    const theirs = await HostileLake.make();
    try {
      theirs.ledger();
      plantBomb(theirs.paths.ledger, 'lake');
      // As git does with files that are ignored.
      for (const end of ['', '-wal', '-shm']) await rm(`${lake.paths.ledger}${end}`, { force: true });
      await cp(theirs.paths.ledger, lake.paths.ledger);
      assert.throws(() => readLedger(lake.dataDir, ORG), withCode('LEDGER_CORRUPT'));
      assert.throws(() => openLedger(lake.dataDir, ORG), withCode('LEDGER_CORRUPT'));
    } finally {
      await theirs[Symbol.asyncDispose]();
    }
  });

  it('is not believed for being of an older version where the org was only ever verified', async () => {
    const org = '00D000000000OLDMAA';
    const file = path.join(lake.dataDir, org, 'ledger.sqlite');
    const noteCall = (): void => {
      using calls = openCalls();
      calls.settle(org, 0, { now: Date.now(), usage: { used: 1, max: 100 } });
    };
    const calls = path.join(stateDir(), 'calls.sqlite');
    noteCall();
    await mkdir(path.dirname(file), { recursive: true });
    using older = new DatabaseSync(file);
    for (const step of LEDGER_MIGRATIONS.slice(0, 6)) older.exec(step);
    older.exec('PRAGMA user_version = 6');
    older.close();
    const isBelieved = (): boolean => {
      using ledger = readLedger(lake.dataDir, org);
      return isTrusted(ledger);
    };
    assert.equal(isBelieved(), false);
    // A count of calls from before lakes were told apart: they were made by who has the lake.
    await rename(calls, `${calls}.kept`);
    try {
      noteCall();
      using database = new DatabaseSync(calls);
      database.exec('PRAGMA application_id = 0');
      database.close();
      assert.equal(isBelieved(), true);
    } finally {
      await rename(`${calls}.kept`, calls);
    }
  });
});
