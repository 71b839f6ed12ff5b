import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { config } from '@vscode/l10n';
import { after, before, describe, it } from 'mocha';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import { planOfAll } from '../../extension/prerequisites/prepare-plan.ts';
import { STEPS } from '../../extension/prerequisites/prepare-report.ts';
import { remedyParts } from '../../extension/prerequisites/report.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { ALL_RIGHT } from './answers.ts';
import { CASES } from './outcome-cases.ts';

const bundle = path.join(import.meta.dirname, '../../l10n/bundle.l10n.ja.json');

/** Four English words in a row: API names and labels of Setup are shorter. */
const ENGLISH = /\b(?:[a-z]+,? ){3}[a-z]+\b/;
/** What is English in every language: check boxes and answers of Salesforce, which are quoted, and commands. */
const VERBATIM = /“[^”]*”|「[^」]*」|\bsf org login (?:web|jwt)\b/g;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

function assertJapanese(text: string, of: string): void {
  const sentences = remedyParts(text).filter(({ command }) => !command);
  for (const { text: sentence } of sentences) {
    assert.match(sentence, JAPANESE, of);
    assert.doesNotMatch(sentence.replaceAll(VERBATIM, ''), ENGLISH, of);
    assert.doesNotMatch(sentence, /\{\d\}|undefined/, of);
  }
}

/** What a source answered is put into words when it is asked, as here. */
function answersOf(more: Partial<Answers>): Answers {
  const answers = { ...ALL_RIGHT, ...more };
  const sources = new Map(
    [...answers.sources].map(([name, answer]) => [
      name,
      'value' in answer ? { value: { ...answer.value, said: '10 レコード' } } : answer,
    ]),
  );
  return { ...answers, sources };
}

describe('in a Japanese VS Code', () => {
  before(() => config({ contents: readFileSync(bundle, 'utf8') }));
  after(() => config({ contents: {} }));

  for (const [name, answers] of CASES)
    it(`Verify speaks Japanese: ${name}`, () => {
      for (const { id, title, evidence, remedy } of judge(answersOf(answers)).prerequisites) {
        assertJapanese(title, id);
        // A setting as Salesforce has it is the same in every language.
        if (!/^[\w: ]+ = \w+\.$/.test(evidence)) assertJapanese(evidence, `${id}: ${evidence}`);
        if (remedy !== null) assertJapanese(remedy, `${id}: ${remedy}`);
      }
    });

  it('Prepare says in Japanese what it would do, and why', () => {
    const email = 'a@example.com';
    const account = { username: 'new@example.com', email, lastName: 'Orgwatch' };
    const steps = CASES.flatMap(([, answers]) =>
      [false, true].flatMap((leastPrivilege) =>
        [undefined, account].flatMap((create) =>
          planOfAll(answersOf(answers), {
            account: ALL_RIGHT.account.username,
            create,
            only: STEPS,
            leastPrivilege,
          }),
        ),
      ),
    );
    assert.deepEqual([...new Set(steps.map(({ id }) => id))].sort(), [...STEPS].sort());
    for (const { id, what, why } of steps) {
      assertJapanese(what, `${id}: ${what}`);
      assertJapanese(why, `${id}: ${why}`);
    }
  });
});
