import { readFile } from 'node:fs/promises';
import type { Ledger } from '../lake/ledger.ts';
import type { Unit } from '../lake/ledger-units.ts';
import { isUnreadable, type ParquetFacts, type Unreadable } from '../lake/proof.ts';
import { count } from '../shared/count.ts';
import { throwIfCancelled } from '../shared/abort.ts';
import type { CheckRun } from './check-run.ts';

const AT_A_TIME = 16;

/** Reads every Parquet file that the ledger names to its end, and names those that it does not know. */
export async function checkUnits(run: CheckRun, ledger: Ledger): Promise<void> {
  const { disk, worker, signal } = run.parts;
  const units = ledger.units.all();
  const there = units.filter((unit) => {
    const file = run.relative(unit.path);
    if (disk.files.has(file)) return true;
    run.badUnits.add(unit.path);
    run.find('lake-missing', unit.source, file, 'The ledger knows this Parquet file; it is not there.', 'repair');
    return false;
  });
  for (let start = 0; start < there.length; start += AT_A_TIME) {
    throwIfCancelled(signal);
    const some = there.slice(start, start + AT_A_TIME);
    const found = await worker.inspect(
      some.map(({ path }) => path),
      signal,
    );
    for (const [index, unit] of some.entries()) {
      const facts = found[index];
      if (facts) await checkUnit(run, unit, facts);
    }
    run.tell('lake', start + some.length, there.length);
  }
  findUnknown(run, ledger, units);
}

async function checkUnit(run: CheckRun, unit: Unit, facts: ParquetFacts | Unreadable): Promise<void> {
  const file = run.relative(unit.path);
  const problem = problemOf(unit, facts) ?? (await problemOfQuarantine(unit));
  if (problem !== undefined) {
    run.badUnits.add(unit.path);
    run.find('lake-damaged', unit.source, file, problem, 'repair');
  }
  const counts = run.of(unit.source);
  counts.units++;
  counts.lakeBytes += run.parts.disk.files.get(file)?.bytes ?? 0;
  if (!isUnreadable(facts)) counts.rows += facts.rows;
}

/** What is wrong with a Parquet file; undefined when nothing is. */
export function problemOf(unit: Pick<Unit, 'rows'>, facts: ParquetFacts | Unreadable): string | undefined {
  if (isUnreadable(facts)) return `It cannot be read: ${facts.problem}`;
  if (facts.rows !== unit.rows)
    return `It has ${count(facts.rows, 'row')}; it was published with ${count(unit.rows, 'row')}.`;
  if (facts.events !== facts.rows)
    return `${count(facts.rows - facts.events, 'event')} of it are there more than once.`;
  return undefined;
}

async function problemOfQuarantine(unit: Unit): Promise<string | undefined> {
  if (unit.quarantined === 0) return undefined;
  const text = await readFile(quarantineOf(unit.path), 'utf8').catch(() => undefined);
  if (text === undefined) return `Its quarantine, with ${count(unit.quarantined, 'record')}, is not there.`;
  const lines = text.split('\n').filter((line) => line !== '').length;
  if (lines === unit.quarantined) return undefined;
  return `Its quarantine has ${count(lines, 'record')}; it was published with ${count(unit.quarantined, 'record')}.`;
}

/** Where the records lie that could not be read as rows of a unit. */
export function quarantineOf(unitPath: string): string {
  return unitPath.replace(/\.parquet$/, '.quarantine.ndjson');
}

function findUnknown(run: CheckRun, ledger: Ledger, units: readonly Unit[]): void {
  // What is to be deleted is no surprise: the next sync does it.
  const known = new Set(
    [
      ...units.flatMap(({ path, quarantined }) => (quarantined > 0 ? [path, quarantineOf(path)] : [path])),
      ...ledger.units.garbage().flatMap((file) => [file, quarantineOf(file)]),
    ].map((file) => run.relative(file)),
  );
  for (const { path, layer, kind } of run.parts.disk.files.values()) {
    if (layer !== 'lake' || kind === 'unfinished' || known.has(path)) continue;
    run.find('lake-unknown', null, path, 'The ledger does not know this file; no query reads it.', 'repair');
  }
}
