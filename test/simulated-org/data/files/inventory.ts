import { columns } from '../events/event-type.ts';
import type { Column, EventType } from '../events/event-type.ts';
import { eventTypes } from '../events/registry.ts';
import { bodyLength, rowCount } from './body.ts';
import type { Segment } from './body.ts';
import type { DayLogs } from './day-log.ts';
import { planFiles } from './plan.ts';
import type { PlannedFile } from './plan.ts';

/** A planned file without its rows: what stays in memory. */
export interface FileSummary {
  readonly hour: number | undefined;
  readonly sequence: number;
  readonly createdAt: number;
  readonly replacedAt: number;
  readonly rows: number;
  readonly redelivered: number;
  readonly length: number;
}

/** The planned files of one event type and UTC day. */
export interface DaySummary {
  readonly typeIndex: number;
  readonly type: EventType;
  readonly day: number;
  readonly columns: readonly Column[];
  readonly header: string;
  readonly daily: readonly FileSummary[];
  readonly hourly: readonly FileSummary[];
}

/** What files there are by themselves, without amendments; each day is looked through once. */
export class Inventory {
  readonly #seed: number;
  readonly #copies: number;
  readonly #logs: DayLogs;
  readonly #types: readonly (readonly [number, EventType])[];
  readonly #days = new Map<number, readonly DaySummary[]>();

  /** @param copies how often each row stands in a file: the org's scale, in whole numbers */
  constructor(seed: number, copies: number, logs: DayLogs, freeOnly: boolean) {
    this.#seed = seed;
    this.#copies = copies;
    this.#logs = logs;
    this.#types = [...eventTypes.entries()].filter(([, type]) => type.free || !freeOnly);
  }

  day(day: number): readonly DaySummary[] {
    let summaries = this.#days.get(day);
    if (summaries === undefined) {
      summaries = this.#types.map(([typeIndex, type]) => this.#summarise(typeIndex, type, day));
      this.#days.set(day, summaries);
    }
    return summaries;
  }

  /** The rows of one planned file. */
  segments(summary: DaySummary, file: FileSummary): Segment[] {
    const log = this.#logs.log(summary.type, summary.day);
    const planned = planFiles(this.#seed, summary.typeIndex, log).find(
      ({ hour, sequence, createdAt }) =>
        hour === file.hour && sequence === file.sequence && createdAt === file.createdAt,
    );
    return planned === undefined ? [] : this.#segmentsOf(planned);
  }

  #summarise(typeIndex: number, type: EventType, day: number): DaySummary {
    const log = this.#logs.make(type, day);
    const summary = (file: PlannedFile): FileSummary => {
      const segments = this.#segmentsOf(file);
      const { hour, sequence, createdAt, replacedAt } = file;
      const [rows, length] = [rowCount(segments), bodyLength(log.header, segments)];
      return { hour, sequence, createdAt, replacedAt, rows, length, redelivered: file.redelivered * this.#copies };
    };
    const files = planFiles(this.#seed, typeIndex, log).map(summary);
    return {
      typeIndex,
      type,
      day,
      columns: log.columns,
      header: log.header,
      daily: files.filter(({ hour }) => hour === undefined),
      hourly: files.filter(({ hour }) => hour !== undefined),
    };
  }

  #segmentsOf(file: PlannedFile): Segment[] {
    return [{ rows: file.rows, copies: this.#copies }];
  }
}

/** Files of a type that the org has no events of still have the columns that all types share. */
export const sharedColumns: readonly Column[] = columns(
  'EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID:Id USER_ID:Id TIMESTAMP_DERIVED:DateTime',
);
