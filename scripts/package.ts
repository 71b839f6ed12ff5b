import { cp, glob, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { layNativeBinding, TARGETS, type Target } from './native-binding.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * Packs dist/ into one VSIX a platform, from any machine: what .vscodeignore lets through, the native binding of DuckDB
 * for that platform and only that, and the notices of all packages inside.
 *   npm run package                                   for this machine
 *   npm run package -- --target win32-x64 --target …  for others; --all for each
 *   --out FOLDER                                      default: the repository's root
 *   --base-content-url URL, --base-images-url URL     where the README's relative links lead on a marketplace
 */
const root = path.join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true, default: [`${process.platform}-${process.arch}`] },
    all: { type: 'boolean', default: false },
    out: { type: 'string', default: root },
    'base-content-url': { type: 'string' },
    'base-images-url': { type: 'string' },
  },
});

const targets = TARGETS.filter((target) => values.all || values.target.includes(target));
const unknown = values.target.find((target) => !TARGETS.some((each) => each === target));
if (unknown !== undefined) throw new Error(`no such target: ${unknown}; one of ${TARGETS.join(', ')}`);
const notices = await thirdPartyNotices();
for (const target of targets) {
  const file = await pack(target);
  console.log(`${file}  ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
}

async function pack(target: Target): Promise<string> {
  const stage = await mkdtemp(path.join(tmpdir(), 'orgwatch-package-'));
  try {
    const manifest = await layFiles(stage);
    await layNativeBinding(target, path.join(stage, `dist/node_modules/@duckdb/node-bindings-${target}`));
    await writeFile(path.join(stage, 'ThirdPartyNotices.txt'), notices);
    await mkdir(values.out, { recursive: true });
    const packagePath = path.resolve(values.out, `orgwatch-${manifest.version}-${target}.vsix`);
    const [content, images] = [values['base-content-url'], values['base-images-url']];
    await createVSIX({
      cwd: stage,
      target,
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: content !== undefined,
      ...(content === undefined ? {} : { baseContentUrl: content }),
      ...(images === undefined ? {} : { baseImagesUrl: images }),
    });
    return packagePath;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** Copies what .vscodeignore lets through, and a package.json without what only developers need. */
async function layFiles(stage: string): Promise<{ version: string }> {
  const ignore = await readFile(path.join(root, '.vscodeignore'), 'utf8');
  const wanted = [...ignore.matchAll(/^!(.+)$/gm)].map(([, pattern = '']) => pattern);
  for await (const entry of glob(wanted, { cwd: root, withFileTypes: true })) {
    const from = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) await cp(from, path.join(stage, path.relative(root, from)));
  }
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const key of ['scripts', 'devDependencies', 'dependencies', 'allowScripts', 'private']) delete manifest[key];
  manifest['files'] = ['**'];
  await writeFile(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  const readme = path.join(stage, 'README.md');
  await writeFile(readme, forGallery(await readFile(readme, 'utf8')));
  return { version: String(manifest['version']) };
}

/**
 * The README for whoever installs: without what a clone alone can run, and each `<picture>` as its `<img>`: vsce makes no
 * address of a `srcset`, so that the dark picture would lead nowhere.
 */
function forGallery(readme: string): string {
  const installed = readme.replace(/^## Two commands\n.*?(?=^## )/ms, '').replace(/^ *From a clone,.*?\n\n/ms, '');
  return installed.replaceAll(/<picture>.*?(<img[^>]*>).*?<\/picture>/gs, '$1');
}
