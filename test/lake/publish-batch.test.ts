import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { EventLogJob, PublishResult } from '../../extension/lake/worker.ts';
import { toCsv } from './csv.ts';
import { LakeFolder, published } from './lake-folder.ts';

const HEADER = ['EVENT_TYPE', 'TIMESTAMP', 'RUN_TIME', 'USER_ID', 'NOTE'];
const TYPES = 'String,DateTime,Number,Id,String';

/** A file as Salesforce may send it: ordinary, or with something that makes it one to be looked at by itself. */
const files = fc.array(
  fc.record({
    rows: fc.array(
      fc.record({
        time: fc.constantFrom('20261101101112.131', '20261101101113', '', 'never'),
        runTime: fc.constantFrom('12', '1.5', '', 'n/a'),
        note: fc.constantFrom('', 'plain', 'with "quotes", and commas', 'two\nlines', '\x1e', '日本'),
      }),
      { maxLength: 5 },
    ),
    repeat: fc.boolean(),
    broken: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    extraColumn: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
    empty: fc.integer({ min: 0, max: 14 }).map((number) => number === 0),
  }),
  { minLength: 2, maxLength: 12 },
);

describe('publishing many small event log files at once', () => {
  it('makes of each what publishing it by itself makes', async () => {
    await using together = await LakeFolder.make();
    await using apart = await LakeFolder.make();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        run++;
        const jobs = { together: [] as EventLogJob[], apart: [] as EventLogJob[] };
        for (const [index, { rows, repeat, broken, extraColumn, empty }] of some.entries()) {
          const header = extraColumn ? [...HEADER, 'MORE'] : HEADER;
          const body = rows.map(({ time, runTime, note }, row) =>
            ['Login', time, runTime, `005${String(row)}`, note].concat(extraColumn ? ['more'] : []),
          );
          const csv = toCsv([header, ...body, ...(repeat ? body.slice(0, 1) : [])]) + (broken ? '"a","b"\n' : '');
          const date = new Date(Date.UTC(2020 + run, 0, 1 + index)).toISOString().slice(0, 10);
          for (const [name, lake] of [
            ['together', together],
            ['apart', apart],
          ] as const) {
            const input = { ...(await lake.raw(empty ? '' : csv)), fieldNames: HEADER.join(','), fieldTypes: TYPES };
            jobs[name].push(lake.eventLog('Login', date, [input]));
          }
        }
        const made = await together.worker.publishAll(jobs.together);
        const alone: PublishResult[] = [];
        for (const job of jobs.apart) alone.push(await apart.worker.publish(job));
        const facts = (results: readonly PublishResult[]) =>
          results.map(({ units }) => units.map(({ path: _path, bytes: _bytes, ...unit }) => unit));
        assert.deepEqual(facts(made), facts(alone));
        const rowsOf = async (lake: LakeFolder, results: readonly PublishResult[]) =>
          (
            await lake.query(
              'SELECT * FROM event_log_login ORDER BY ALL',
              results.flatMap((result) => published('event_log', 'Login', result)),
            )
          ).rows;
        assert.deepEqual(await rowsOf(together, made), await rowsOf(apart, alone));
      }),
      { numRuns: 12 },
    );
    const names = await readdir(together.folder, { recursive: true });
    assert.deepEqual(
      names.filter((name) => name.endsWith('.tmp')),
      [],
    );
  }).timeout(120_000);
});
