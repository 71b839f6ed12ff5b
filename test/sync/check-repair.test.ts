import assert from 'node:assert/strict';
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { quarantineOf } from '../../extension/lake/paths.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import type { Finding } from '../../extension/sync/check-report.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { holdLease } from '../../extension/sync/lease.ts';
import { repairLake } from '../../extension/sync/repair.ts';
import { copyOf, WANTED, type DamagedLake } from './damaged-lake.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

const DAY_FILE = /\/day-/;
const HOUR_FILE = /\/hour-/;

describe('checking and repairing a lake', () => {
  let lab: OrgAndLake;
  /** The rows of the lake before it is damaged. */
  let rows: readonly string[];

  const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind }) => kind).sort();
  const first = async (lake: DamagedLake, below: string, pattern: RegExp): Promise<string> => {
    const [file] = await lake.files(below, pattern);
    assert.ok(file !== undefined, `no file in ${below}`);
    return file;
  };
  /** Nothing is left to be found or done. */
  const assertWhole = async (lake: DamagedLake): Promise<void> => {
    assert.deepEqual(await lake.rows(), rows);
    assert.deepEqual((await lake.check()).findings, []);
    assert.equal((await lake.repair()).outcome, 'sound');
  };

  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    assert.equal((await lab.sync({ eventTypes: WANTED })).outcome, 'done');
    await using lake = await copyOf(lab);
    rows = await lake.rows();
  });

  after(() => lab[Symbol.asyncDispose]());

  it('proves every row of a sound lake, changes nothing and asks nobody', async () => {
    await using lake = await copyOf(lab);
    const { total } = await lab.requests();
    const { outcome, sources, findings } = await lake.check();
    assert.deepEqual(findings, []);
    assert.equal(outcome, 'sound');
    for (const source of sources) {
      assert.equal(source.provenRows, source.rows, source.source);
      assert.equal(source.unprovenUnits, 0, source.source);
    }
    assert.ok(sources.some(({ source, rawFiles }) => source === 'event_log' && rawFiles > 20));
    assert.equal((await lake.repair()).outcome, 'sound');
    assert.equal((await lab.requests()).total, total);
  });

  it('finds a flipped byte in an event log file, and has it fetched again', async () => {
    await using lake = await copyOf(lab);
    const file = await first(lake, 'raw/event_log', DAY_FILE);
    await lake.flipByte(file, 0.2);
    const { findings } = await lake.check();
    assert.deepEqual(kinds(findings), ['raw-damaged']);
    assert.equal(findings[0]?.path, file);
    const report = await lake.repair();
    assert.deepEqual(report.toFetch, { files: 1, spans: 0 });
    assert.deepEqual(
      report.setAside.map((aside) => aside.path),
      [file],
    );
    assert.equal((await lake.files('set-aside', /\.zst$/)).length, 1);
    assert.deepEqual(await lake.rows(), rows, 'what the lake has of it stays');
    assert.deepEqual({ ...(await lake.check()).awaited }, { files: 1, spans: 0 });
    assert.equal((await lake.repair()).outcome, 'sound');
    const { sources } = await lake.sync(['event_log']);
    assert.equal(sources[0]?.files, 1);
    await assertWhole(lake);
  });

  it('finds that what a file says of itself was changed', async () => {
    await using lake = await copyOf(lab);
    const file = await first(lake, 'raw/event_log', HOUR_FILE);
    await lake.flipByte(file, 0.95);
    assert.deepEqual(kinds((await lake.check()).findings), ['raw-damaged']);
  });

  it('keeps the rows of a lost page, and pulls its records again', async () => {
    await using lake = await copyOf(lab);
    await lake.remove(await first(lake, 'raw/login_history', /\.zst$/));
    assert.deepEqual(kinds((await lake.check()).findings), ['raw-missing']);
    const report = await lake.repair();
    assert.deepEqual(report.toFetch, { files: 0, spans: 1 });
    assert.equal(report.salvagedRows, 2000);
    await assertWhole(lake);
    const { outcome } = await lake.sync(['login_history']);
    assert.equal(outcome, 'done');
    const kept = new Set(await lake.rows());
    assert.deepEqual(
      rows.filter((row) => !kept.has(row)),
      [],
    );
    assert.deepEqual((await lake.check()).findings, []);
  });

  it('makes Parquet files again that are gone, cut short or of other rows', async () => {
    await using lake = await copyOf(lab);
    const [gone, short, other, ...others] = lake.eventLogUnits();
    const another = others.find(({ rows }) => rows !== other?.rows);
    assert.ok(gone && short && other && another);
    await lake.remove(gone.file);
    await lake.truncate(short.file);
    await cp(path.join(lake.folder, another.file), path.join(lake.folder, other.file));
    await lake.remove(await first(lake, 'lake/login_history', /parquet$/));
    await lake.remove(await first(lake, 'lake/user_snapshot', /parquet$/));
    const { findings } = await lake.check();
    assert.deepEqual(kinds(findings), ['lake-damaged', 'lake-damaged', 'lake-missing', 'lake-missing', 'lake-missing']);
    const report = await lake.repair();
    assert.equal(report.outcome, 'repaired');
    assert.equal(report.rebuilt.units, 5);
    await assertWhole(lake);
  });

  it('drops a Parquet file that nothing can make again, until its raw file is fetched', async () => {
    await using lake = await copyOf(lab);
    const lost = lake.eventLogUnits().find(({ unit }) => unit.part === 'day');
    assert.ok(lost);
    for (const raw of lost.raw.filter((file) => DAY_FILE.test(file))) await lake.remove(raw);
    await lake.remove(lost.file);
    const report = await lake.repair();
    assert.equal(report.outcome, 'incomplete');
    assert.deepEqual(kinds(report.left), ['lake-damaged']);
    assert.ok((await lake.rows()).length < rows.length);
    await lake.sync(['event_log']);
    await assertWhole(lake);
  });

  for (const [what, damage] of [
    ['lost', (lake: DamagedLake) => lake.remove('ledger.sqlite')],
    [
      'overwritten',
      (lake: DamagedLake) => writeFile(path.join(lake.folder, 'ledger.sqlite'), 'no database '.repeat(1000)),
    ],
    ['damaged inside', (lake: DamagedLake) => lake.scribble('ledger.sqlite')],
  ] as const) {
    it(`makes a ledger again that is ${what}: nothing is fetched twice`, async () => {
      await using lake = await copyOf(lab);
      await damage(lake);
      const found = kinds((await lake.check()).findings);
      assert.deepEqual(found, [what === 'lost' ? 'ledger-missing' : 'ledger-damaged']);
      const report = await lake.repair();
      assert.equal(report.ledger, 'rebuilt');
      assert.equal(report.outcome, 'repaired');
      assert.deepEqual(report.toFetch, { files: 0, spans: 0 });
      assert.equal((await lake.files('set-aside', /ledger/)).length > 0, what !== 'lost');
      assert.deepEqual(await lake.orphans(), [], 'each row names a raw file that the ledger knows');
      await assertWhole(lake);
      const { sources } = await lake.sync(['setup_audit_trail', 'event_log']);
      assert.deepEqual(
        sources.map(({ requests }) => requests),
        // What the user may do is asked once, as that is known from no raw file.
        [2, 1],
      );
    });
  }

  it('makes ledger and lake from raw files alone', async () => {
    await using lake = await copyOf(lab);
    await lake.remove('ledger.sqlite');
    for (const file of await lake.files('lake', /./)) await lake.remove(file);
    const report = await lake.repair();
    assert.equal(report.outcome, 'repaired');
    assert.equal(report.org.username, lab.org.username);
    await assertWhole(lake);
  });

  it('keeps Parquet files whose raw files are gone, when the ledger is gone too', async () => {
    await using lake = await copyOf(lab);
    await lake.remove('ledger.sqlite');
    for (const file of await lake.files('raw/event_log', DAY_FILE)) await lake.remove(file);
    await lake.repair();
    assert.deepEqual(await lake.rows(), rows);
    assert.deepEqual((await lake.check()).findings, []);
  });

  it('tidies up: half-written files, what others may read, what nobody knows', async () => {
    await using lake = await copyOf(lab);
    const raw = await first(lake, 'raw/event_log', DAY_FILE);
    const parquet = await first(lake, 'lake/login_history', /parquet$/);
    await writeFile(path.join(lake.folder, `${raw}.4711.part`), 'half');
    await writeFile(path.join(lake.folder, path.dirname(parquet), '.login_history.parquet.1.tmp'), 'half');
    await writeFile(path.join(lake.folder, path.dirname(parquet), 'stranger.parquet'), 'who?', { mode: 0o600 });
    await writeFile(path.join(lake.folder, 'raw/notes.txt'), 'mine', { mode: 0o600 });
    await chmod(path.join(lake.folder, raw), 0o644);
    await chmod(path.join(lake.folder, 'raw'), 0o755);
    const { findings } = await lake.check();
    const expected = ['lake-unknown', 'open-to-others', 'open-to-others', 'raw-unknown', 'unfinished', 'unfinished'];
    assert.deepEqual(kinds(findings).filter((kind) => kind !== 'open-to-others').length, 4);
    assert.deepEqual([...new Set(kinds(findings))], [...new Set(expected)]);
    const report = await lake.repair();
    assert.equal(report.tidied.unfinished, 2);
    assert.ok(report.tidied.modes >= 2);
    assert.deepEqual(
      report.setAside.map((aside) => path.basename(aside.path)),
      ['stranger.parquet'],
    );
    assert.deepEqual(
      report.left.map((finding) => finding.path),
      ['raw/notes.txt'],
      'what is not ours stays',
    );
    assert.deepEqual(kinds((await lake.check()).findings), ['raw-unknown']);
    assert.deepEqual(await lake.rows(), rows);
  });

  it('sets aside the quarantine of a Parquet file that has nothing in quarantine', async () => {
    await using lake = await copyOf(lab);
    const [unit] = lake.eventLogUnits();
    assert.ok(unit);
    const stale = quarantineOf(unit.file);
    await writeFile(path.join(lake.folder, stale), '{"text":"read since"}\n', { mode: 0o600 });
    const { findings } = await lake.check();
    assert.deepEqual(
      findings.map(({ kind, path: file }) => [kind, file]),
      [['lake-unknown', stale]],
    );
    const report = await lake.repair();
    assert.equal(report.outcome, 'repaired');
    assert.deepEqual(
      report.setAside.map((aside) => aside.path),
      [stale],
    );
    await assertWhole(lake);
  });

  it('takes in raw files that the ledger does not know, but none of another org', async () => {
    await using lake = await copyOf(lab);
    const file = await first(lake, 'raw/event_log', DAY_FILE);
    const other = path.join(lake.dataDir, '00D000000000009AAA');
    await mkdir(path.join(other, 'raw'), { recursive: true, mode: 0o700 });
    await cp(path.join(lake.folder, file), path.join(other, 'raw', path.basename(file)));
    const strange = await checkLake({ dataDir: lake.dataDir, orgId: path.basename(other) });
    assert.deepEqual(kinds(strange.findings), ['ledger-missing', 'raw-unknown']);
    assert.match(strange.findings[1]?.detail ?? '', /another org, 00D/);
    {
      using ledger = openLedger(lake.dataDir, lab.org.orgId);
      const known = ledger.care.storedFiles().find((each) => each.path === file);
      assert.ok(known);
      ledger.transaction(() => ledger.care.fetchAgain(known.id));
    }
    assert.deepEqual(kinds((await lake.check()).findings), ['raw-unknown']);
    const report = await lake.repair();
    assert.equal(report.adopted, 1);
    await assertWhole(lake);
  });

  it('reports rows that no raw file has, and makes such files anew only when told to', async () => {
    await using lake = await copyOf(lab);
    await lake.forgePage();
    const differing = kinds((await lake.check()).findings);
    assert.ok(differing.length > 0 && differing.every((kind) => kind === 'rows-differ'), differing.join());
    const report = await lake.repair();
    assert.deepEqual(kinds(report.left), differing);
    assert.equal(report.left[0]?.remedy, 'repair --all');
    assert.equal((await lake.repair(true)).outcome, 'repaired');
    assert.deepEqual((await lake.check()).findings, []);
  });

  it('holds the lease', async () => {
    await using lake = await copyOf(lab);
    using ledger = openLedger(lake.dataDir, lab.org.orgId);
    using held = holdLease(ledger, systemClock, silentLog);
    assert.equal(held.lost.aborted, false);
    const options = { dataDir: lake.dataDir, orgId: lab.org.orgId };
    await assert.rejects(checkLake(options), withCode('BUSY'));
    await assert.rejects(repairLake(options), withCode('BUSY'));
  });
});
