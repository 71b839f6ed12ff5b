import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { OrgFolder } from '../../extension/lake/storage-folder.ts';
import { readRaw } from '../../extension/lake/raw-file.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { pruneLake } from '../../extension/sync/prune.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { withCode } from '../sync/org-and-lake.ts';
import { HostileLake, ORG } from './hostile-lake.ts';

const DAY_FOLDER = 'lake/event_log/event_type=Login/event_date=2026-11-24';

describe('a lake that wants files elsewhere', () => {
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

  it('has none of them deleted for being called garbage, and is told of', async () => {
    const wanted = [lake.toHome('id_ed25519'), path.join(lake.home, 'id_ed25519'), 'ledger.sqlite', 'raw/../../x', ''];
    lake.ledger(...wanted.map((file) => ['INSERT INTO garbage VALUES (?)', file] as const));
    await pruneLake({ ...where(), olderThan: DAY, dryRun: false });
    const { findings } = await checkLake(where());
    assert.deepEqual(
      findings.map(({ kind, remedy }) => [kind, remedy]),
      [['ledger-damaged', 'repair']],
    );
    await repairLake(where());
    assert.equal((await checkLake(where())).outcome, 'sound');
  });

  it('has none of them moved for being a raw file that is damaged', async () => {
    for (const file of [lake.toHome('id_ed25519'), lake.toHome('deep/day.parquet')]) {
      lake.ledger([
        `INSERT INTO raw_files (source, identity, state, event_type, event_date, path, sha256, bytes, discovered_at)
         VALUES ('event_log', ?, 'published', 'Login', '2026-11-24', ?, 'x', 1, 0)`,
        file,
        file,
      ]);
    }
    await repairLake(where());
  });

  it('has none of them read for being a unit, a bundle or a raw file', async () => {
    const folder = new OrgFolder(lake.paths.folder);
    lake.ledger();
    await mkdir(path.join(lake.paths.raw, 'x'), { recursive: true });
    await symlink(lake.home, path.join(lake.paths.raw, 'x', 'deep'));
    await symlink(path.join(lake.home, 'id_ed25519'), path.join(lake.paths.raw, 'key'));
    for (const file of ['raw/x/deep/thesis.tmp', 'raw/key', lake.toHome('id_ed25519'), '/etc/passwd']) {
      assert.throws(() => folder.checked(file), withCode('UNSAFE_PATH'), file);
      await assert.rejects(readRaw(folder, file, 100), withCode('UNSAFE_PATH'), file);
    }
  });

  it('gets nothing done through a link in place of a folder', async () => {
    for (const name of ['raw', 'lake']) {
      lake.ledger();
      await symlink(lake.home, path.join(lake.paths.folder, name));
      await assert.rejects(repairLake(where()), withCode('UNSAFE_PATH'));
      await assert.rejects(checkLake(where()), withCode('UNSAFE_PATH'));
      await assert.rejects(new Storage(lake.paths).prepare(), withCode('UNSAFE_PATH'));
      await rename(path.join(lake.paths.folder, name), path.join(lake.root, `gone-${name}`));
    }
  });

  it('gets nothing done where the data folder, or the folder of the org, is a link', async () => {
    await mkdir(path.join(lake.home, ORG));
    before = await lake.homeState();
    await symlink(lake.home, lake.dataDir);
    await assert.rejects(new Storage(lake.paths).prepare(), withCode('UNSAFE_PATH'));
    await assert.rejects(repairLake(where()), withCode('UNSAFE_PATH'));
    await rename(lake.dataDir, path.join(lake.root, 'gone'));
    await mkdir(lake.dataDir);
    await symlink(lake.home, lake.paths.folder);
    await assert.rejects(new Storage(lake.paths).prepare(), withCode('UNSAFE_PATH'));
  });

  it('has links deeper down moved out of the way, and told', async () => {
    lake.ledger();
    await mkdir(path.join(lake.paths.folder, DAY_FOLDER), { recursive: true });
    await mkdir(lake.paths.raw, { recursive: true });
    await symlink(lake.home, path.join(lake.paths.folder, DAY_FOLDER, 'link'));
    await symlink(path.join(lake.home, 'thesis.tmp'), path.join(lake.paths.raw, 'thesis.part'));
    const { findings } = await checkLake(where());
    assert.deepEqual(findings.filter(({ kind }) => kind === 'link').length, 2);
    const { setAside, tidied } = await repairLake(where());
    assert.equal(setAside.length, 2);
    assert.equal(tidied.modes <= 8, true);
    assert.deepEqual((await checkLake(where())).findings, []);
  });

  it('has files that are not ours left alone by a sweep, also in our folders', async () => {
    lake.ledger();
    const own = ['raw/notes.tmp', 'raw/login_history/2026-11-24/film.part', `${DAY_FOLDER}/.bashrc.1.tmp`];
    for (const file of own) {
      await mkdir(path.dirname(path.join(lake.paths.folder, file)), { recursive: true });
      await writeFile(path.join(lake.paths.folder, file), 'mine');
    }
    const storage = new Storage(lake.paths);
    assert.equal(await storage.sweep(), 0);
    for (const file of own) await stat(path.join(lake.paths.folder, file));
    for (const file of ['raw/notes.tmp', 'ledger.sqlite', `${DAY_FOLDER}/.bashrc.1.tmp`]) {
      await assert.rejects(storage.removeUnit(path.join(lake.paths.folder, file)), withCode('UNSAFE_PATH'));
    }
  });

  it('cannot have a folder exchanged for a link between the look and the use', async function () {
    lake.ledger();
    const folder = new OrgFolder(lake.paths.folder);
    const place = path.join(lake.paths.folder, 'raw', 'x');
    await mkdir(place, { recursive: true });
    const target = path.join(lake.home, 'empty');
    await mkdir(target);
    before = await lake.homeState();
    let isOver = false;
    const swap = async (): Promise<void> => {
      for (let turn = 0; !isOver; turn++) {
        try {
          await rename(place, `${place}-${String(turn)}`);
          await symlink(target, place);
          await new Promise(setImmediate);
          await rename(place, `${place}-link-${String(turn)}`);
        } catch {
          // A folder of the name was made meanwhile.
        }
        await new Promise(setImmediate);
      }
    };
    const swapping = swap();
    let made = 0;
    for (let count = 0; count < 400; count++) {
      try {
        const handle = await folder.create(`raw/x/${String(count)}.json.zst`);
        await handle.writeFile('x');
        await handle.close();
        made++;
        await folder.replace(`raw/x/${String(count)}.json.zst`, 'raw/x/same.json.zst');
        await folder.remove('raw/x/same.json.zst');
      } catch {
        // Refused, or the folder was away at that moment.
      }
    }
    isOver = true;
    await swapping;
    assert.ok(made > 0);
    assert.deepEqual(await readdir(target), []);
    before = await lake.homeState();
  });

  it('stays within its folder whatever names it has, and whichever of them are links', async () => {
    lake.ledger();
    const name = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') },
      { weight: 2, arbitrary: fc.constantFrom('..', '.', '', '~', 'a\0b', '-rf', '$(x)', 'a\nb', '\u202e') },
    );
    const names = fc.array(name, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(names, names, fc.nat(5), fc.boolean(), async (one, other, linkAt, isUp) => {
        // A link of the run before would lead this test itself elsewhere.
        await rm(lake.paths.raw, { recursive: true, force: true });
        const folder = new OrgFolder(lake.paths.folder);
        const link = path.join(
          lake.paths.folder,
          'raw',
          ...one.slice(0, linkAt).filter((each) => /^[abc]$/.test(each)),
        );
        await mkdir(path.dirname(link), { recursive: true }).catch(() => undefined);
        await symlink(isUp ? '../'.repeat(8) : lake.home, link).catch(() => undefined);
        const [file, to] = [['raw', ...one].join('/'), ['raw', ...other].join('/')];
        for (const work of [
          async () => (await folder.create(file)).close(),
          async () => (await folder.read(file)).close(),
          () => folder.stat(file),
          () => folder.move(file, to),
          () => folder.closeToOthers(file),
          () => folder.list(file),
          () => folder.makeFolderOf(to),
          () => folder.removeEmptyFolders(file),
          () => folder.remove(file),
        ]) {
          await (async () => void (await work()))().catch(() => undefined);
        }
        assert.deepEqual(await lake.homeState(), before);
        assert.deepEqual((await readdir(lake.root)).sort(), ['home', 'repo']);
        assert.deepEqual(await readdir(path.dirname(lake.dataDir)), ['.orgwatch']);
      }),
      { numRuns: 40 },
    );
  });

  it('gives no modes to what a link leads to', async () => {
    lake.ledger();
    await mkdir(lake.paths.raw, { recursive: true });
    await mkdir(lake.paths.lake, { recursive: true });
    await chmod(path.join(lake.home, 'deep'), 0o755);
    before = await lake.homeState();
    await symlink(path.join(lake.home, 'deep'), path.join(lake.paths.lake, 'deep'));
    await repairLake(where());
  });
});
