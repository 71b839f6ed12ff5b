import { t } from '@vscode/l10n';
import { listDisk } from '../lake/check-disk.ts';
import type { Day, UnitKey } from '../lake/ledger-units.ts';
import { relativeTo } from '../lake/paths.ts';
import { messageOf } from '../shared/errors.ts';
import { counted } from '../shared/wording.ts';
import { SOURCES } from '../sources/registry.ts';
import type { EventLogSource, RecordSource } from '../sources/source.ts';
import { isAsExpected } from './check-rows.ts';
import type { CheckRun } from './check-run.ts';
import { unknownFiles } from './check-units.ts';
import { dayName } from './event-log-units.ts';
import type { UnitProof } from './prove-rows.ts';
import { plansFor, publishDays } from './publish-event-log.ts';
import { datesOf, isOfJob, publishDates, publishRecords } from './publish-records.ts';
import type { RepairRun } from './repair-run.ts';
import { buildSnapshots } from './repair-snapshots.ts';

export interface MendOptions {
  /** Units that are as they should be are made anew too, and those that have more rows than their raw files. */
  readonly all: boolean;
  /** The ledger was made again, and with it the ids of raw files that rows name. */
  readonly isNew: boolean;
}

/** Makes the lake what the raw files make of it. */
export async function mendUnits(
  run: RepairRun,
  check: CheckRun,
  proofs: readonly UnitProof[],
  options: MendOptions,
): Promise<void> {
  const { keep: toKeep = [], rebuild: toBuild = [] } = Object.groupBy(proofs, (proof) =>
    verdictOn(check, proof, options),
  );
  for (const proof of toKeep) keep(run, proof);
  const dropped = await dropUnreadable(run, check, new Set(toBuild.map(({ unit }) => unit?.path)));
  for (const source of SOURCES) {
    const own = toBuild.filter(({ key }) => key.source === source.name);
    const keys = [...own.map(({ key }) => key), ...dropped.filter((key) => key.source === source.name)];
    if (source.kind === 'event-log') await buildDays(run, source, keys, options);
    else if (source.kind === 'records') await buildDates(run, source, keys, options);
    else await buildSnapshots(run, source, own);
    for (const { expected } of own) {
      run.rebuiltUnits++;
      run.rebuiltRows += expected?.rows ?? 0;
    }
    run.tell('rebuild', run.rebuiltUnits, toBuild.length);
  }
  await setUnknownAside(run);
}

function verdictOn(
  check: CheckRun,
  { unit, isWhole, expected }: UnitProof,
  { all, isNew }: MendOptions,
): 'fine' | 'rebuild' | 'keep' {
  if (!isWhole) return 'fine';
  if (!unit || check.badUnits.has(unit.path)) return 'rebuild';
  // Its raw files are there, and what is in them cannot be counted: whoever makes it anew loses nothing.
  if (!expected) return all || isNew ? 'rebuild' : 'fine';
  if (!all && expected.rows < unit.rows) return 'keep';
  return all || isNew || !isAsExpected(unit, expected) ? 'rebuild' : 'fine';
}

function keep(run: RepairRun, { unit, expected }: UnitProof): void {
  if (!unit || !expected) return;
  const [has, hold] = [counted(unit.rows, 'row'), counted(expected.rows, 'event')];
  const detail = t('It has {0}; its raw files hold {1}. It is kept as it is.', has, hold);
  const file = relativeTo(run.parts.ledger.paths.folder, unit.path);
  run.left.push({ kind: 'rows-differ', source: unit.source, path: file, detail, remedy: 'repair --all' });
}

/** Units that cannot be read and not all of whose raw files are there: queries go on with what the others hold. */
async function dropUnreadable(
  run: RepairRun,
  check: CheckRun,
  rebuilt: ReadonlySet<string | undefined>,
): Promise<readonly UnitKey[]> {
  const { ledger } = run.parts;
  const dropped: UnitKey[] = [];
  for (const unit of ledger.units.all()) {
    if (!check.badUnits.has(unit.path) || rebuilt.has(unit.path)) continue;
    const file = relativeTo(ledger.paths.folder, unit.bundle ?? unit.path);
    await run.setAside(file, t('It cannot be relied on, and not all of its raw files are there.'));
    ledger.transaction(() => ledger.units.remove(unit));
    const detail = t(
      'Neither it nor all of its raw files are as they were: of {0} only those remain whose raw files do.',
      counted(unit.rows, 'row'),
    );
    run.left.push({ kind: 'lake-damaged', source: unit.source, path: file, detail, remedy: 'sync' });
    dropped.push(unit);
  }
  return dropped;
}

async function buildDays(
  run: RepairRun,
  source: EventLogSource,
  keys: readonly UnitKey[],
  { isNew }: MendOptions,
): Promise<void> {
  const { ledger } = run.parts;
  const keysOf = Map.groupBy(keys, dayName);
  const landed = new Set(ledger.files.eventLogFiles(source.name, 'landed').map(dayName));
  for (const day of ledger.care.eventLogDays(source.name)) {
    const name = dayName(day);
    if (!keysOf.has(name) && !landed.has(name)) continue;
    const isAnew = (part: string): boolean => keysOf.get(name)?.some((key) => key.part === part) ?? false;
    if (isNew) settleOthers(run, source, day, isAnew);
    try {
      await publishDays(run.publishRun(source.name), [day], isAnew);
    } catch (error) {
      if (!isOfJob(error)) throw error;
      leave(run, source.name, name, messageOf(error));
    }
  }
}

/** Marks the raw files of units that are kept as published, so that publishing leaves those alone. */
function settleOthers(run: RepairRun, source: EventLogSource, day: Day, isAnew: (part: string) => boolean): void {
  const { ledger } = run.parts;
  const files = ledger.files
    .eventLogFilesOf(source.name, day.eventType, day.eventDate)
    .filter((file) => file.path !== null);
  const current = ledger.units.of(source.name, day.eventType, day.eventDate);
  const kept = plansFor(files, current).filter(
    ({ part }) => !isAnew(part) && current.some((unit) => unit.part === part),
  );
  const inputs = kept.flatMap((plan) => plan.inputs);
  ledger.transaction(() => ledger.files.mark(inputs, 'published'));
}

async function buildDates(
  run: RepairRun,
  source: RecordSource,
  keys: readonly UnitKey[],
  { isNew }: MendOptions,
): Promise<void> {
  const { ledger } = run.parts;
  const publishing = run.publishRun(source.name);
  const dates = new Set(keys.map(({ eventDate }) => eventDate));
  await publishDates(publishing, source, [...dates].sort());
  if (!isNew) await publishRecords(publishing, source);
  else {
    const failed = new Set(publishing.unpublished);
    const pages = ledger.files
      .landedPages(source.name)
      .filter((page) => !datesOf(page).some((date) => failed.has(date)));
    ledger.transaction(() => ledger.files.mark(pages, 'published'));
  }
  for (const date of new Set(publishing.unpublished))
    leave(run, source.name, date, t('The lake worker cannot read it.'));
}

/** What the lake could not take is on disk; it keeps nothing else from being repaired. */
function leave(run: RepairRun, source: string, what: string, why: string): void {
  run.left.push({ kind: 'not-published', source, path: `${source}/${what}`, detail: why, remedy: null });
}

/** Files in the lake that no query reads: they would only confuse. */
async function setUnknownAside(run: RepairRun): Promise<void> {
  const { ledger } = run.parts;
  for (const file of unknownFiles(ledger, await listDisk(ledger.paths))) {
    await run.setAside(file, t('The ledger does not know it.'));
  }
}
