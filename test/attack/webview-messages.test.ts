import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { asFromDashboard } from '../../extension/ui/dashboard/from-dashboard.ts';
import { asFromResult, asResultMemory } from '../../extension/ui/query/from-result.ts';

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Values as a page that was taken over may send them, some of them nearly right. */
const message = fc.oneof(
  fc.anything(),
  fc.record(
    {
      type: fc.constantFrom(
        'ready',
        'page',
        'copy',
        'run',
        'cancel',
        'export',
        'range',
        'refresh',
        'open',
        '__proto__',
      ),
      run: fc.oneof(fc.nat(), fc.anything()),
      offset: fc.oneof(fc.nat(), fc.double(), fc.anything()),
      limit: fc.oneof(fc.nat(), fc.integer(), fc.anything()),
      range: fc.oneof(
        fc.constantFrom('1', '7', 'all', 'toString', '30; DROP'),
        fc.record({
          rows: fc.array(fc.oneof(fc.integer(), fc.double())),
          columns: fc.array(fc.nat(), { maxLength: 3 }),
        }),
        fc.anything(),
      ),
      id: fc.oneof(fc.string(), fc.anything()),
      bucket: fc.oneof(fc.string(), fc.constant(null), fc.anything()),
      title: fc.oneof(fc.string(), fc.anything()),
      sql: fc.oneof(fc.string(), fc.anything()),
      orgId: fc.oneof(fc.string(), fc.anything()),
    },
    { requiredKeys: ['type'] },
  ),
);

describe('messages of a webview that was taken over', () => {
  it('ask the result grid for no more than it gives, or nothing', () => {
    fc.assert(
      fc.property(message, (each) => {
        const heard = asFromResult(each);
        if (heard?.type === 'page') {
          assert.ok([heard.run, heard.offset, heard.limit].every(isCount));
          assert.ok(heard.limit > 0 && heard.limit <= 1000);
        }
        if (heard?.type === 'copy') {
          const { rows, columns } = heard.range;
          assert.ok([...rows, ...columns].every(isCount) && rows[0] <= rows[1] && columns[0] <= columns[1]);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('ask the dashboard for a range that there is and one bucket, or nothing', () => {
    fc.assert(
      fc.property(message, (each) => {
        const heard = asFromDashboard(each);
        if (heard?.type === 'range') assert.match(heard.range, /^(?:1|7|30|60|all)$/);
        if (heard?.type === 'open') {
          assert.equal(typeof heard.id, 'string');
          assert.ok(heard.bucket === null || heard.bucket.length <= 4000);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('are heard where they are right', () => {
    const copy = { type: 'copy', run: 1, range: { rows: [0, 5], columns: [1, 1] } };
    assert.deepEqual(asFromResult(copy), copy);
    const page = { type: 'page', run: 1, offset: 200, limit: 200 };
    assert.deepEqual(asFromResult(page), page);
    assert.deepEqual(asFromResult({ ...page, limit: 1e9 }), { ...page, limit: 1000 });
    const open = { type: 'open', id: 'top-users', bucket: null };
    assert.deepEqual(asFromDashboard(open), open);
    const memory = { title: 'a', sql: 'SELECT 1', orgId: '00D' };
    assert.deepEqual(asResultMemory({ ...memory, more: 1 }), memory);
    assert.equal(asResultMemory({ ...memory, sql: 1 }), undefined);
  });
});
