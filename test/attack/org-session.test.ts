import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { updateUser } from '../../extension/prerequisites/wording.ts';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import { orgAndLake, withCode, type OrgAndLake } from '../sync/org-and-lake.ts';

describe('a session that a renewal has given', () => {
  let both: OrgAndLake;

  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'shield', scale: 0.02 });
  });

  afterEach(() => both[Symbol.asyncDispose]());

  for (const [what, token] of Object.entries({
    'of another org': '00D000000000009!AQ123456789012345678901234567890',
    'with a second header in it': 'a\r\nx-evil: 1',
  })) {
    it(`is not used when it is one ${what}, however often`, async () => {
      both.token = token;
      for (let tried = 0; tried < 2; tried++) {
        await assert.rejects(both.sync({ sources: ['login_history'] }), withCode('SESSION_EXPIRED'));
      }
      assert.equal((await both.requests()).counted, 0);
    });
  }
});

describe('a command that is shown', () => {
  it('holds nothing of an org that a shell would run', () => {
    const answers = (username: string): Answers => ({ account: { username } }) as Answers;
    const ours = updateUser(answers('a@b.c'), 'IsActive=true');
    assert.ok(ours.includes(`--where "Username='a@b.c'" --values "IsActive=true"`), ours);
    const theirs = updateUser(answers('a$(id)@b.c'), 'LanguageLocaleKey=`id`');
    assert.ok(theirs.includes(`--where 'Username='\\''a$(id)@b.c'\\''' --values 'LanguageLocaleKey=\`id\`'`), theirs);
  });
});
