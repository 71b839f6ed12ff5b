import path from 'node:path';
import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { Unit } from '../lake/ledger-units.ts';
import { segment, type LakePaths } from '../lake/paths.ts';
import type { EventLogJob } from '../lake/worker.ts';
import { collectGarbage } from './collect-garbage.ts';
import { supersededBy, unitsOf, type UnitPlan } from './event-log-units.ts';
import { asUnit } from './publish-records.ts';
import type { PublishRun } from './source-run.ts';

/** All event log files of one type and date. */
export interface Day {
  readonly eventType: string;
  readonly eventDate: string;
}

/** The part that holds a whole day. */
const DAY = 'day';

/**
 * Brings the lake up to the files of one event type and date that lie on disk. The new units, the end of those that they
 * supersede and the state of the files are one ledger transaction: a reader sees the day before or after, never between.
 * @param isAnew whether a part is made anew even where nothing new has landed for it
 */
export async function publishDay(
  run: PublishRun,
  day: Day,
  isAnew: (part: string) => boolean = () => false,
): Promise<void> {
  const { ledger, storage, clock } = run.parts;
  const files = ledger.files
    .eventLogFilesOf(run.source, day.eventType, day.eventDate)
    .filter((file) => file.path !== null && file.state !== 'gone');
  const current = ledger.units.of(run.source, day.eventType, day.eventDate);
  const isPruned = day.eventDate < ledger.scope.publishedFrom(run.source);
  const plans = isPruned ? [] : plansFor(files, current);
  const rebuild = plans.filter(
    ({ part, inputs }) =>
      isAnew(part) || inputs.some((file) => file.state === 'landed') || !current.some((unit) => unit.part === part),
  );
  const built: Unit[] = [];
  for (const plan of rebuild) built.push(...(await build(run, day, plan)));

  ledger.transaction(() => {
    const isWhole = plans.some(({ part }) => part === DAY);
    const replaced = current.filter(
      (unit) => rebuild.some(({ part }) => part === unit.part) || (isWhole && unit.part !== DAY),
    );
    for (const unit of replaced) ledger.units.remove(unit);
    for (const unit of built) ledger.units.put(unit, clock.now());
    const ids = (some: readonly EventLogRawFile[]): readonly number[] => some.map((file) => file.id);
    ledger.files.mark(ids(plans.flatMap((plan) => plan.inputs)), 'published');
    ledger.files.mark(ids(supersededBy(plans, files)), 'superseded');
    const rows = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.rows, 0);
    run.rows += rows(built) - rows(replaced);
  });
  await collectGarbage(ledger, storage);
  run.tell();
}

/**
 * The units that the files make. Where the lake has a whole day whose raw file is lost, the day stands: what is in the
 * lake is only ever replaced.
 */
export function plansFor(
  files: readonly EventLogRawFile[],
  current: readonly Unit[],
): readonly UnitPlan<EventLogRawFile>[] {
  const plans = unitsOf(files);
  const isLost = current.some(({ part }) => part === DAY) && !plans.some(({ part }) => part === DAY);
  return isLost ? [] : plans;
}

async function build(run: PublishRun, day: Day, plan: UnitPlan<EventLogRawFile>): Promise<readonly Unit[]> {
  const { ledger, worker, signal } = run.parts;
  const { units, misfits, quarantined } = await worker.publish(
    eventLogJob(ledger.paths, run.source, day, plan),
    signal,
  );
  run.misfits += misfits + quarantined;
  return units.map((unit) => ({
    source: run.source,
    ...day,
    part: plan.part,
    ...asUnit(unit, misfits, quarantined),
  }));
}

/** What the lake worker is to do for one unit. */
export function eventLogJob(
  { folder, lake }: LakePaths,
  source: string,
  day: Day,
  plan: UnitPlan<EventLogRawFile>,
): EventLogJob {
  return {
    format: 'event-log-csv',
    source,
    inputs: plan.inputs.map((file) => ({
      path: path.join(folder, file.path ?? ''),
      rawId: file.id,
      salesforceId: file.salesforceId,
      ...(file.fieldNames === null ? {} : { fieldNames: file.fieldNames }),
      ...(file.fieldTypes === null ? {} : { fieldTypes: file.fieldTypes }),
    })),
    eventType: day.eventType,
    eventDate: day.eventDate,
    output: path.join(
      lake,
      source,
      `event_type=${segment(day.eventType)}`,
      `event_date=${day.eventDate}`,
      `${plan.part}.parquet`,
    ),
  };
}
