import { t } from '@vscode/l10n';
import type { Ledger } from '../lake/ledger.ts';
import type { ListedUnit } from '../lake/ledger-units.ts';
import { isUnreadable, type BundleFacts, type Unreadable } from '../lake/proof.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import { problemOf } from './check-parquet.ts';
import type { CheckRun } from './check-run.ts';

/** Reads every bundle to its end: what it has of each unit that is read from it. */
export async function checkBundles(run: CheckRun, ledger: Ledger, listed: readonly ListedUnit[]): Promise<void> {
  const { disk, worker, signal } = run.parts;
  const unitsOf = Map.groupBy(listed, ({ bundle }) => bundle);
  for (const { path, source } of ledger.bundles.all()) {
    throwIfCancelled(signal);
    const units = unitsOf.get(path) ?? [];
    const file = run.relative(path);
    const onDisk = disk.files.get(file);
    if (!onDisk) {
      for (const unit of units) run.badUnits.add(unit.path);
      run.find('lake-missing', source, file, t('The ledger knows this Parquet file; it is not there.'), 'repair');
      continue;
    }
    const facts = await worker.inspectBundle(path, signal);
    const problems = units.flatMap((unit) => {
      const problem = problemOfUnit(unit, facts);
      if (problem === undefined) return [];
      run.badUnits.add(unit.path);
      return [problem];
    });
    if (problems[0] !== undefined) run.find('lake-damaged', source, file, problems[0], 'repair');
    const counts = run.of(source);
    counts.units += units.length;
    counts.lakeBytes += onDisk.bytes;
    counts.rows += units.reduce((sum, { rows }) => sum + rows, 0);
  }
}

function problemOfUnit(unit: ListedUnit, facts: BundleFacts | Unreadable): string | undefined {
  if (isUnreadable(facts)) return problemOf(unit, facts);
  const found = facts.units.find(({ eventDate, part }) => eventDate === unit.eventDate && part === unit.part);
  if (!found) return unit.rows === 0 ? undefined : t('It has no row of {0}.', unit.eventDate);
  const problem = problemOf(unit, { ...found, path: facts.path });
  return problem && `${unit.eventDate}: ${problem}`;
}
