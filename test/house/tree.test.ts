import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { describe, it } from 'mocha';

const root = path.join(import.meta.dirname, '../..');

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('the tree', () => {
  it('keeps files small: median under 90 lines, few above 300, none above 500', () => {
    const lines = tracked
      .filter((file) => /^(?:extension|scripts|test)\/.*\.ts$/.test(file))
      .map((file) => ({ file, count: read(file).split('\n').length - 1 }))
      .sort((a, b) => a.count - b.count);
    const median = lines[Math.floor(lines.length / 2)];
    assert.ok(median !== undefined && median.count < 90, `median ${median?.count}`);
    assert.ok(lines.filter(({ count }) => count > 300).length <= lines.length / 20);
    assert.deepEqual(
      lines.filter(({ count }) => count > 500),
      [],
    );
  });

  it('lets nobody but org/ open a connection with a global', async () => {
    const eslint = new ESLint({ cwd: root });
    const restricted = async (file: string): Promise<string> => {
      const config = (await eslint.calculateConfigForFile(path.join(root, file))) as Linter.Config;
      return JSON.stringify(config.rules?.['no-restricted-globals'] ?? 'free');
    };
    assert.match(await restricted('extension/sync/plan.ts'), /"fetch"/);
    assert.match(await restricted('extension/ui/commands.ts'), /"WebSocket"/);
    assert.equal(await restricted('extension/org/door.ts'), '"free"');
  });

  it('keeps registry hosts out of the lock files', () => {
    for (const file of tracked.filter((name) => name.endsWith('package-lock.json')))
      assert.doesNotMatch(read(file), /"resolved"|https?:\/\/[^"]*\.tgz/, file);
  });

  it('leaves no test skipped, exclusive or empty', () => {
    const marks = /\b(?:it|describe)\.(?:skip|only)\(|\bthis\.skip\(/;
    const own = 'test/house/tree.test.ts';
    const found = tracked.filter((file) => /^test\/.*\.ts$/.test(file) && file !== own && marks.test(read(file)));
    assert.deepEqual(found, []);
  });

  it('gives every tracked folder of the top level a purpose', () => {
    const folders = new Set(tracked.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    for (const dotted of ['.ci', '.github', '.vscode']) folders.delete(dotted);
    for (const known of ['docs', 'extension', 'force-app', 'l10n', 'scripts', 'test']) folders.delete(known);
    assert.deepEqual([...folders], []);
  });
});
