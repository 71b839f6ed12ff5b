import { listDisk } from '../lake/check-disk.ts';
import type { Unit } from '../lake/ledger-units.ts';
import { isUnreadable } from '../lake/proof.ts';
import type { SealedProvenance } from '../lake/provenance.ts';
import { readUnitPath, type UnitPath } from '../lake/repair-paths.ts';
import { SOURCES } from '../sources/registry.ts';
import { countQuarantined } from './check-parquet.ts';
import { gapsBetween } from './coverage.ts';
import { adoptBundles, readBundles } from './repair-bundles.ts';
import { asUnit } from './publish-records.ts';
import type { RepairRun } from './repair-run.ts';

/**
 * Fills a new ledger from what lies on disk: raw files are in it already; units from the Parquet files that can be
 * read, cursors from what the raw files say they cover. What lies between them is asked for again.
 */
export async function remakeLedger(run: RepairRun, raw: readonly SealedProvenance[]): Promise<void> {
  await adoptUnits(run);
  const { ledger, clock } = run.parts;
  ledger.transaction(() => {
    for (const { kind, name } of SOURCES) {
      const pages = raw.flatMap(({ source, page }) => (source === name && page ? [page] : []));
      if (pages.length === 0) continue;
      const whole = kind === 'snapshot' ? pages.filter(({ isLast }) => isLast) : pages;
      const last = Math.min(Math.max(...whole.map(({ eventTo }) => eventTo)), clock.now());
      if (Number.isFinite(last)) ledger.windows.advance(name, { time: last, id: '' });
      if (kind !== 'records') continue;
      const begins = pages.map(({ coversFrom }) => coversFrom);
      ledger.spans.begin(name, begins.includes(null) ? null : Math.min(...begins.map(Number)), clock.now());
      for (const gap of gapsBetween(pages.map(({ coversFrom, coversTo }) => ({ from: coversFrom, to: coversTo })))) {
        ledger.windows.add(name, gap.from, gap.to);
        run.spansToFetch++;
      }
    }
  });
}

/** The Parquet files that can be read become units; of a day that has a file for all of it, the hours do not. */
async function adoptUnits(run: RepairRun): Promise<void> {
  const { ledger, clock } = run.parts;
  const files = [...(await listDisk(ledger.paths)).files.values()].filter(
    ({ layer, kind }) => layer === 'lake' && kind === 'data',
  );
  const units: Unit[] = [];
  for (const { path, bytes } of files) {
    const named = readUnitPath(path);
    const unit = named && (await unitOf(run, named, run.absolute(path), bytes));
    if (unit) units.push(unit);
  }
  const bundles = await readBundles(run, files);
  const dayOf = ({ source, eventType, eventDate }: Unit): string => `${source} ${eventType} ${eventDate}`;
  const whole = new Set(units.filter(({ part }) => part === 'day').map(dayOf));
  ledger.transaction(() => {
    for (const unit of units) {
      if (unit.part === 'day' || !whole.has(dayOf(unit))) ledger.units.put(unit, clock.now());
    }
    adoptBundles(run, bundles);
  });
}

/** The unit that a file is; undefined when it cannot be read. */
async function unitOf(run: RepairRun, named: UnitPath, file: string, bytes: number): Promise<Unit | undefined> {
  const { worker, signal } = run.parts;
  const [facts] = await worker.inspect([file], signal);
  if (!facts || isUnreadable(facts)) return undefined;
  const { columns, eventType: written } = await worker.describe(file, signal);
  const eventType = named.eventType ?? written;
  if (eventType === null) return undefined;
  const quarantined = (await countQuarantined(run.parts.storage.folder, file)) ?? 0;
  return { ...named, eventType, ...asUnit({ ...facts, bytes, columns, quarantined }) };
}
