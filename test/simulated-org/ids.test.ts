import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isId, makeId, numberFrom, to15, to18 } from './ids.ts';

describe('record Ids', () => {
  it('get the suffix that Salesforce gives them', () => {
    assert.equal(to18('00D000000000062'), '00D000000000062EAA');
    assert.equal(to18('001A0000006Vm9r'), '001A0000006Vm9rIAC');
    assert.equal(to18('001A0000006Vm9rIAC'), '001A0000006Vm9rIAC');
  });

  it('ascend with their numbers and differ where these do', () => {
    const numbers = fc.integer({ min: 0, max: 2 ** 48 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [first, second] = [makeId('0AT', a), makeId('0AT', b)];
        assert.ok(isId(first) && isId(to15(first)));
        assert.equal(first < second, a < b);
      }),
    );
  });

  it('made from text stay apart', () => {
    const ids = new Set(Array.from({ length: 10_000 }, (_, index) => numberFrom(`00e/${index}`)));
    assert.equal(ids.size, 10_000);
  });
});
