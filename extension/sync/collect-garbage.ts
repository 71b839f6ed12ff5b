import type { Ledger } from '../lake/ledger.ts';
import type { Storage } from '../lake/storage.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

/** Deletes the files of units that have left the lake. What Orgwatch would not have named so stays, and `check` tells of it. */
export async function collectGarbage(ledger: Ledger, storage: Storage, log: Log): Promise<void> {
  const files = ledger.units.garbage();
  if (files.length === 0) return;
  ledger.makeDurable();
  for (const file of files) {
    try {
      if (await storage.removeUnit(file)) ledger.transaction(() => ledger.units.forget(file));
    } catch (error) {
      if (!(error instanceof OrgwatchError) || error.code !== 'UNSAFE_PATH') throw error;
      log.error(error.message);
    }
  }
}
