import path from 'node:path';
import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { Unit } from '../lake/ledger-units.ts';
import { segment } from '../lake/paths.ts';
import type { EventLogJob } from '../lake/worker.ts';
import { collectGarbage } from './collect-garbage.ts';
import { supersededBy, unitsOf, type UnitPlan } from './event-log-units.ts';
import { asUnit } from './publish-records.ts';
import type { SourceRun } from './source-run.ts';

/** All event log files of one type and date. */
export interface Day {
  readonly eventType: string;
  readonly eventDate: string;
}

/**
 * Brings the lake up to the files of one event type and date that lie on disk. The new units, the end of those that they
 * supersede and the state of the files are one ledger transaction: a reader sees the day before or after, never between.
 */
export async function publishDay(run: SourceRun, day: Day): Promise<void> {
  const { ledger, storage, clock } = run.parts;
  const files = ledger.files
    .eventLogFilesOf(run.source, day.eventType, day.eventDate)
    .filter((file) => file.path !== null && file.state !== 'gone');
  const plans = unitsOf(files);
  const current = ledger.units.of(run.source, day.eventType, day.eventDate);
  const rebuild = plans.filter(
    ({ part, inputs }) => inputs.some((file) => file.state === 'landed') || !current.some((unit) => unit.part === part),
  );
  const built: Unit[] = [];
  for (const plan of rebuild) built.push(...(await build(run, day, plan)));

  ledger.transaction(() => {
    const kept = new Set(plans.map((plan) => plan.part));
    const replaced = current.filter((unit) => !kept.has(unit.part) || rebuild.some(({ part }) => part === unit.part));
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

async function build(run: SourceRun, day: Day, plan: UnitPlan<EventLogRawFile>): Promise<readonly Unit[]> {
  const { ledger, worker, signal } = run.parts;
  const { folder, lake } = ledger.paths;
  const job: EventLogJob = {
    format: 'event-log-csv',
    source: run.source,
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
      run.source,
      `event_type=${segment(day.eventType)}`,
      `event_date=${day.eventDate}`,
      `${plan.part}.parquet`,
    ),
  };
  const { units, misfits, quarantined } = await worker.publish(job, signal);
  run.misfits += misfits + quarantined;
  return units.map((unit) => ({
    source: run.source,
    ...day,
    part: plan.part,
    ...asUnit(unit, misfits, quarantined),
  }));
}
