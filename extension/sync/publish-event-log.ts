import path from 'node:path';
import type { Ledger } from '../lake/ledger.ts';
import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { Day, Unit, UnitKey } from '../lake/ledger-units.ts';
import { segment, type LakePaths } from '../lake/paths.ts';
import type { EventLogJob } from '../lake/worker.ts';
import { collectGarbage } from './collect-garbage.ts';
import { supersededBy, unitsOf, type UnitPlan } from './event-log-units.ts';
import { asUnit, countUnfit } from './publish-records.ts';
import type { PublishRun } from './source-run.ts';

/** The part that holds a whole day. */
const DAY = 'day';

/** What is to be done for a day. */
interface DayWork {
  readonly day: Day;
  readonly files: readonly EventLogRawFile[];
  readonly current: readonly Unit[];
  readonly plans: readonly UnitPlan<EventLogRawFile>[];
  readonly rebuild: readonly UnitPlan<EventLogRawFile>[];
}

/**
 * Brings the lake up to the files of some event types and dates that lie on disk. The new units, the end of those that
 * they supersede and the state of the files are one ledger transaction: a reader sees a day before or after, never
 * between.
 * @param isAnew whether a part is made anew even where nothing new has landed for it
 */
export async function publishDays(
  run: PublishRun,
  days: readonly Day[],
  isAnew: (part: string) => boolean = () => false,
): Promise<void> {
  const { ledger, storage, log } = run.parts;
  const works = days.map((day) => workOf(run, day, isAnew));
  const built = await build(run, works);
  ledger.transaction(() => {
    for (const work of works) commit(run, work, built.get(work) ?? []);
  });
  await collectGarbage(ledger, storage, log);
  run.tell();
}

function workOf(run: PublishRun, day: Day, isAnew: (part: string) => boolean): DayWork {
  const { ledger } = run.parts;
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
  return { day, files, current, plans, rebuild };
}

function commit(run: PublishRun, { files, current, plans, rebuild }: DayWork, built: readonly Unit[]): void {
  const { ledger, clock } = run.parts;
  const isWhole = plans.some(({ part }) => part === DAY);
  const replaced = current.filter(
    (unit) => rebuild.some(({ part }) => part === unit.part) || (isWhole && unit.part !== DAY),
  );
  for (const unit of replaced) ledger.units.remove(unit);
  for (const unit of built) ledger.units.put(unit, clock.now());
  ledger.files.mark(
    plans.flatMap((plan) => plan.inputs),
    'published',
  );
  ledger.files.mark(supersededBy(plans, files), 'superseded');
  const rows = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.rows, 0);
  run.rows += rows(built) - rows(replaced);
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

/** What is about to be written is no garbage any more, should it have been. */
function keep(ledger: Ledger, jobs: readonly EventLogJob[]): void {
  if (ledger.units.garbage().length === 0) return;
  ledger.transaction(() => {
    for (const { output } of jobs) ledger.units.forget(output);
  });
}

async function build(run: PublishRun, works: readonly DayWork[]): Promise<Map<DayWork, Unit[]>> {
  const { ledger, worker, signal } = run.parts;
  const tasks = works.flatMap((work) =>
    work.rebuild.map((plan) => ({ work, plan, job: eventLogJob(ledger.paths, run.source, work.day, plan) })),
  );
  const jobs = tasks.map(({ job }) => job);
  keep(ledger, jobs);
  const [only] = jobs;
  const results =
    jobs.length > 1 ? await worker.publishAll(jobs, signal) : only ? [await worker.publish(only, signal)] : [];
  const built = new Map<DayWork, Unit[]>();
  for (const [index, { work, plan }] of tasks.entries()) {
    const { units } = results[index] ?? { units: [] };
    countUnfit(run, units);
    const key = { source: run.source, ...work.day, part: plan.part };
    const made = units.map((unit) => ({ ...key, ...asUnit(unit) }));
    built.set(work, [...(built.get(work) ?? []), ...made]);
  }
  return built;
}

/** What the lake worker is to do for one unit. */
export function eventLogJob(paths: LakePaths, source: string, day: Day, plan: UnitPlan<EventLogRawFile>): EventLogJob {
  return {
    format: 'event-log-csv',
    source,
    inputs: plan.inputs.map((file) => ({
      path: path.join(paths.folder, file.path ?? ''),
      rawId: file.id,
      salesforceId: file.salesforceId,
      ...(file.fieldNames === null ? {} : { fieldNames: file.fieldNames }),
      ...(file.fieldTypes === null ? {} : { fieldTypes: file.fieldTypes }),
    })),
    eventType: day.eventType,
    eventDate: day.eventDate,
    output: unitPath(paths, { source, ...day, part: plan.part }),
  };
}

/** The file of a unit of the event log. */
export function unitPath({ lake }: LakePaths, { source, eventType, eventDate, part }: UnitKey): string {
  return path.join(lake, source, `event_type=${segment(eventType)}`, `event_date=${eventDate}`, `${part}.parquet`);
}
