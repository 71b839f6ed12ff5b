import path from 'node:path';
import { isUnreadable, type BundleFacts } from '../lake/proof.ts';
import type { DiskFile } from '../lake/check-disk.ts';
import { segment } from '../lake/paths.ts';
import { readBundlePath } from '../lake/repair-paths.ts';
import { parseTime } from '../shared/utc.ts';
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
  const wholeFirst = (a: { readonly part: string }, b: { readonly part: string }): number =>
    Number(b.part === 'day') - Number(a.part === 'day');
  for (const { path: file, source, eventType, columns, bytes, units } of bundles) {
    const taken = [...units].sort(wholeFirst).filter((unit) => {
      const known = ledger.units.of(source, eventType, unit.eventDate);
      if (known.some(({ part }) => part === unit.part || part === 'day')) return false;
      const folder = path.join(ledger.paths.lake, source, `event_type=${segment(eventType)}`);
      const [eventFrom, eventTo] = [unit.from, unit.to].map((time) => (time === null ? null : parseTime(time)));
      const made = {
        ...{ source, eventType, eventDate: unit.eventDate, part: unit.part, columns, quarantined: 0 },
        path: path.join(folder, `event_date=${unit.eventDate}`, `${unit.part}.parquet`),
        ...{ rows: unit.rows, bytes: Math.round(bytes / units.length), misfits: unit.misfits },
        ...{ eventFrom: eventFrom ?? null, eventTo: eventTo ?? null },
      };
      ledger.units.put(made, clock.now());
      return true;
    });
    const keys = taken.map(({ eventDate, part }) => ({ source, eventType, eventDate, part }));
    if (keys.length > 0)
      ledger.bundles.put({ path: file, source, eventType, units: units.length, bytes, columns }, keys, clock.now());
  }
}
