import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { after, before, describe, it } from 'mocha';

const root = path.join(import.meta.dirname, '../..');

/** A file that breaks a rule, and the rule. */
const offences: readonly [file: string, imports: string, rule: string][] = [
  ['extension/shared/a.ts', `import '../org/b.ts';`, 'arrow-shared'],
  ['extension/org/b.ts', `import '../sync/c.ts';`, 'arrow-org'],
  ['extension/sources/c.ts', `import '../lake/c.ts';`, 'arrow-sources'],
  ['extension/lake/c.ts', `import '../sync/c.ts';`, 'arrow-lake'],
  ['extension/insights/c.ts', `import '../org/d.ts';`, 'arrow-insights'],
  ['extension/prerequisites/c.ts', `import '../sync/c.ts';`, 'arrow-prerequisites'],
  ['extension/sync/c.ts', `import '../prerequisites/c.ts';`, 'arrow-sync'],
  ['extension/ui/c.ts', `import '../cli/c.ts';`, 'arrow-ui'],
  ['extension/cli/c.ts', `import '../ui/c.ts';`, 'arrow-cli'],
  ['extension/org/d.ts', `import type { Uri } from 'vscode';\nexport type U = Uri;`, 'single-owner-vscode'],
  ['extension/sync/d.ts', `import 'node:https';`, 'single-owner-http'],
  ['extension/sources/d.ts', `export const core = import('@salesforce/core');`, 'single-owner-http'],
  ['extension/lake/d.ts', `import '@duckdb/node-api';`, 'single-owner-duckdb'],
  ['extension/org/e.ts', `import 'node:sqlite';`, 'single-owner-sqlite'],
  ['extension/org/f.ts', `import '@salesforce/core';`, 'heavy-only-when-used'],
  ['extension/engine/a.ts', `import '../shared/clock.ts';`, 'every-file-in-a-room'],
  ['extension/ui/d.ts', `import '../../test/c.ts';`, 'product-knows-no-test'],
  ['extension/ui/e.ts', `import 'mocha';`, 'no-dev-dependency-in-product'],
  ['extension/ui/f.ts', `import './missing.ts';`, 'no-unresolvable'],
  ['extension/lake/e.ts', `import 'node:fs/promises';`, 'files-of-lakes-through-org-folder'],
  ['extension/sync/e.ts', `import 'fs';`, 'files-of-lakes-through-org-folder'],
  ['test/a.ts', `import './b.ts';`, 'no-cycles'],
];

/** What must not be reported: the allowed neighbour of an offence. */
const allowed: readonly [file: string, imports: string][] = [
  ['test/c.ts', ''],
  ['test/b.ts', `import './a.ts';`],
  ['extension/shared/clock.ts', `export const clock = 1;`],
  ['extension/main.ts', `import 'vscode';\nimport './ui/g.ts';`],
  ['extension/ui/g.ts', `import 'vscode';\nimport '../shared/clock.ts';`],
  ['extension/org/g.ts', `import 'node:http';\nexport const core = import('@salesforce/core');`],
  ['extension/lake/ledger.ts', `import 'node:sqlite';`],
  ['extension/lake/socket.ts', `import type { Socket } from 'node:net';\nexport type S = Socket;`],
  ['extension/lake/storage.ts', `import 'node:fs';`],
  ['extension/lake/worker-main.ts', `import '@duckdb/node-api';`],
];

describe('the arrows', () => {
  let folder: string;
  let broken: Set<string>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-arrows-'));
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const files: [string, string][] = [
      ...offences.map(([file, imports]): [string, string] => [file, imports]),
      ...allowed,
    ];
    for (const [file, text] of files) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), `${text}\nexport {};\n`);
    }
    const manifest = {
      dependencies: { '@salesforce/core': '*', '@duckdb/node-api': '*' },
      devDependencies: { mocha: '*' },
    };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
    const config = (await import(path.join(root, '.dependency-cruiser.mjs'))) as { default: IConfiguration };
    const { forbidden, options } = config.default;
    const { tsConfig, ...rest } = options ?? {};
    assert.ok(tsConfig);
    const { output } = await cruise(['extension', 'test'], {
      ...rest,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: forbidden ?? [] },
    });
    const { summary } = output as ICruiseResult;
    broken = new Set(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const [file, imports, rule] of offences)
    it(`${rule} is broken by ${imports.split('\n')[0]} in ${file}`, () => {
      assert.ok(broken.has(`${file} ${rule}`), [...broken].join('\n'));
    });

  for (const [file] of allowed)
    it(`${file} may do what it does`, () => {
      assert.deepEqual(
        [...broken].filter((line) => line.startsWith(`${file} `)),
        [],
      );
    });
});
