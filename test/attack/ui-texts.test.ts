import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { knownLoginOrigin, loginOrigin, setupAddress } from '../../extension/ui/addresses.ts';
import { block, code, escape, escapeAroundCode, table } from '../../extension/ui/markdown.ts';
import { label, notice } from '../../extension/ui/plain.ts';
import { asTsv } from '../../extension/ui/query/tsv.ts';
import { isPlainWord, loginWords } from '../../extension/ui/terminal-words.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

const anything = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom(...'[](){}<>!`|\\*_~#-+=:/@$&;"\'\n\r\t 1.www', 'command', '\u202e'), { maxLength: 40 })
    .map((each) => each.join('')),
);

describe('text of others in Markdown', () => {
  it('stays on its line, without a character that starts a link, a picture, HTML, code, an icon or a cell', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const safe = escape(text);
        assert.doesNotMatch(safe, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert.doesNotMatch(safe, /^\s*(?:[-+#=:]|\d+[.)])/);
        const bare = safe.replaceAll(/\\[\\`*_[\]|~$!^\-+#=:.)]/g, 'x').replaceAll(/&(?:amp|lt|gt|#\d+);/g, 'x');
        assert.doesNotMatch(bare, /[\\`*_[\]|~$!^<>&@]|\/\/|www\./i);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads as it was, but for what nobody sees', () => {
    const plain = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
    fc.assert(
      fc.property(plain, (text) => {
        const read = escape(text)
          .replaceAll(/\\([\\`*_[\]|~$!^\-+#=:.)])/g, '$1')
          .replaceAll(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        assert.equal(read, text.replaceAll(/\s+/g, ' '));
      }),
    );
  });

  it('ends no code and no cell', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        assert.match(code(one), /^(?:`[^`|\p{Cc}\p{Cf}]+`)?$/u);
        const cells = table(['a', 'b'], [[escapeAroundCode(one), code(other)]]).split('\n');
        assert.equal(cells.length, 3);
        assert.equal(cells[2]?.replaceAll(/\\./g, '').split('|').length, 4);
      }),
      { numRuns: 2000 },
    );
  });

  it('ends no block of code', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const [first = '', ...lines] = block(text).split('\n');
        const closing = lines.findIndex((each) => each.trimEnd().replace(/^ {0,3}/, '') === first);
        assert.equal(closing, lines.length - 1);
      }),
    );
  });
});

describe('text of others in labels, notifications and the clipboard', () => {
  /** As VS Code finds links in notifications, and icons in labels. */
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  const ICON = /(?<!\\)\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

  it('is no link in a notification, which would run a command, and no icon in a label', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        assert.doesNotMatch(notice(`${one}${other}`), LINK);
        assert.doesNotMatch(label(`${one}${other}`), ICON);
      }),
      { numRuns: 2000 },
    );
    assert.equal(notice('[x](command:a)'), '[x] (command:a)');
    assert.equal(label('$(check) Trusted'), '\\$(check) Trusted');
  });

  it('is no formula in a spreadsheet that copied rows are pasted into', () => {
    assert.equal(asTsv([['=cmd()', '+1', '-1', '@x', 'a=b', -1, null]]), "'=cmd()\t'+1\t'-1\t'@x\ta=b\t-1\t");
  });
});

describe('words for a terminal', () => {
  const SHELL = /[\s"'`$&|;<>(){}[\]*?!~#%^,\\]/;

  it('are the same in every shell, or none', () => {
    fc.assert(
      fc.property(anything, (text) => {
        if (isPlainWord(text)) assert.doesNotMatch(text, SHELL);
      }),
    );
  });

  it('come from the actions of an error only where all are plain', () => {
    const action = (alias: string, url: string): string =>
      `Log in again: sf org login web --alias ${alias} --instance-url ${url}`;
    const words = ['sf', 'org', 'login', 'web', '--alias', 'my-org', '--instance-url', 'https://a.my.salesforce.com'];
    assert.deepEqual(loginWords([action('my-org', 'https://a.my.salesforce.com')]), words);
    for (const alias of [
      "'a b'",
      "'a;calc'",
      "a'\\''b",
      'a&calc',
      'a`id`',
      '$(id)',
      'a|b',
      '%COMSPEC%',
      'a\u001b[201~',
    ])
      assert.equal(loginWords([action(alias, 'https://a.my.salesforce.com')]), undefined, alias);
    assert.equal(loginWords([action('a', 'https://x/;rm')]), undefined);
    assert.equal(loginWords(['Nothing of that kind']), undefined);
  });

  it('are origins without anything that a shell takes for its own', () => {
    assert.equal(loginOrigin(' https://Acme.my.salesforce.com/a?b#c '), 'https://acme.my.salesforce.com');
    assert.equal(loginOrigin('http://127.0.0.1:8080/'), 'http://127.0.0.1:8080');
    for (const url of [
      'http://acme.example',
      'https://a$(id).example',
      'https://a&calc.example',
      "https://a'b.example",
      'https://a;b.example',
      'javascript:alert(1)',
      'file:///etc/passwd',
      '',
      'https://a`id`.example',
    ])
      assert.equal(loginOrigin(url), undefined, url);
    fc.assert(
      fc.property(anything, (text) => {
        const origin = loginOrigin(`https://${text}`);
        if (origin !== undefined) assert.doesNotMatch(origin, SHELL);
      }),
      { numRuns: 2000 },
    );
  });

  it('lead from a ledger to Salesforce or this machine, and nowhere else', () => {
    for (const url of [
      'https://acme.my.salesforce.com',
      'https://acme--uat.sandbox.my.salesforce.com',
      'http://localhost:1',
    ])
      assert.ok(knownLoginOrigin(url), url);
    for (const url of [
      'https://attacker.example',
      'https://salesforce.com.attacker.example',
      'https://my-salesforce.com',
      'https://a@attacker.example/.salesforce.com',
    ])
      assert.equal(knownLoginOrigin(url), undefined, url);
  });

  it('open Setup at the org that was verified, and nothing else', () => {
    const org = 'https://acme.my.salesforce.com';
    assert.equal(setupAddress(`${org}/lightning/setup/Users/home`, `${org}/`), `${org}/lightning/setup/Users/home`);
    for (const url of [
      'https://attacker.example/a',
      'http://acme.my.salesforce.com/a',
      'file:///etc/passwd',
      'vscode://x/y',
      'command:x',
      'https://acme.my.salesforce.com@attacker.example/',
    ])
      assert.equal(setupAddress(url, org), undefined, url);
  });
});
