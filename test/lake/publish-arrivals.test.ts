import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { EventLogInput } from '../../extension/lake/worker.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, published } from './lake-folder.ts';

describe('files that arrive in any order', () => {
  let lake: LakeFolder;

  before(async () => {
    lake = await LakeFolder.make();
  });

  after(async () => {
    await lake[Symbol.asyncDispose]();
  });

  /** An event is a number; several files may hold it, and one file may hold it several times. */
  const files = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 }), { minLength: 1, maxLength: 4 });
  const shuffled = files.chain((some) =>
    fc.record({
      files: fc.constant(some),
      order: fc.shuffledSubarray([...some.keys()], { minLength: some.length }),
    }),
  );

  it('give each event as often as the file that has it most, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ files: events, order }) => {
        const landed: EventLogInput[] = [];
        for (const numbers of events) landed.push(await lake.raw(toCsv([['N'], ...numbers.map((n) => [String(n)])])));
        const inOrder = order.map((index) => landed[index]).filter((input) => input !== undefined);
        const keys = await keysOf(inOrder);
        assert.deepEqual(
          keys.map(([number]) => number),
          [0, 1, 2, 3, 4, 5, 6].flatMap((number) =>
            Array<string>(Math.max(...events.map((some) => some.filter((n) => n === number).length))).fill(
              String(number),
            ),
          ),
        );
        assert.deepEqual(await keysOf(landed), keys);
        assert.deepEqual(await keysOf([...landed, ...landed.slice(0, 1)]), keys);
      }),
      { numRuns: 25 },
    );
  });

  async function keysOf(inputs: readonly EventLogInput[]): Promise<unknown[][]> {
    const result = await lake.worker.publish(lake.eventLog('Login', '2026-11-01', inputs));
    const { rows } = await lake.query(
      'SELECT N, event_key FROM event_log_login ORDER BY ALL',
      published('event_log', 'Login', result),
    );
    assert.equal(rows.length, result.units[0]?.rows);
    return rows.map((row) => [...row]);
  }
});
