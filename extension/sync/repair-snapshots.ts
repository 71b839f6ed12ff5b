import type { PageRawFile } from '../lake/ledger-files.ts';
import { readProvenance } from '../lake/provenance.ts';
import { utcDate } from '../shared/utc.ts';
import type { SnapshotSource } from '../sources/source.ts';
import type { UnitProof } from './prove-rows.ts';
import { publishSnapshot } from './publish-snapshot.ts';
import type { RepairRun } from './repair-run.ts';

/** Windows have ids from 1 on. */
const NO_WINDOW = 0;

/** Makes the units of snapshots anew, and those of complete snapshots that no unit was made of. */
export async function buildSnapshots(
  run: RepairRun,
  source: SnapshotSource,
  proofs: readonly UnitProof[],
): Promise<void> {
  const publish = (at: number): Promise<void> => publishSnapshot(run.publishRun(source.name), source, at, NO_WINDOW);
  for (const { unit } of proofs) if (typeof unit?.eventFrom === 'number') await publish(unit.eventFrom);
  const { ledger } = run.parts;
  const beingTaken = new Set(ledger.windows.open(source.name).map(({ from }) => from));
  const landed = ledger.files.landedPages(source.name).filter(({ eventFrom }) => !beingTaken.has(eventFrom));
  const moments = [...new Set(landed.map(({ eventFrom }) => eventFrom))].sort((a, b) => a - b);
  for (const at of moments) {
    const pages = landed.filter(({ eventFrom }) => eventFrom === at);
    const later = ledger.units.of(source.name, '', utcDate(at)).some(({ eventFrom }) => (eventFrom ?? 0) > at);
    if (!later && (await isComplete(run, pages))) await publish(at);
    else ledger.transaction(() => ledger.files.mark(pages, 'superseded'));
  }
}

async function isComplete(run: RepairRun, pages: readonly PageRawFile[]): Promise<boolean> {
  for (const page of pages) {
    if ((await readProvenance(run.parts.storage.folder, page.path))?.page?.isLast === true) return true;
  }
  return false;
}
