import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { alignedTable, cut, displayWidth, wrap } from '../../extension/cli/layout.ts';

describe('layout', () => {
  it('aligns columns by what a terminal shows, not by characters', () => {
    const lines = alignedTable(
      [{ title: 'Name' }, { title: 'Rows', align: 'right' }],
      [
        ['東京', '7'],
        ['Zoë', '1,234'],
      ],
    );
    assert.deepEqual(lines, ['Name   Rows', '東京      7', 'Zoë   1,234']);
  });

  it('cuts to the width asked for, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        assert.ok(displayWidth(cut(text, columns)) <= columns);
        assert.equal(cut(text, displayWidth(text)), text);
      }),
    );
  });

  it('wraps without losing a word or exceeding the width by more than one word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 12, max: 60 }), (words, columns) => {
        const lines = wrap(words.join(' '), columns);
        assert.equal(lines.join(' '), words.join(' '));
        assert.ok(lines.every((line) => line.length <= columns));
      }),
    );
  });
});
