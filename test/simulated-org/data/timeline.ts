import type { Row } from '../model.ts';
import { DAY, dayOf, restDate } from './time.ts';

export interface TimelineOptions {
  /** Rows of one UTC day, ascending by time then Id. */
  readonly generate: (day: number) => Row[];
  /** The field that holds the row's time, as REST serialises it. */
  readonly timeField: string;
  /** Days before the asked-for instant that the org still remembers. */
  readonly historyDays: number;
}

/** Rows that appear as the clock passes them: made a day at a time, each day once. */
export class Timeline {
  readonly #options: TimelineOptions;
  readonly #days = new Map<number, Row[]>();
  readonly #added = new Map<number, Row[]>();
  #flat: { firstDay: number; lastDay: number; rows: Row[] } | undefined;
  #answer: readonly Row[] = [];

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  /** Rows at or before `until`, ascending by time then Id. The array is shared: asking twice gives the same one. */
  rows(until: Date): readonly Row[] {
    const all = this.#window(until);
    const count = this.#countUpTo(all, restDate(until.getTime()), true);
    if (this.#answer.length !== count || this.#answer[0] !== all[0] || this.#answer.at(-1) !== all[count - 1]) {
      this.#answer = all.slice(0, count);
    }
    return this.#answer;
  }

  /** How many rows lie at or after `from` and at or before `until`. */
  count(from: Date, until: Date): number {
    const all = this.#window(until);
    return (
      this.#countUpTo(all, restDate(until.getTime()), true) - this.#countUpTo(all, restDate(from.getTime()), false)
    );
  }

  /** Adds rows that no day generates. */
  add(rows: readonly Row[]): void {
    for (const row of rows) {
      const day = dayOf(Date.parse(this.#timeOf(row)));
      this.#added.set(day, [...(this.#added.get(day) ?? []), row]);
      this.#days.delete(day);
    }
    this.#flat = undefined;
    this.#answer = [];
  }

  #window(until: Date): Row[] {
    const lastDay = dayOf(until.getTime());
    const firstDay = dayOf(until.getTime() - this.#options.historyDays * DAY);
    if (this.#flat?.firstDay === firstDay && this.#flat.lastDay === lastDay) return this.#flat.rows;
    for (const day of this.#days.keys()) if (day < firstDay) this.#days.delete(day);
    const rows: Row[] = [];
    for (let day = firstDay; day <= lastDay; day++) for (const row of this.#rowsOf(day)) rows.push(row);
    this.#flat = { firstDay, lastDay, rows };
    return rows;
  }

  #rowsOf(day: number): Row[] {
    let rows = this.#days.get(day);
    if (rows === undefined) {
      rows = this.#options.generate(day);
      const added = this.#added.get(day);
      if (added !== undefined) rows = [...rows, ...added].sort((a, b) => this.#compare(a, b));
      this.#days.set(day, rows);
    }
    return rows;
  }

  #compare(a: Row, b: Row): number {
    const [left, right] = [this.#timeOf(a) + String(a['Id']), this.#timeOf(b) + String(b['Id'])];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  #countUpTo(rows: readonly Row[], time: string, inclusive: boolean): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#timeOf(rows[middle] as Row);
      if (at < time || (inclusive && at === time)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #timeOf(row: Row): string {
    return row[this.#options.timeField] as string;
  }
}
