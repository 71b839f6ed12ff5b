import type { Segment } from './body.ts';
import type { LogRow } from './log-row.ts';

/** An hourly file that was added on demand. */
export interface LateFile {
  readonly hour: number;
  readonly sequence: number;
  readonly createdAt: number;
  readonly rows: readonly LogRow[];
  readonly serial: number;
}

/** A daily file that was made anew on demand: the full set of the day and these rows. */
export interface RegeneratedFile {
  readonly createdAt: number;
  readonly added: readonly Segment[];
  readonly serial: number;
}

/** What was changed on demand about one event type and UTC day. */
export interface Amendment {
  readonly late: LateFile[];
  regenerated: RegeneratedFile | undefined;
}

/** Changes made through the control URL, by event type and day. */
export class Amendments {
  readonly #byDay = new Map<number, Map<string, Amendment>>();
  #serial = 0;

  nextSerial(): number {
    return (this.#serial += 1);
  }

  /** Counts up with every change; what was derived before is stale then. */
  get version(): number {
    return this.#serial;
  }

  find(eventType: string, day: number): Amendment | undefined {
    return this.#byDay.get(day)?.get(eventType);
  }

  /** The amendment of a type and day, made when there is none. */
  of(eventType: string, day: number): Amendment {
    let types = this.#byDay.get(day);
    if (types === undefined) this.#byDay.set(day, (types = new Map<string, Amendment>()));
    let amendment = types.get(eventType);
    if (amendment === undefined) types.set(eventType, (amendment = { late: [], regenerated: undefined }));
    return amendment;
  }

  /** Event types with changes on a day. */
  typesOn(day: number): Iterable<string> {
    return this.#byDay.get(day)?.keys() ?? [];
  }

  days(): Iterable<number> {
    return this.#byDay.keys();
  }
}
