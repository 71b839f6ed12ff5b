import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { Bundle } from '../../extension/lake/ledger-bundles.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import type { ListedUnit } from '../../extension/lake/ledger-units.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { BundleJob, LakeWorker } from '../../extension/lake/worker.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { DAY, utcDate } from '../../extension/shared/utc.ts';
import type { CheckReport } from '../../extension/sync/check-report.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { bundlesToMake } from '../../extension/sync/compaction.ts';
import { pruneLake } from '../../extension/sync/prune.ts';
import { copyOf, WANTED, type DamagedLake } from './damaged-lake.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

const dayOf = (daysAgo: number): string => utcDate(Date.now() - daysAgo * DAY);

describe('which small files are put together', () => {
  const unit = fc.record({
    day: fc.integer({ min: 0, max: 75 }),
    part: fc.constantFrom('day', 'hour-07'),
    bytes: fc.constantFrom(1_000, 900_000, 1_900_000, 5_000_000),
    quarantined: fc.constantFrom(0, 0, 0, 1),
    column: fc.constantFrom('DOUBLE', 'DOUBLE', 'VARCHAR'),
    bundle: fc.constantFrom(null, null, 'a', 'b'),
  });
  const closed = '2026-11-15';

  it('is each once, of closed days, alike, and never too much; and then there is nothing left to do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(unit, { selector: ({ day, part }) => `${String(day)} ${part}` }), (drawn) => {
        let units: ListedUnit[] = drawn
          .map(({ day, part, bytes, quarantined, column, bundle }) => {
            const eventDate = utcDate(Date.UTC(2026, 8, 10) + day * DAY);
            // A bundle is of a month and of small units with the same columns.
            const isBundled = bundle !== null && bytes < 2_000_000 && quarantined === 0 && eventDate < closed;
            return {
              ...{
                source: 'event_log',
                eventType: 'Login',
                eventDate,
                part,
                path: `${eventDate}/${part}`,
                rows: 1,
                bytes,
              },
              ...{ eventFrom: null, eventTo: null, columns: { X: column }, misfits: 0, quarantined },
              bundle: isBundled ? `${bundle} ${eventDate.slice(0, 7)} ${column}` : null,
            };
          })
          .sort((a, b) => (a.path < b.path ? -1 : 1));
        const members = (path: string): readonly ListedUnit[] => units.filter(({ bundle }) => bundle === path);
        const bundlesOf = (): Bundle[] =>
          [...new Set(units.flatMap(({ bundle }) => bundle ?? []))].map((path) => {
            return {
              path,
              source: 'event_log',
              eventType: 'Login',
              units: members(path).length,
              bytes: 1,
              columns: {},
            };
          });
        for (let round = 0; ; round++) {
          const made = bundlesToMake(units, bundlesOf(), closed);
          assert.ok(round < 3, 'it comes to an end');
          if (made.length === 0) break;
          const all = made.flat();
          assert.equal(new Set(all).size, all.length);
          for (const some of made) {
            assert.ok(some.every(({ eventDate, quarantined }) => eventDate < closed && quarantined === 0));
            assert.equal(new Set(some.map(({ eventDate }) => eventDate.slice(0, 7))).size, 1);
            assert.equal(new Set(some.map(({ columns }) => JSON.stringify(columns))).size, 1);
            assert.ok(some.reduce((sum, { bytes }) => sum + bytes, 0) <= 32 << 20);
          }
          const bundleOf = new Map(made.flatMap((some, index) => some.map((each) => [each, `r${round} ${index}`])));
          units = units.map((each) => ({ ...each, bundle: bundleOf.get(each) ?? each.bundle }));
        }
        const loose = units.filter((each) => each.bundle === null && each.bytes < 2_000_000 && !each.quarantined);
        for (const month of new Set(loose.map(({ eventDate }) => eventDate.slice(0, 7)))) {
          const left = loose.filter(({ eventDate }) => eventDate.startsWith(month) && eventDate < closed);
          assert.ok(left.length < 16, 'few small files of a month are left');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a lake whose closed days were put together', () => {
  let lab: OrgAndLake;
  let rows: readonly string[];

  const bundles = (lake: DamagedLake): readonly Bundle[] => {
    using ledger = openLedger(lake.dataDir, lab.org.orgId);
    return ledger.bundles.all();
  };
  const assertSound = async (lake: DamagedLake): Promise<void> => {
    const { findings, sources } = await lake.check();
    assert.deepEqual(findings, []);
    for (const { source, provenRows, rows: all } of sources) assert.equal(provenRows, all, source);
  };

  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    assert.equal((await lab.sync({ eventTypes: WANTED, sources: ['event_log'] })).outcome, 'done');
    await using lake = await copyOf(lab);
    rows = await lake.rows();
  });
  after(() => lab[Symbol.asyncDispose]());

  it('has few files, and each event once, with its date', async () => {
    await using lake = await copyOf(lab);
    using ledger = openLedger(lake.dataDir, lab.org.orgId);
    const closed = ledger.units.all().filter(({ eventDate }) => eventDate < dayOf(2));
    const together = closed.filter(({ bundle }) => bundle !== null);
    assert.ok(together.length > 20, `${together.length} of ${closed.length}`);
    const loose = Map.groupBy(
      closed.filter(({ bundle }) => bundle === null),
      ({ eventType, eventDate, columns }) => `${eventType} ${eventDate.slice(0, 7)} ${JSON.stringify(columns)}`,
    );
    assert.ok([...loose.values()].every((some) => some.length < 8));
    assert.ok(bundles(lake).length <= 6);
    const { event_log } = await lab.truth();
    const counts = await lake.query('SELECT event_type, count(*) FROM event_log GROUP BY ALL ORDER BY ALL');
    assert.deepEqual(
      Object.fromEntries(counts.map(([type, count]) => [type, count])),
      Object.fromEntries(WANTED.include.map((type) => [type, event_log[type]])),
    );
    const dates = await lake.query(
      'SELECT event_date::VARCHAR, count(*)::INTEGER FROM event_log_login GROUP BY ALL ORDER BY ALL',
    );
    const expected = new Map<string, number>();
    for (const { eventType, eventDate, rows: count } of ledger.units.all()) {
      if (eventType === 'Login') expected.set(eventDate, (expected.get(eventDate) ?? 0) + count);
    }
    assert.deepEqual(dates, [...expected].filter(([, count]) => count > 0).sort());
    const [[oneDay] = []] = await lake.query(`SELECT count(*) FROM event_log_login WHERE event_date = '${dayOf(10)}'`);
    assert.equal(oneDay, expected.get(dayOf(10)));
    await assertSound(lake);
  });

  it('lets readers go on with the list that they have, until the next run', async () => {
    await using lake = await copyOf(lab);
    using ledger = openLedger(lake.dataDir, lab.org.orgId);
    const garbage = ledger.units.garbage();
    assert.ok(garbage.length > 20 && garbage.every((file) => existsSync(file)));
    await lake.sync(['event_log']);
    assert.ok(garbage.every((file) => !existsSync(file)));
    assert.deepEqual(await lake.rows(), rows);
    await assertSound(lake);
  });

  it('takes a daily file that is made anew, at the cost of its month', async () => {
    await using lake = await copyOf(lab);
    const before = bundles(lake).map(({ path }) => path);
    await lab.change({ kind: 'regenerate-daily', eventType: 'Login', date: dayOf(12), count: 5 });
    const report = await lake.sync(['event_log']);
    assert.equal(report.sources[0]?.rows, 5);
    assert.equal((await lake.rows()).length, rows.length + 5);
    const after = bundles(lake).map(({ path }) => path);
    assert.equal(after.filter((path) => !before.includes(path)).length, 1);
    using ledger = openLedger(lake.dataDir, lab.org.orgId);
    assert.ok(ledger.units.of('event_log', 'Login', dayOf(12)).every(({ bundle }) => bundle !== null));
    await assertSound(lake);
    rows = await lake.rows();
    await lab.sync({ eventTypes: WANTED, sources: ['event_log'] });
  });

  it('is made again from raw files where a bundle is damaged or lost', async () => {
    await using lake = await copyOf(lab);
    const [damaged, lost] = bundles(lake);
    assert.ok(damaged && lost);
    const relative = (path: string): string => path.slice(lake.folder.length + 1);
    await lake.truncate(relative(damaged.path));
    await lake.remove(relative(lost.path));
    const { findings } = await lake.check();
    assert.deepEqual(findings.map(({ kind }) => kind).sort(), ['lake-damaged', 'lake-missing']);
    assert.equal((await lake.repair()).outcome, 'repaired');
    assert.deepEqual(await lake.rows(), rows);
    await assertSound(lake);
  });

  it('keeps its rows when the ledger is lost, and the raw files of closed days too', async () => {
    await using lake = await copyOf(lab);
    await lake.sync(['event_log']);
    await lake.remove('ledger.sqlite');
    for (const file of await lake.files('raw/event_log', /\/day-/)) await lake.remove(file);
    await lake.repair();
    assert.deepEqual(await lake.rows(), rows);
    assert.ok(bundles(lake).length > 0);
    assert.deepEqual((await lake.check()).findings, []);
  });

  it('loses pruned days from its bundles too', async () => {
    await using lake = await copyOf(lab);
    const options = { dataDir: lake.dataDir, orgId: lab.org.orgId, olderThan: 10 * DAY };
    await pruneLake({ ...options, dryRun: false });
    const old = await lake.query(`SELECT count(*) FROM event_log WHERE event_date < '${dayOf(10)}'`);
    assert.deepEqual(old, [[0]]);
    await using worker = openLakeWorker({ dataFolder: lake.folder });
    for (const { path } of bundles(lake)) {
      const facts = await worker.inspectBundle(path);
      assert.ok('units' in facts && facts.units.every(({ eventDate }) => eventDate >= dayOf(10)), path);
    }
    assert.deepEqual(
      (await lake.files('lake', /parquet$/)).filter((file) => oldPath(file)),
      [],
    );
    await assertSound(lake);
  });

  for (const moment of ['before', 'after'] as const) {
    it(`is whole when a worker dies ${moment} it has written a bundle, and gets its bundles in the next run`, async () => {
      const dataDir = path.join(lab.folder, `killed-${moment}`);
      const folder = path.join(dataDir, lab.org.orgId);
      await using worker = openLakeWorker({ dataFolder: folder });
      const dies: LakeWorker = Object.assign(Object.create(worker) as LakeWorker, {
        publish: worker.publish.bind(worker),
        publishAll: worker.publishAll.bind(worker),
        bundle: async (job: BundleJob) => {
          if (moment === 'after') await worker.bundle(job);
          throw new OrgwatchError('LAKE_WORKER_FAILED', 'The lake worker ended (SIGKILL).');
        },
      });
      const options = { dataDir, eventTypes: WANTED, sources: ['event_log'] };
      assert.equal((await lab.sync({ ...options, worker: dies })).outcome, 'done');
      const check = (): Promise<CheckReport> => checkLake({ dataDir, orgId: lab.org.orgId });
      assert.deepEqual((await check()).findings, []);
      const loose = (): number => {
        using ledger = openLedger(dataDir, lab.org.orgId);
        return ledger.units.all().filter(({ bundle }) => bundle === null).length;
      };
      const before = loose();
      await lab.change({ kind: 'regenerate-daily', eventType: 'Login', date: dayOf(15), count: 1 });
      assert.equal((await lab.sync(options)).outcome, 'done');
      assert.ok(loose() < before);
      const { findings, sources } = await check();
      assert.deepEqual(findings, []);
      assert.ok(sources.every((each) => each.provenRows === each.rows));
    });
  }

  function oldPath(file: string): boolean {
    const date = /event_date=(\d{4}-\d\d-\d\d)/.exec(file)?.[1];
    return date !== undefined && date < dayOf(10);
  }
});
