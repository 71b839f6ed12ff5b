import { openLedger, type Ledger } from '../lake/ledger.ts';
import { openSound } from './check.ts';
import type { Aside } from './repair-run.ts';

/** SQLite's file and the two beside it. */
const FILES = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm'];

/**
 * The ledger; an empty one in its place where it is lost or damaged, the damaged one set aside.
 * @throws OrgwatchError LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export async function openOrRemake(
  dataDir: string,
  orgId: string,
  aside: Aside,
): Promise<{ readonly ledger: Ledger; readonly isNew: boolean }> {
  const opened = openSound(dataDir, orgId);
  if ('ledger' in opened) return { ledger: opened.ledger, isNew: false };
  for (const file of FILES) await aside.move(file, opened.finding.detail);
  return { ledger: openLedger(dataDir, orgId), isNew: true };
}
