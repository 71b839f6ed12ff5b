import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseLimitInfo } from '../../extension/org/limit-info.ts';

describe('Sforce-Limit-Info', () => {
  it('tells the usage of the whole org, whatever stands beside it', () => {
    const usage = { used: 10018, max: 100000 };
    assert.deepEqual(parseLimitInfo('api-usage=10018/100000'), usage);
    assert.deepEqual(parseLimitInfo('api-usage=10018/100000; api-bursts=1/750'), usage);
    assert.deepEqual(parseLimitInfo('api-bursts=1/750; api-usage=10018/100000'), usage);
    assert.deepEqual(parseLimitInfo('api-usage=10018/100000; per-app-api-usage=17/250(appName=a)'), usage);
    assert.deepEqual(parseLimitInfo('per-app-api-usage=17/250(appName=a); api-usage=10018/100000'), usage);
  });

  it('tells nothing where there is nothing to tell', () => {
    for (const header of [null, undefined, '', 'per-app-api-usage=17/250(appName=a)', 'api-usage=/', 'api-usage=1/0']) {
      assert.equal(parseLimitInfo(header), undefined);
    }
  });

  it('never fails, and answers whole numbers only', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const usage = parseLimitInfo(header);
        assert.ok(usage === undefined || (Number.isSafeInteger(usage.used) && Number.isSafeInteger(usage.max)));
      }),
    );
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1 }), fc.stringMatching(/^[a-z-]*=\d+\/\d+$/), (used, max, other) => {
        fc.pre(!other.startsWith('api-usage'));
        assert.deepEqual(parseLimitInfo(`${other}; api-usage=${String(used)}/${String(max)}`), { used, max });
        assert.deepEqual(parseLimitInfo(`api-usage=${String(used)}/${String(max)}; ${other}`), { used, max });
      }),
    );
  });
});
