import { t } from '@vscode/l10n';
import type { DiskListing } from '../lake/check-disk.ts';
import type { Ledger } from '../lake/ledger.ts';
import type { Unit } from '../lake/ledger-units.ts';
import { quarantineOf, relativeTo } from '../lake/paths.ts';
import { isUnreadable, type ParquetFacts, type Unreadable } from '../lake/proof.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import { counted } from '../shared/wording.ts';
import { checkBundles } from './check-bundles.ts';
import { countQuarantined, problemOf } from './check-parquet.ts';
import type { CheckRun } from './check-run.ts';

/** Files that the worker reads at a time, all of one table. */
const AT_A_TIME = 64;

/** Reads every Parquet file that the ledger names to its end, and names those that it does not know. */
export async function checkUnits(run: CheckRun, ledger: Ledger): Promise<void> {
  const { disk, worker, signal } = run.parts;
  const listed = ledger.units.all();
  for (const { source, misfits, quarantined } of listed) {
    const counts = run.of(source);
    counts.misfits += misfits;
    counts.quarantined += quarantined;
  }
  const units = listed.filter(({ bundle }) => bundle === null);
  await checkBundles(run, ledger, listed);
  const there = units.filter((unit) => {
    const file = run.relative(unit.path);
    if (disk.files.has(file)) return true;
    run.badUnits.add(unit.path);
    run.find('lake-missing', unit.source, file, t('The ledger knows this Parquet file; it is not there.'), 'repair');
    return false;
  });
  let done = 0;
  for (const some of byTable(there)) {
    throwIfCancelled(signal);
    const found = await worker.inspect(
      some.map(({ path }) => path),
      signal,
    );
    for (const [index, unit] of some.entries()) {
      const facts = found[index];
      if (facts) await checkUnit(run, unit, facts);
    }
    done += some.length;
    run.tell('lake', done, there.length);
  }
  for (const path of unknownFiles(ledger, disk)) {
    run.find('lake-unknown', null, path, t('The ledger does not know this file; no query reads it.'), 'repair');
  }
}

/** Units of one table each, so that their files have about the same columns. */
function* byTable(units: readonly Unit[]): Generator<readonly Unit[]> {
  let some: Unit[] = [];
  for (const unit of units) {
    const [before] = some;
    const isOther = before !== undefined && (before.source !== unit.source || before.eventType !== unit.eventType);
    if (isOther || some.length === AT_A_TIME) {
      yield some;
      some = [];
    }
    some.push(unit);
  }
  if (some.length > 0) yield some;
}

async function checkUnit(run: CheckRun, unit: Unit, facts: ParquetFacts | Unreadable): Promise<void> {
  const file = run.relative(unit.path);
  const problem = problemOf(unit, facts) ?? (await problemOfQuarantine(run, unit));
  if (problem !== undefined) {
    run.badUnits.add(unit.path);
    run.find('lake-damaged', unit.source, file, problem, 'repair');
  }
  const counts = run.of(unit.source);
  counts.units++;
  counts.lakeBytes += run.parts.disk.files.get(file)?.bytes ?? 0;
  if (!isUnreadable(facts)) counts.rows += facts.rows;
}

async function problemOfQuarantine(run: CheckRun, unit: Unit): Promise<string | undefined> {
  if (unit.quarantined === 0) return undefined;
  const found = await countQuarantined(run.parts.folder, unit.path);
  if (found === undefined) return t('Its quarantine, with {0}, is not there.', counted(unit.quarantined, 'record'));
  if (found === unit.quarantined) return undefined;
  return t(
    'Its quarantine has {0}; it was published with {1}.',
    counted(found, 'record'),
    counted(unit.quarantined, 'record'),
  );
}

/**
 * Files in the lake that the ledger does not know, relative to the org's folder. What is to be deleted is no surprise: the
 * next sync does it.
 */
export function unknownFiles({ units, paths }: Ledger, disk: DiskListing): readonly string[] {
  const known = new Set(
    [
      ...units
        .all()
        .flatMap(({ path, bundle, quarantined }) => [bundle ?? path, ...(quarantined > 0 ? [quarantineOf(path)] : [])]),
      ...units.garbage().flatMap((file) => [file, quarantineOf(file)]),
    ].map((file) => relativeTo(paths.folder, file)),
  );
  return [...disk.files.values()]
    .filter(({ path, layer, kind }) => layer === 'lake' && kind !== 'unfinished' && !known.has(path))
    .map(({ path }) => path);
}
