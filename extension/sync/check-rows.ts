import { t } from '@vscode/l10n';
import type { Ledger } from '../lake/ledger.ts';
import { counted } from '../shared/wording.ts';
import type { CheckRun } from './check-run.ts';
import type { Expected, UnitProof } from './prove-rows.ts';

/** Holds the rows of units against what raw files say, and counts the units that nothing can be said of. */
export function checkRows(run: CheckRun, ledger: Ledger, proofs: readonly UnitProof[]): void {
  const unproven = new Map(ledger.units.all().map((unit) => [unit.path, unit.source]));
  for (const { key, unit, expected } of proofs) {
    if (!unit) {
      const place = [key.source, key.eventType, key.eventDate, key.part].filter((part) => part !== '').join(', ');
      const detail = t('Its raw files are there; the ledger names no Parquet file made of them.');
      run.find('lake-missing', key.source, `lake: ${place}`, detail, 'repair');
    } else if (expected) {
      unproven.delete(unit.path);
      if (isAsExpected(unit, expected)) run.of(unit.source).provenRows += unit.rows;
      else {
        // What the lake has and raw has not is not dropped unasked.
        const remedy = expected.rows < unit.rows ? 'repair --all' : 'repair';
        run.find('rows-differ', unit.source, run.relative(unit.path), difference(unit, expected), remedy);
      }
    }
  }
  for (const source of unproven.values()) run.of(source).unprovenUnits++;
}

export function isAsExpected(unit: Expected, expected: Expected): boolean {
  return unit.rows === expected.rows && unit.quarantined === expected.quarantined;
}

function difference(unit: Expected, expected: Expected): string {
  const has = parts(unit, 'row');
  return t('It was published with {0}; its raw files hold {1}.', has, parts(expected, 'event'));
}

function parts({ rows, quarantined }: Expected, noun: 'row' | 'event'): string {
  return quarantined === 0
    ? counted(rows, noun)
    : t('{0} and {1} that cannot be read', counted(rows, noun), counted(quarantined, 'record'));
}
