import { t } from '@vscode/l10n';
import type { Unit } from '../lake/ledger-units.ts';
import { quarantineOf } from '../lake/paths.ts';
import { isUnreadable, type ParquetFacts, type Unreadable } from '../lake/proof.ts';
import type { OrgFolder } from '../lake/storage-folder.ts';
import { counted } from '../shared/wording.ts';

/** What is wrong with a Parquet file; undefined when nothing is. */
export function problemOf(unit: Pick<Unit, 'rows'>, facts: ParquetFacts | Unreadable): string | undefined {
  if (isUnreadable(facts)) return t('It cannot be read: {0}', facts.problem);
  if (facts.rows !== unit.rows)
    return t('It has {0}; it was published with {1}.', counted(facts.rows, 'row'), counted(unit.rows, 'row'));
  if (facts.events !== facts.rows)
    return t('{0} of it are there more than once.', counted(facts.rows - facts.events, 'event'));
  return undefined;
}

/** Records in quarantine beside a unit's file; undefined when there is no quarantine. */
export async function countQuarantined(folder: OrgFolder, unitPath: string): Promise<number | undefined> {
  let lines = 0;
  try {
    // Each record is one line, and none is blank.
    for await (const chunk of (await folder.stream(quarantineOf(unitPath))) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) lines++;
    }
    return lines;
  } catch {
    return undefined;
  }
}
