import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, it } from 'mocha';
import { webviewPolicy } from '../../extension/ui/webview-policy.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const files = globSync('extension/**/*.ts', { cwd: root });

/** The files in which a pattern is found. */
const having = (pattern: RegExp): string[] => files.filter((file) => pattern.test(read(file))).sort();

describe('webviews', () => {
  it('have a policy that lets in one script and one style of ours, and no markup that is made from text', () => {
    const directives = new Map(
      webviewPolicy('abc', 'https://files.example')
        .split('; ')
        .map((each) => {
          const [name = '', ...values] = each.split(' ');
          return [name, values.join(' ')] as const;
        }),
    );
    assert.equal(directives.get('default-src'), "'none'");
    assert.equal(directives.get('script-src'), "'nonce-abc'");
    assert.equal(directives.get('style-src'), 'https://files.example');
    assert.equal(directives.get('require-trusted-types-for'), "'script'");
    for (const each of ['connect-src', 'base-uri', 'form-action', 'trusted-types'])
      assert.equal(directives.get(each), "'none'", each);
    assert.doesNotMatch([...directives.values()].join(' '), /unsafe|data:|blob:|\*/);
  });

  it('are made in two places, one of which runs no script', () => {
    assert.deepEqual(having(/\.html = /), [
      'extension/ui/dashboard/dashboard-panel.ts',
      'extension/ui/query/result-panel.ts',
      'extension/ui/restricted-page.ts',
    ]);
    for (const file of ['dashboard/dashboard-panel', 'query/result-panel'])
      assert.match(read(`extension/ui/${file}.ts`), /\.html = webviewPage\(/);
    assert.match(read('extension/ui/restricted-page.ts'), /enableScripts: false/);
    assert.deepEqual(having(/enableScripts: true/), ['extension/ui/webview-page.ts']);
    assert.match(read('extension/ui/webview-page.ts'), /localResourceRoots: \[webviewRoot\(extension\)\]/);
  });

  it('link to no command but those that are named', () => {
    assert.deepEqual(having(/enableCommandUris/), ['extension/ui/restricted-page.ts']);
    assert.match(read('extension/ui/restricted-page.ts'), /enableCommandUris: \[MANAGE_TRUST\]/);
    for (const file of having(/isTrusted = /)) assert.match(read(file), /isTrusted = \{ enabledCommands: /, file);
    assert.deepEqual(having(/supportHtml/), []);
  });

  it('make no markup from text: the linter sees it', async () => {
    const eslint = new ESLint({ cwd: root });
    const code = [
      `export function show(made: HTMLElement, text: string): void {`,
      `  made.innerHTML = text;`,
      `  made.outerHTML = text;`,
      `  made.insertAdjacentHTML('beforeend', text);`,
      `  document.write(text);`,
      `  made.setAttribute('onclick', text);`,
      `  eval(text);`,
      `}`,
    ].join('\n');
    const [result] = await eslint.lintText(code, { filePath: path.join(root, 'extension/webview/elements.ts') });
    const lines = result?.messages.filter(({ ruleId }) => /^no-(?:restricted|eval)/.test(ruleId ?? ''));
    assert.deepEqual([...new Set(lines?.map(({ line }) => line))], [2, 3, 4, 5, 6, 7]);
  });
});

describe('what leaves the window', () => {
  it('opens addresses in one place, and types into terminals in one', () => {
    assert.deepEqual(having(/openExternal\(|'vscode\.open'/), ['extension/ui/open-setup.ts']);
    assert.deepEqual(having(/sendText\(/), ['extension/ui/terminal.ts']);
  });
});
