import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules/.cache/orgwatch');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The text that names each package inside the bundles, with its licence, from what the last build put into them. */
export async function thirdPartyNotices(): Promise<string> {
  const folders = new Set<string>();
  for (const file of ['bundles.json', 'salesforce.json']) {
    const { inputs } = JSON.parse(await readFile(path.join(cache, file), 'utf8')) as Metafile;
    for (const input of Object.keys(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  const notices = await Promise.all([...folders].map(notice));
  const sorted = [...new Set(notices)].sort((left, right) => (left < right ? -1 : 1));
  return [
    'Orgwatch contains the packages below. Each is the work of its authors, under its own licence.\n',
    ...sorted,
  ].join('\n');
}

async function notice(folder: string): Promise<string> {
  const place = path.join(root, folder);
  const { name, version, license } = JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8')) as Manifest;
  const files = (await readdir(place)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(place, file), 'utf8').catch(() => '')));
  const body = texts.map((text) => text.trim()).filter((text) => text !== '');
  if (body.length === 0 && license === undefined) throw new Error(`${name} ${version} says nothing of its licence`);
  return ['-'.repeat(100), `${name} ${version} (${license ?? 'see below'})`, '', ...body, ''].join('\n');
}
