import { to15 } from '../../ids.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { DAY, logTimestamp, logTimestampDerived } from '../time.ts';
import type { EventDay } from './event-day.ts';
import type { Cells, LogEvent } from './event-type.ts';

/** Who an event is of; a session has all of it. */
export interface Who {
  readonly userId?: string;
  readonly loginKey?: string;
  readonly sessionKey?: string;
  readonly ip?: string;
}

/** Collects one type's events of one day and fills in the columns that types share. */
export class Recorder {
  readonly day: EventDay;
  readonly random: Random;
  readonly events: LogEvent[] = [];
  readonly #type: string;

  constructor(day: EventDay, type: string) {
    this.day = day;
    this.random = randomFor(day.world.seed, `event/${type}`, day.day);
    this.#type = type;
  }

  /** Records an event at `at` (milliseconds); what lies beyond the day is not this day's. */
  add(at: number, who: Who, cells: Cells = {}): void {
    if (at < this.day.start || at >= this.day.start + DAY) return;
    const { random } = this;
    const runTime = 20 + Math.floor(random.next() ** 3 * 4_000);
    this.events.push({
      at,
      cells,
      shared: {
        EVENT_TYPE: this.#type,
        TIMESTAMP: logTimestamp(at),
        TIMESTAMP_DERIVED: logTimestampDerived(at),
        REQUEST_ID: random.text(22),
        ORGANIZATION_ID: this.day.world.organizationId,
        USER_ID: who.userId === undefined ? '' : to15(who.userId),
        USER_ID_DERIVED: who.userId ?? '',
        LOGIN_KEY: who.loginKey ?? '',
        SESSION_KEY: who.sessionKey ?? '',
        CLIENT_IP: who.ip ?? '',
        RUN_TIME: String(runTime),
        CPU_TIME: String(Math.floor(runTime * (0.2 + random.next() * 0.5))),
        DB_TOTAL_TIME: String(runTime * 310_000 + random.between(0, 99_999)),
        USER_TYPE: 'Standard',
      },
    });
  }

  /** `count` instants within a session, to the millisecond, ascending. */
  moments(session: { readonly at: number; readonly until: number }, count: number): number[] {
    return Array.from({ length: count }, () =>
      Math.floor(session.at + this.random.next() * (session.until - session.at)),
    ).sort((a, b) => a - b);
  }
}
