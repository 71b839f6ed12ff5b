import type { EventLogRawFile } from '../lake/ledger-files.ts';
import type { Day } from '../lake/ledger-units.ts';

/** Tells days from each other. */
export function dayName({ eventType, eventDate }: Day): string {
  return `${eventDate} ${eventType}`;
}

/** What decides where an event log file goes. */
export type EventLogFileFacts = Pick<
  EventLogRawFile,
  'id' | 'salesforceId' | 'interval' | 'sequence' | 'logDate' | 'createdDate'
>;

/** One unit of an event type and date, and the files that it is made of. */
export interface UnitPlan<F> {
  /** `day`, or `hour-07`. */
  readonly part: string;
  readonly inputs: readonly F[];
}

/**
 * The units of one event type and date, whatever order its files came in. The newest daily file holds the whole day (late
 * events make Salesforce write it anew), so it takes the place of older daily files and of the hourly ones from before it;
 * hourly files that came after it add the events that it lacks. Without a daily file each hour is a unit, to which every
 * Sequence adds; events that two of them hold are kept once.
 */
export function unitsOf<F extends EventLogFileFacts>(files: readonly F[]): readonly UnitPlan<F>[] {
  const ordered = [...files].sort(byCreation);
  const daily = ordered.filter((file) => file.interval === 'Daily').at(-1);
  if (daily) {
    const later = ordered.slice(ordered.indexOf(daily) + 1).filter((file) => file.createdDate > daily.createdDate);
    return [{ part: 'day', inputs: [daily, ...later] }];
  }
  const hours = Map.groupBy(ordered, ({ logDate }) => `hour-${new Date(logDate).toISOString().slice(11, 13)}`);
  return [...hours].map(([part, inputs]) => ({ part, inputs })).sort((a, b) => a.part.localeCompare(b.part));
}

/** The files that no unit is made of. */
export function supersededBy<F extends EventLogFileFacts>(
  units: readonly UnitPlan<F>[],
  files: readonly F[],
): readonly F[] {
  const used = new Set(units.flatMap((unit) => unit.inputs.map((file) => file.id)));
  return files.filter((file) => !used.has(file.id));
}

function byCreation(a: EventLogFileFacts, b: EventLogFileFacts): number {
  return (
    a.createdDate - b.createdDate || (a.salesforceId < b.salesforceId ? -1 : a.salesforceId > b.salesforceId ? 1 : 0)
  );
}
