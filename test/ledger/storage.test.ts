import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { lakePaths } from '../../extension/lake/paths.ts';
import { incomplete, Storage, type StoreOptions } from '../../extension/lake/storage.ts';
import { withCode } from '../sync/org-and-lake.ts';

/** Takes a body of this length only. */
function ofLength(expected: number): StoreOptions {
  return {
    accept: ({ bytes }) => {
      if (bytes !== expected) throw incomplete(bytes, expected);
    },
  };
}

describe('raw storage', () => {
  let dataDir: string;
  let storage: Storage;
  let folder: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-storage-'));
    const paths = lakePaths(dataDir, '00D');
    folder = paths.folder;
    storage = new Storage(paths);
    await storage.prepare();
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const all = async (): Promise<string[]> =>
    (await readdir(path.join(folder, 'raw'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  it('keeps the bytes as they came, and their hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5_000 })), async (pieces) => {
        const sent = Buffer.concat(pieces);
        const landed = await storage.land('raw/x/file.zst', Readable.from(pieces), ofLength(sent.length));
        assert.equal(landed.bytes, sent.length);
        assert.equal(landed.sha256, createHash('sha256').update(sent).digest('hex'));
        const stored = await readFile(path.join(folder, landed.path));
        assert.equal(stored.length, landed.storedBytes);
        assert.ok(zstdDecompressSync(stored).equals(sent));
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(await all(), ['file.zst']);
    assert.equal((await stat(path.join(folder, 'raw/x/file.zst'))).mode & 0o777, 0o600);
  });

  it('keeps nothing of a body that is too short, too long, or breaks off', async () => {
    const short = storage.land('raw/a.zst', [Buffer.from('abc')], ofLength(4));
    await assert.rejects(short, withCode('DOWNLOAD_INCOMPLETE'));
    const long = storage.land('raw/b.zst', [Buffer.from('abc')], ofLength(2));
    await assert.rejects(long, withCode('DOWNLOAD_INCOMPLETE'));
    const broken = new Readable({
      read() {
        this.push('abc');
        this.destroy(new Error('gone'));
      },
    });
    await assert.rejects(storage.land('raw/c.zst', broken), /gone/);
    assert.deepEqual(await all(), []);
  });

  it('keeps the former file until the new one is whole', async () => {
    await storage.land('raw/a.zst', [Buffer.from('first')]);
    await assert.rejects(storage.land('raw/a.zst', [Buffer.from('second')], ofLength(1)));
    assert.equal(zstdDecompressSync(await readFile(path.join(folder, 'raw/a.zst'))).toString(), 'first');
    await storage.land('raw/a.zst', [Buffer.from('second')]);
    assert.equal(zstdDecompressSync(await readFile(path.join(folder, 'raw/a.zst'))).toString(), 'second');
  });

  it('writes nowhere else', async () => {
    for (const relative of ['../x', '/etc/x', 'raw/../../x', '..', '']) {
      await assert.rejects(storage.land(relative, [Buffer.from('x')]), withCode('UNSAFE_PATH'));
    }
  });

  it('sweeps what was left half-written, and nothing else', async () => {
    await mkdir(path.join(folder, 'lake/x'), { recursive: true });
    const day = 'lake/event_log/event_type=Login/event_date=2026-11-24';
    await mkdir(path.join(folder, day), { recursive: true });
    const unfinished = [
      'raw/login_history/2026-11-24/20261124T053000000Z-20261124T063000000Z-0123456789abcdef.json.zst.123.part',
      'raw/event_log/Login/2026-11-24/hour-05-1-0AT000000000001AAA-1764000000000.csv.zst.123.part',
      `${day}/.day.parquet.1.tmp`,
      `${day}/.hour-05.quarantine.ndjson.1.tmp`,
    ];
    const others = ['raw/thesis.tmp', 'raw/login_history/2026-11-24/film.part', `${day}/.bashrc.1.tmp`];
    await storage.land(unfinished[0]?.replace('.123.part', '') ?? '', [Buffer.from('x')]);
    await mkdir(path.join(folder, 'raw/event_log/Login/2026-11-24'), { recursive: true });
    for (const name of [...unfinished, ...others]) await writeFile(path.join(folder, name), '');
    assert.equal(await storage.sweep(), unfinished.length);
    for (const name of others) await stat(path.join(folder, name));
    for (const name of unfinished) await assert.rejects(stat(path.join(folder, name)));
  });
});
