import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { config } from '@vscode/l10n';
import { after, before, describe, it } from 'mocha';
import { refusalOf } from '../../extension/org/refusal.ts';
import { unreachable } from '../../extension/org/transfer-error.ts';
import { cancelled } from '../../extension/shared/abort.ts';
import type { OrgwatchError } from '../../extension/shared/errors.ts';
import { SOURCES } from '../../extension/sources/registry.ts';

const bundle = path.join(import.meta.dirname, '../../l10n/bundle.l10n.ja.json');
const JAPANESE = /\p{Script=Hiragana}/u;

function assertJapanese({ message, actions }: OrgwatchError): void {
  for (const text of [message, ...actions]) assert.match(text, JAPANESE);
}

describe('in a Japanese VS Code', () => {
  before(() => config({ contents: readFileSync(bundle, 'utf8') }));
  after(() => config({ contents: {} }));

  for (const [status, errorCode] of [
    [403, 'INSUFFICIENT_ACCESS'],
    [403, 'REQUEST_LIMIT_EXCEEDED'],
    [403, 'API_DISABLED_FOR_ORG'],
    [503, 'SERVER_UNAVAILABLE'],
  ] as const)
    it(`the refusal ${errorCode} is told in Japanese, with Salesforce's own words in it`, () => {
      const error = refusalOf(status, JSON.stringify([{ errorCode, message: 'their own words' }]), 'LoginHistory');
      assertJapanese(error);
      assert.match(error.message, /their own words.*\(/);
      assert.ok(error.message.includes(errorCode));
      assert.notEqual(error.actions.length, 0);
    });

  it('an org that does not answer is told in Japanese', () => {
    assertJapanese(unreachable(new URL('https://example.my.salesforce.com/'), new Error('ECONNRESET'), undefined));
    assertJapanese(cancelled());
  });

  it('why a source is empty is told in Japanese', () => {
    for (const { whenEmpty, whenRefused, needs } of SOURCES) {
      assert.match(whenEmpty(), JAPANESE);
      if (whenRefused !== undefined) assert.match(whenRefused(), JAPANESE);
      for (const { costs } of needs) assert.match(costs(), /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
    }
  });
});
