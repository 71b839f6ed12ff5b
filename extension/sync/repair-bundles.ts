import type { DiskFile } from '../lake/check-disk.ts';
import type { UnitKey } from '../lake/ledger-units.ts';
import { isUnreadable, type BundledUnit, type BundleFacts } from '../lake/proof.ts';
import { readBundlePath } from '../lake/repair-paths.ts';
import { unitPath } from './publish-event-log.ts';
import { asUnit } from './publish-records.ts';
import type { RepairRun } from './repair-run.ts';

interface FoundBundle extends BundleFacts {
  readonly source: string;
  readonly eventType: string;
  readonly bytes: number;
}

/** The bundles among the files of a lake that can be read. */
export async function readBundles(run: RepairRun, files: readonly DiskFile[]): Promise<readonly FoundBundle[]> {
  const { worker, signal } = run.parts;
  const found: FoundBundle[] = [];
  for (const { path: file, bytes } of files) {
    const named = readBundlePath(file);
    if (!named) continue;
    const facts = await worker.inspectBundle(run.absolute(file), signal);
    if (isUnreadable(facts)) continue;
    const eventType = named.eventType ?? facts.eventType;
    if (eventType !== null) found.push({ ...facts, source: named.source, eventType, bytes });
  }
  return found;
}

/**
 * Makes the units of bundles units of a new ledger, where there is no file of their own: that one is newer. Of a day that
 * has a file for all of it, the hours do not become units. Of two bundles that have a unit, one is as good as the other.
 */
export function adoptBundles(run: RepairRun, bundles: readonly FoundBundle[]): void {
  const { ledger, clock } = run.parts;
  const wholeFirst = (a: BundledUnit, b: BundledUnit): number => Number(b.part === 'day') - Number(a.part === 'day');
  for (const { path, source, eventType, columns, bytes, units } of bundles) {
    const taken: UnitKey[] = [];
    for (const { eventDate, part, ...facts } of [...units].sort(wholeFirst)) {
      const known = ledger.units.of(source, eventType, eventDate);
      if (known.some((unit) => unit.part === part || unit.part === 'day')) continue;
      const key = { source, eventType, eventDate, part };
      const own = { ...facts, path: unitPath(ledger.paths, key), bytes: Math.round(bytes / units.length), columns };
      ledger.units.put({ ...key, ...asUnit({ ...own, quarantined: 0 }) }, clock.now());
      taken.push(key);
    }
    if (taken.length > 0)
      ledger.bundles.put({ path, source, eventType, units: units.length, bytes, columns }, taken, clock.now());
  }
}
