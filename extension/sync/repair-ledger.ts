import { openLedger, type Ledger } from '../lake/ledger.ts';
import { LEDGER_FILES } from '../lake/paths.ts';
import { openSound } from './check.ts';
import type { Aside } from './repair-run.ts';

/**
 * The ledger; an empty one in its place where it is lost or damaged, the damaged one set aside.
 * @throws OrgwatchError LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export async function openOrRemake(
  dataDir: string,
  orgId: string,
  aside: Aside,
): Promise<{ readonly ledger: Ledger; readonly isNew: boolean }> {
  const opened = await openSound(dataDir, orgId);
  if ('ledger' in opened) return { ledger: opened.ledger, isNew: false };
  for (const file of LEDGER_FILES) await aside.move(file, opened.finding.detail);
  return { ledger: openLedger(dataDir, orgId), isNew: true };
}
