import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { folderOf, numberOf, oneOf, textOf, textsOf, wholeOf } from '../../extension/ui/setting-values.ts';

describe('settings of a workspace that means harm', () => {
  it('are of the type and in the range that the manifest says, or not there', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.double(), fc.string({ maxLength: 3000 }), fc.array(fc.anything())),
        (value) => {
          const number = numberOf(value, 0, 99);
          assert.ok(number === undefined || (number >= 0 && number <= 99));
          const whole = wholeOf(value, 1, 10_080);
          assert.ok(whole === undefined || (Number.isInteger(whole) && whole >= 1 && whole <= 10_080));
          assert.ok(['a', 'b'].includes(oneOf(value, ['a', 'b'], 'a')));
          for (const text of [textOf(value) ?? 'none', ...textsOf(value)])
            assert.ok(text.length > 0 && text.length <= 1000);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('name a data folder inside the workspace folder, or an absolute one', () => {
    const workspace = path.resolve('/work/space');
    const folder = fc.oneof(
      fc
        .array(fc.constantFrom('..', '.', '', 'a', '.orgwatch', 'b c', '...'), { maxLength: 8 })
        .map((each) => each.join('/')),
      fc.string({ maxLength: 50 }),
      fc.anything(),
    );
    fc.assert(
      fc.property(folder, (value) => {
        const set = folderOf(value, '.orgwatch');
        if (set === undefined || path.isAbsolute(set)) return;
        assert.doesNotMatch(path.relative(workspace, path.join(workspace, set)), /^\.\.(?:$|\/)/);
      }),
      { numRuns: 3000 },
    );
    for (const bad of ['..', '../..', 'a/../../b', '../'.repeat(5000), 'x'.repeat(10_000), 'a\0b'])
      assert.equal(folderOf(bad, '.orgwatch'), undefined, bad.slice(0, 20));
    for (const none of ['', '  ', 5, null, undefined, [], {}]) assert.equal(folderOf(none, '.orgwatch'), '.orgwatch');
  });
});
