import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import JSZip from 'jszip';
import { after, before, describe, it } from 'mocha';

const root = path.join(import.meta.dirname, '../..');
const MACH_O = 0xfeed_facf;
const ARM64 = 0x0100_000c;

describe('a packed VSIX', () => {
  const here = `${process.platform}-${process.arch}`;
  let out: string;

  /** Contents of the VSIX for a platform, and its size in bytes. */
  async function open(target: string): Promise<{ zip: JSZip; names: string[]; bytes: number }> {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    const vsix = await readFile(path.join(out, `orgwatch-${manifest.version}-${target}.vsix`));
    const zip = await JSZip.loadAsync(vsix);
    const names = Object.values(zip.files).flatMap(({ dir, name }) => (dir ? [] : [name]));
    return { zip, names, bytes: vsix.byteLength };
  }

  before(async () => {
    out = await mkdtemp(path.join(tmpdir(), 'orgwatch-vsix-'));
    const targets = [...new Set([here, 'darwin-arm64'])].flatMap((target) => ['--target', target]);
    execFileSync(process.execPath, ['scripts/package.ts', '--out', out, ...targets], { cwd: root, stdio: 'pipe' });
  });

  after(() => rm(out, { recursive: true, force: true }));

  for (const target of new Set([here, 'darwin-arm64']))
    it(`holds the product for ${target} within 30 MB, and nothing else`, async () => {
      const { names, bytes } = await open(target);
      assert.ok(bytes <= 30e6, `${bytes} bytes`);
      for (const name of ['dist/extension.js', 'dist/cli.js', 'dist/lake-worker.js', 'dist/salesforce.cjs'])
        assert.ok(names.includes(`extension/${name}`), name);
      const strange = names.filter(
        (name) =>
          !/^extension\/(?:dist|docs\/images|l10n|extension\/webview)\//.test(name) &&
          !/^extension\/[\w.]+$/.test(name) &&
          !/^(?:extension\.vsixmanifest|\[Content_Types\]\.xml)$/.test(name),
      );
      assert.deepEqual(strange, []);
      assert.deepEqual(
        names.filter((name) => /\.(?:map|ts|tgz|vsix|key|pem|env)$|\.test\./.test(name)),
        [],
      );
      const native = new Set(names.flatMap((name) => /node-bindings-[\w-]+/.exec(name)?.[0] ?? []));
      assert.deepEqual([...native], [`node-bindings-${target}`]);
    });

  it('has one architecture in the library for a Mac, its signature included', async () => {
    const { zip } = await open('darwin-arm64');
    const library = await zip
      .file('extension/dist/node_modules/@duckdb/node-bindings-darwin-arm64/libduckdb.dylib')
      ?.async('nodebuffer');
    assert.ok(library);
    assert.equal(library.readUInt32LE(0), MACH_O);
    assert.equal(library.readUInt32LE(4), ARM64);
  });

  it('says whose work is inside, and nothing of how it is developed', async () => {
    const { zip } = await open(here);
    const notices = (await zip.file('extension/ThirdPartyNotices.txt')?.async('string')) ?? '';
    for (const name of ['@salesforce/core', '@duckdb/node-api', 'commander', 'fast-xml-parser', 'jszip'])
      assert.ok(new RegExp(`^${name} \\d[^\\n]*\\(.+\\)$`, 'm').test(notices), name);
    const manifest = JSON.parse((await zip.file('extension/package.json')?.async('string')) ?? '') as object;
    for (const key of ['scripts', 'devDependencies', 'dependencies', 'allowScripts'])
      assert.ok(!(key in manifest), key);
  });

  it('leaves the pictures of the README out, and shows it with one picture a place, which is no SVG', async () => {
    const { zip, names } = await open(here);
    const pictures = names.filter((name) => /\.(?:png|gif|jpe?g|webp)$/.test(name));
    assert.deepEqual(pictures, ['extension/docs/images/icon.png']);
    const readme = (await zip.file('extension/readme.md')?.async('string')) ?? '';
    const shown = [...readme.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, source = '']) => source);
    assert.ok(shown.length > 2);
    for (const source of shown) assert.match(source, /^docs\/images\/[\w-]+\.(?:png|gif)$/);
    assert.doesNotMatch(readme, /<picture>|<source/);
    assert.doesNotMatch(readme, /scripts\/|npm run|a clone/, 'nothing that takes a clone');
  });

  it('carries what its manifest and walkthrough refer to', async () => {
    const { zip, names } = await open(here);
    const text = (await zip.file('extension/package.json')?.async('string')) ?? '';
    const files = [...text.matchAll(/"(?:\.\/)?((?:dist|docs|l10n|extension|resources)\/[^"*]+\.\w+)"/g)].map(
      ([, file = '']) => `extension/${file}`,
    );
    assert.ok(files.length > 2);
    assert.deepEqual(
      files.filter((file) => !names.includes(file)),
      [],
    );
  });
});
