import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import { shellWord } from '../../extension/shared/shell.ts';

describe('a word of a shell', () => {
  it('is left as it is where nothing in it means something to a shell', () => {
    for (const plain of ['my-org', 'ada@acme.example', 'https://acme.my.salesforce.com:443/', '00D000000000001EAA'])
      assert.equal(shellWord(plain), plain);
  });

  it('means itself to a shell, whatever is in it', () => {
    for (const text of [`<b>O'Neil</b> "שלום" 😀`, '$(touch x)', '`id`', 'a; b && c | d > e', "''", '', '*', 'a\nb'])
      assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' }), text);
  });
});
