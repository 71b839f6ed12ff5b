import assert from 'node:assert/strict';
import { chmod, cp, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openLedger, readLedger } from '../../extension/lake/ledger.ts';
import { LEDGER_MIGRATIONS } from '../../extension/lake/ledger-schema.ts';
import { isTrusted, trust } from '../../extension/lake/trust.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { overview } from '../../extension/sync/overview.ts';
import { status } from '../../extension/sync/status.ts';
import { withCode } from '../sync/org-and-lake.ts';
import { listing } from '../support/listing.ts';
import { HostileLake, ORG } from './hostile-lake.ts';
import { plantBomb, plantSlowCheck } from './ledger-bomb.ts';

describe('a ledger that somebody else made', () => {
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

  const refusesAll = async (code: Parameters<typeof withCode>[0]): Promise<void> => {
    assert.throws(() => readLedger(lake.dataDir, ORG), withCode(code));
    assert.throws(() => openLedger(lake.dataDir, ORG), withCode(code));
    await assert.rejects(status(lake.dataDir), withCode(code));
    assert.deepEqual(
      overview(lake.dataDir).map((found) => 'error' in found && found.error.code),
      [code],
    );
  };

  it('is not opened where it is a link, nor where its log or journal is one', async () => {
    for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm', 'ledger.sqlite-journal']) {
      const other = await HostileLake.make();
      try {
        other.ledger();
        const foreign = path.join(other.home, 'places.sqlite');
        new DatabaseSync(foreign).exec('CREATE TABLE places (x); INSERT INTO places VALUES (1)');
        const kept = await listing(other.home);
        const place = path.join(other.paths.folder, name);
        await rm(place, { force: true });
        await symlink(foreign, place);
        for (const open of [readLedger, openLedger]) {
          assert.throws(() => open(other.dataDir, ORG), withCode('UNSAFE_PATH'), name);
        }
        assert.deepEqual(await listing(other.home), kept);
      } finally {
        await other[Symbol.asyncDispose]();
      }
    }
  });

  it('is not opened with a journal beside it, which would have SQLite delete the file that it names', async () => {
    lake.ledger();
    await writeFile(`${lake.paths.ledger}-journal`, 'x'.repeat(600));
    await refusesAll('UNSAFE_PATH');
  });

  it('is refused where a table is a view that never ends', async () => {
    lake.ledger(
      ['DROP TABLE org'],
      [
        `CREATE VIEW org AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)
         SELECT x AS org_id, x AS username, x AS instance_url FROM r`,
      ],
    );
    await refusesAll('LEDGER_CORRUPT');
  });

  it('is refused for a trigger, a table or an index that is not ours, and for one of ours that is gone', async () => {
    for (const sql of [
      'CREATE TRIGGER x AFTER INSERT ON runs BEGIN DELETE FROM cursors; END',
      'CREATE TABLE more (x)',
      'CREATE INDEX more ON runs (rows, lower(outcome))',
      'DROP TRIGGER unit_added',
      'ALTER TABLE runs ADD COLUMN more TEXT',
      'DROP INDEX raw_by_time',
      'PRAGMA user_version = 3',
    ]) {
      const other = await HostileLake.make();
      try {
        other.ledger([sql]);
        assert.throws(() => readLedger(other.dataDir, ORG), withCode('LEDGER_CORRUPT'), sql);
        assert.throws(() => openLedger(other.dataDir, ORG), withCode('LEDGER_CORRUPT'), sql);
      } finally {
        await other[Symbol.asyncDispose]();
      }
    }
  });

  it('is refused where it is a database of another program, which is not changed', async () => {
    await mkdir(lake.paths.folder, { recursive: true });
    new DatabaseSync(lake.paths.ledger).exec('CREATE TABLE places (x); INSERT INTO places VALUES (1)');
    const bytes = await readFile(lake.paths.ledger);
    await refusesAll('LEDGER_CORRUPT');
    assert.deepEqual(await readFile(lake.paths.ledger), bytes);
    await writeFile(lake.paths.ledger, '');
    await refusesAll('LEDGER_CORRUPT');
    assert.equal((await stat(lake.paths.ledger)).size, 0);
  });

  it('is given up where reading it would never end, and the reader goes on', async function () {
    const copy = await HostileLake.make();
    try {
      lake.ledger();
      plantBomb(lake.paths.ledger, 'runs');
      await mkdir(copy.dataDir, { recursive: true });
      await cp(lake.paths.folder, copy.paths.folder, { recursive: true });
      assert.throws(() => readLedger(copy.dataDir, ORG), withCode('LEDGER_CORRUPT'));
      assert.throws(() => openLedger(copy.dataDir, ORG), withCode('LEDGER_CORRUPT'));
    } finally {
      await copy[Symbol.asyncDispose]();
    }
  });

  it('takes no more time together with others like it: those beyond are told as not read, and read at the next look', async () => {
    const copy = await HostileLake.make();
    try {
      lake.ledger();
      const [first, second, third] = ['A', 'B', 'C'].map((letter) =>
        path.join(copy.dataDir, ORG.slice(0, -1) + letter),
      );
      assert.ok(first && second && third);
      await mkdir(copy.dataDir, { recursive: true });
      await cp(lake.paths.folder, third, { recursive: true });
      plantSlowCheck(lake.paths.ledger);
      for (const folder of [first, second]) await cp(lake.paths.folder, folder, { recursive: true });
      const codes = () => overview(copy.dataDir).map((found) => 'error' in found && found.error.code);
      assert.deepEqual(codes(), ['LEDGER_CORRUPT', 'LEDGER_UNREAD', 'LEDGER_UNREAD']);
      await rm(second, { recursive: true });
      assert.deepEqual(codes(), ['LEDGER_CORRUPT', 'LAKE_NOT_TRUSTED']);
    } finally {
      await copy[Symbol.asyncDispose]();
    }
  });

  it('is read without a trace in its file, whatever its version', async () => {
    lake.ledger();
    const made = await readFile(lake.paths.ledger);
    readLedger(lake.dataDir, ORG)[Symbol.dispose]();
    await status(lake.dataDir);
    assert.deepEqual(await readFile(lake.paths.ledger), made);

    const older = await HostileLake.make();
    try {
      await mkdir(older.paths.folder, { recursive: true });
      using database = new DatabaseSync(older.paths.ledger);
      for (const step of LEDGER_MIGRATIONS.slice(0, 6)) database.exec(step);
      database.exec(`PRAGMA user_version = 6; INSERT INTO org VALUES ('${ORG}', 'a@b.c', 'https://x', 0, 0)`);
      database.close();
      const bytes = await readFile(older.paths.ledger);
      const [found] = await status(older.dataDir);
      assert.equal(found?.username, 'a@b.c');
      assert.deepEqual(await readFile(older.paths.ledger), bytes);
      openLedger(older.dataDir, ORG)[Symbol.dispose]();
      assert.notDeepEqual(await readFile(older.paths.ledger), bytes);
    } finally {
      await older[Symbol.asyncDispose]();
    }
  });

  it('is not believed before its user says so, and then for good, wherever it is moved', async () => {
    lake.ledger();
    const elsewhere = await HostileLake.make();
    try {
      // Another machine's lake: its id is not in the state folder here.
      await mkdir(elsewhere.dataDir, { recursive: true });
      await cp(lake.paths.folder, elsewhere.paths.folder, { recursive: true });
      using database = new DatabaseSync(elsewhere.paths.ledger);
      database.exec(`UPDATE lake SET id = 'ffffffffffffffffffffffffffffffff'`);
      database.close();
      {
        using ledger = readLedger(elsewhere.dataDir, ORG);
        assert.equal(isTrusted(ledger), false);
      }
      const [found] = overview(elsewhere.dataDir);
      assert.ok(found && 'error' in found && found.error.code === 'LAKE_NOT_TRUSTED');
      assert.equal((await status(elsewhere.dataDir))[0]?.trusted, false);
      {
        using ledger = readLedger(elsewhere.dataDir, ORG);
        trust(ledger.paths, ledger.identity.id());
        assert.equal(isTrusted(ledger), true);
      }
      const moved = path.join(elsewhere.root, 'moved');
      await cp(elsewhere.dataDir, moved, { recursive: true });
      assert.ok('lake' in (overview(moved)[0] ?? {}));
    } finally {
      await elsewhere[Symbol.asyncDispose]();
    }
  });

  it('tells a bit that flipped in what says how far a source is', async () => {
    lake.ledger(['INSERT INTO runs (started_at) VALUES (1)']);
    {
      using ledger = openLedger(lake.dataDir, ORG);
      ledger.transaction(() => {
        ledger.windows.advance('login_history', { time: 1_764_000_000_000, id: 'x' });
        ledger.windows.add('setup_audit_trail', 1, 2);
        ledger.scope.prune('event_log', 'raw', '2026-01-01');
      });
    }
    for (const [sql, read] of [
      ['UPDATE cursors SET time = time | (1 << 45)', (ledger) => ledger.windows.cursor('login_history')],
      ['UPDATE windows SET from_time = 2', (ledger) => ledger.windows.open('setup_audit_trail')],
      [`UPDATE pruned SET before = '2036-01-01'`, (ledger) => ledger.scope.publishedFrom('event_log')],
    ] satisfies [string, (ledger: ReturnType<typeof readLedger>) => unknown][]) {
      using database = new DatabaseSync(lake.paths.ledger);
      database.exec(`SAVEPOINT was; ${sql}; RELEASE was`);
      {
        using ledger = readLedger(lake.dataDir, ORG);
        assert.throws(() => read(ledger), withCode('LEDGER_CORRUPT'), sql);
      }
      const { findings } = await checkLake({ dataDir: lake.dataDir, orgId: ORG });
      assert.equal(findings[0]?.kind, 'ledger-damaged');
    }
  });

  it('is made for its owner only from its first byte, its log included', async () => {
    const umask = process.umask(0o022);
    try {
      using ledger = openLedger(lake.dataDir, ORG);
      ledger.transaction(() => ledger.runs.start(1));
      for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm']) {
        assert.equal((await stat(path.join(lake.paths.folder, name))).mode & 0o777, 0o600, name);
      }
    } finally {
      process.umask(umask);
    }
    await chmod(lake.paths.folder, 0o700);
  });
});
