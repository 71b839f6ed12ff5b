import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ListedUnit } from '../lake/ledger-units.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import { DAY, utcDate } from '../shared/utc.ts';
import { bundlesToMake } from './compaction.ts';
import type { RunParts } from './source-run.ts';

/** A day is closed so long after its end: by then its daily file is there, as a rule. */
const CLOSED_AFTER = 2 * DAY;

export type CompactionParts = Pick<RunParts, 'ledger' | 'worker' | 'clock' | 'signal'>;

/**
 * Puts the small Parquet files of closed days of some event types together, a month in a bundle. Readers go on with the
 * list that they have: what is not listed any more is deleted when the next run begins. Nothing may be published, and no
 * garbage collected, meanwhile.
 * @returns bundles made
 */
export async function compact(parts: CompactionParts, source: string, eventTypes: Iterable<string>): Promise<number> {
  const { ledger, clock } = parts;
  const closed = utcDate(clock.now() - CLOSED_AFTER);
  let made = 0;
  for (const eventType of eventTypes) {
    const units = ledger.units.ofType(source, eventType);
    for (const some of bundlesToMake(units, ledger.bundles.of(source, eventType), closed)) {
      throwIfCancelled(parts.signal);
      await bundle(parts, some);
      made++;
    }
  }
  return made;
}

async function bundle({ ledger, worker, clock, signal }: CompactionParts, units: readonly ListedUnit[]): Promise<void> {
  const [first] = units;
  if (!first) return;
  const { source, eventType, columns } = first;
  const output = pathOf(units, first);
  ledger.transaction(() => {
    ledger.bundles.intend(output);
  });
  const job = {
    units: units.map(({ path, bundle, eventDate, part, rows }) => ({ path, bundle, eventDate, part, rows })),
    columns,
    output,
  };
  const { bytes } = await worker.bundle(job, signal);
  ledger.transaction(() => {
    ledger.bundles.put({ path: output, source, eventType, units: units.length, bytes, columns }, units, clock.now());
  });
}

/**
 * Beside the folders of its days, by month. The name is a function of what the bundle is made of: making it again
 * overwrites, and a bundle that is made anew never takes the place of the one that readers have open.
 */
function pathOf(units: readonly ListedUnit[], first: ListedUnit): string {
  const hash = createHash('sha256');
  for (const unit of units) hash.update(JSON.stringify([unit.eventDate, unit.part, unit.rows, unit.bundle]));
  const folder = path.join(path.dirname(path.dirname(first.path)), `event_month=${first.eventDate.slice(0, 7)}`);
  return path.join(folder, `bundle-${hash.digest('hex').slice(0, 16)}.parquet`);
}
