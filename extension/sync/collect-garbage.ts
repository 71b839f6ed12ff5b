import type { Ledger } from '../lake/ledger.ts';
import type { Storage } from '../lake/storage.ts';

/** Deletes the files of units that have left the lake. */
export async function collectGarbage(ledger: Ledger, storage: Storage): Promise<void> {
  const files = ledger.units.garbage();
  if (files.length === 0) return;
  ledger.makeDurable();
  for (const file of files) {
    if (await storage.removeUnit(file)) ledger.transaction(() => ledger.units.forget(file));
  }
}
