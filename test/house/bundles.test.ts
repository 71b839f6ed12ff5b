import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type * as SalesforceCore from '@salesforce/core';
import type { Metafile } from 'esbuild';
import { before, describe, it } from 'mocha';

const dist = path.join(import.meta.dirname, '../../dist');

/** What a bundle loads by itself, before anybody calls into it. */
function staticImports(meta: Metafile, bundle: string): string[] {
  const output = meta.outputs[`dist/${bundle}`];
  assert.ok(output, `${bundle} is not in dist/meta.json`);
  return output.imports.filter(({ kind }) => kind === 'import-statement').map((imported) => imported.path);
}

describe('the bundles in dist/', () => {
  let meta: Metafile;

  before(() => {
    assert.ok(existsSync(path.join(dist, 'meta.json')), 'dist/ is not built: run node scripts/build.ts');
    meta = JSON.parse(readFileSync(path.join(dist, 'meta.json'), 'utf8')) as Metafile;
  });

  for (const bundle of ['extension.js', 'cli.js'])
    it(`${bundle} loads nothing heavy at start`, () => {
      const outside = staticImports(meta, bundle).filter((name) => !name.startsWith('node:') && name !== 'vscode');
      assert.deepEqual(outside, []);
      const inside = Object.keys(meta.outputs[`dist/${bundle}`]?.inputs ?? {});
      assert.deepEqual(
        inside.filter((input) => /node_modules\/(?:@salesforce|@duckdb|jsforce|@jsforce)\//.test(input)),
        [],
      );
    });

  it('extension.js stays within 300 KB', () => {
    assert.ok(statSync(path.join(dist, 'extension.js')).size <= 300 * 1024);
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
