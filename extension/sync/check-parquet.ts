import { readFile } from 'node:fs/promises';
import type { Unit } from '../lake/ledger-units.ts';
import { quarantineOf } from '../lake/paths.ts';
import { isUnreadable, type ParquetFacts, type Unreadable } from '../lake/proof.ts';
import { count } from '../shared/count.ts';

/** What is wrong with a Parquet file; undefined when nothing is. */
export function problemOf(unit: Pick<Unit, 'rows'>, facts: ParquetFacts | Unreadable): string | undefined {
  if (isUnreadable(facts)) return `It cannot be read: ${facts.problem}`;
  if (facts.rows !== unit.rows)
    return `It has ${count(facts.rows, 'row')}; it was published with ${count(unit.rows, 'row')}.`;
  if (facts.events !== facts.rows)
    return `${count(facts.rows - facts.events, 'event')} of it are there more than once.`;
  return undefined;
}

/** Records in quarantine beside a unit's file; undefined when there is no quarantine. */
export async function countQuarantined(unitPath: string): Promise<number | undefined> {
  const text = await readFile(quarantineOf(unitPath), 'utf8').catch(() => undefined);
  return text?.split('\n').filter((line) => line !== '').length;
}
