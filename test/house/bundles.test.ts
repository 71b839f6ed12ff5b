import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as SalesforceCore from '@salesforce/core';
import type { Metafile } from 'esbuild';
import { before, describe, it } from 'mocha';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const contents = path.join(root, 'node_modules/.cache/orgwatch/bundles.json');

interface Loaded {
  readonly outputs: readonly string[];
  /** Modules that are not bundled. */
  readonly outside: readonly string[];
}

/** What a bundle loads by itself, before anybody calls into it; with `later`, also what it may import() then. */
function loaded(meta: Metafile, bundle: string, later = false): Loaded {
  const outputs = new Set([`dist/${bundle}`]);
  const outside = new Set<string>();
  for (const name of outputs) {
    const output = meta.outputs[name];
    assert.ok(output, `${name} was not built`);
    for (const { kind, external, path: to } of output.imports)
      if (later || kind === 'import-statement') (external === true ? outside : outputs).add(to);
  }
  return { outputs: [...outputs], outside: [...outside] };
}

describe('the bundles in dist/', () => {
  let meta: Metafile;

  before(() => {
    assert.ok(existsSync(contents), 'dist/ is not built: run node scripts/build.ts');
    meta = JSON.parse(readFileSync(contents, 'utf8')) as Metafile;
  });

  for (const bundle of ['extension.js', 'cli.js'])
    it(`${bundle} loads nothing heavy at start`, () => {
      const { outputs, outside } = loaded(meta, bundle);
      assert.deepEqual(
        outside.filter((name) => !name.startsWith('node:') && name !== 'vscode'),
        [],
      );
      const inputs = outputs.flatMap((output) => Object.keys(meta.outputs[output]?.inputs ?? {}));
      const heavy = /node_modules\/(?:@salesforce|@duckdb|jsforce|@jsforce)\//;
      assert.deepEqual(
        inputs.filter((input) => heavy.test(input)),
        [],
      );
    });

  it('what every window with a lake looks up, seen or not, never gets to @salesforce/core', () => {
    const sources = new Set(['extension/ui/contexts.ts']);
    for (const source of sources) for (const { path: to } of meta.inputs[source]?.imports ?? []) sources.add(to);
    assert.ok(sources.has('extension/sync/overview.ts'));
    assert.ok(!sources.has('extension/org/salesforce-core.ts'));
  });

  it('only the lake worker ever gets to DuckDB', () => {
    const duckdb = (bundle: string) => loaded(meta, bundle, true).outside.some((name) => name.startsWith('@duckdb/'));
    assert.deepEqual(['extension.js', 'cli.js', 'lake-worker.js'].filter(duckdb), ['lake-worker.js']);
  });

  it('extension.js and what it loads at start stay within 300 KB', () => {
    const { outputs } = loaded(meta, 'extension.js');
    const bytes = outputs.reduce((sum, output) => sum + (meta.outputs[output]?.bytes ?? 0), 0);
    assert.ok(bytes > 0 && bytes <= 300 * 1024, `${bytes} bytes`);
  });

  it('cli.js is a command', () => {
    const cli = path.join(dist, 'cli.js');
    accessSync(cli, constants.X_OK);
    assert.match(readFileSync(cli, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    assert.match(
      execFileSync(process.execPath, [cli, '--help'], { encoding: 'utf8' }),
      /verify[^]*sync[^]*status[^]*query/,
    );
  });

  it('salesforce.cjs offers @salesforce/core by name', async () => {
    const core = (await import(path.join(dist, 'salesforce.cjs'))) as typeof SalesforceCore;
    assert.equal(typeof core.AuthInfo.create, 'function');
    assert.equal(typeof core.StateAggregator.getInstance, 'function');
  });
});
