import { eventDay } from '../events/event-day.ts';
import type { EventDay, EventWorld } from '../events/event-day.ts';
import { releaseOf } from '../events/event-type.ts';
import type { Column, EventType } from '../events/event-type.ts';
import { headerLine } from './csv.ts';
import { logRow } from './log-row.ts';
import type { LogRow } from './log-row.ts';

/** Everything that one event type logged on one UTC day. */
export interface DayLog {
  readonly type: EventType;
  readonly day: number;
  readonly columns: readonly Column[];
  readonly header: string;
  /** Ascending by time. */
  readonly rows: readonly LogRow[];
}

const DAYS_KEPT = 4;
const LOGS_KEPT = 120;

/** Makes day logs and keeps the ones made last. */
export class DayLogs {
  readonly #world: EventWorld;
  readonly #days = new Map<number, EventDay>();
  readonly #logs = new Map<string, DayLog>();

  constructor(world: EventWorld) {
    this.#world = world;
  }

  log(type: EventType, day: number): DayLog {
    return recall(this.#logs, `${type.name}/${day}`, LOGS_KEPT, () => this.make(type, day));
  }

  /** Like {@link log}, for whoever looks at it only once. */
  make(type: EventType, day: number): DayLog {
    const columns = type.columns(releaseOf(day));
    const events = [...type.events(this.day(day))].sort((a, b) => a.at - b.at);
    return { type, day, columns, header: headerLine(columns), rows: events.map((event) => logRow(columns, event)) };
  }

  day(day: number): EventDay {
    return recall(this.#days, day, DAYS_KEPT, () => eventDay(this.#world, day));
  }
}

function recall<K, V>(cache: Map<K, V>, key: K, limit: number, make: () => V): V {
  const known = cache.get(key);
  const value = known ?? make();
  if (known !== undefined) cache.delete(key);
  cache.set(key, value);
  const oldest = cache.keys().next();
  if (cache.size > limit && oldest.done !== true) cache.delete(oldest.value);
  return value;
}
