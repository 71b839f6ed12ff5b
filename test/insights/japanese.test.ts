import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { config } from '@vscode/l10n';
import { after, before, describe, it } from 'mocha';
import { shippedQueries } from '../../extension/insights/queries.ts';
import { asSqlText } from '../../extension/insights/query.ts';

const bundle = path.join(import.meta.dirname, '../../l10n/bundle.l10n.ja.json');

describe('in a Japanese VS Code', () => {
  before(() => config({ contents: readFileSync(bundle, 'utf8') }));
  after(() => config({ contents: {} }));

  for (const query of shippedQueries)
    it(`the query ${query.id} says in Japanese why anybody would ask it, above the same SQL`, () => {
      const lines = asSqlText(query).split('\n');
      const comment = lines.filter((line) => line.startsWith('-- '));
      assert.match(query.title, /[\p{Script=Hiragana}\p{Script=Han}]/u);
      assert.match(comment.join(''), /\p{Script=Hiragana}/u);
      assert.ok(comment.every((line) => line.length <= 130));
      assert.ok(asSqlText(query).endsWith(`\n${query.sql.trim()}\n`));
    });
});
