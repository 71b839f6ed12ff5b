import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';

const root = path.join(import.meta.dirname, '../..');
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Licences under which a package may be part of the product: each was read, and asks for no more than its text inside. */
const LICENCES = [
  'MIT',
  'ISC',
  '0BSD',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '(MIT AND Zlib)',
  // The first of the two is taken.
  '(MIT OR GPL-3.0-or-later)',
];

const locked = (json('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }).packages;

/** What `npm install --omit=dev` would bring: the product, the packages of every platform included. */
const production = Object.entries(locked).filter(([place, { dev }]) => place !== '' && dev !== true);

/** Those for which something is not so, by their place. */
const unless = (holds: (each: Locked, place: string) => boolean): string[] =>
  production.filter(([place, each]) => !holds(each, place)).map(([place, { version }]) => `${place} ${version}`);

describe('packages that the product is made of', () => {
  it('are all locked by a SHA-512 of their contents', () => {
    assert.ok(production.length > 100);
    assert.deepEqual(
      unless(({ integrity }) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')),
      [],
    );
  });

  it('come from the registry: none is a link, a folder, a Git repository or an address', () => {
    assert.deepEqual(
      unless(
        ({ version, resolved, link }) => resolved === undefined && link !== true && /^\d+\.\d+\.\d+/.test(version),
      ),
      [],
    );
  });

  it('run nothing when they are installed', () => {
    assert.deepEqual(
      unless(({ hasInstallScript }) => hasInstallScript !== true),
      [],
    );
    const installed = production.map(([place]) => place).filter((place) => existsSync(path.join(root, place)));
    assert.ok(installed.length > 100);
    const scripts = installed.flatMap((place) => {
      const manifest = json(`${place}/package.json`) as { readonly scripts?: Readonly<Record<string, string>> };
      return ['preinstall', 'install', 'postinstall']
        .filter((name) => manifest.scripts?.[name])
        .map((name) => `${place} ${name}`);
    });
    assert.deepEqual(scripts, []);
  });

  it('have a licence that was read, the one that the lock file tells', () => {
    assert.deepEqual(
      unless(({ license }) => LICENCES.includes(license ?? '')),
      [],
    );
    const others = production.flatMap(([place, { license, version }]) => {
      if (!existsSync(path.join(root, place))) return [];
      const own = json(`${place}/package.json`) as { readonly license?: string; readonly version: string };
      return own.version === version && (own.license === undefined || own.license === license) ? [] : [place];
    });
    assert.deepEqual(others, []);
  });

  it('are pinned where they decide what is read: DuckDB', () => {
    const { dependencies } = json('package.json') as { readonly dependencies: Readonly<Record<string, string>> };
    assert.match(dependencies['@duckdb/node-api'] ?? '', /^\d/);
  });
});

describe('the extension in the manifest', () => {
  const manifest = json('package.json') as Readonly<Record<string, unknown>>;

  it('brings no other extension along, and exposes nothing to others', () => {
    for (const key of ['extensionDependencies', 'extensionPack', 'api', 'enabledApiProposals', 'browser'])
      assert.ok(!(key in manifest), key);
  });

  it('starts for what is its own alone', () => {
    const events = manifest['activationEvents'] as readonly string[];
    for (const event of events)
      assert.match(
        event,
        /^(?:workspaceContains:\.orgwatch\/|onLanguage:sql$|onFileSystem:orgwatch|onWebviewPanel:orgwatch\.)/,
      );
  });
});
