import type { GridValue } from '../shared/result-messages.ts';

export type Row = readonly GridValue[];

/** Rows a request brings, and pages that are kept: the grid never holds more than their product. */
export const PAGE = 200;
const MOST_PAGES = 40;
/** Pages on their way at a time: enough for a screen that shows the end of one and the start of the next. */
const MOST_ASKED = 2;

/** The rows that a grid has at hand; those it lacks are asked for, once each. */
export class Pages {
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #asked = new Set<number>();
  #needed: readonly number[] = [];
  readonly #ask: (offset: number, limit: number) => void;
  readonly #rowCount: number;

  constructor(rowCount: number, ask: (offset: number, limit: number) => void) {
    this.#rowCount = rowCount;
    this.#ask = ask;
  }

  /** A row by number; undefined while it is on its way. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Sees to it that rows `from` to `to` are here or on their way; what was needed before and is not asked for yet is not. */
  need(from: number, to: number): void {
    const first = Math.max(0, Math.floor(from / PAGE));
    const last = Math.min(Math.floor(to / PAGE), Math.floor(Math.max(0, this.#rowCount - 1) / PAGE));
    this.#needed = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    for (const page of this.#needed) {
      const rows = this.#pages.get(page);
      if (rows === undefined) continue;
      // The page that was looked at last goes last.
      this.#pages.delete(page);
      this.#pages.set(page, rows);
    }
    this.#askNext();
  }

  put(offset: number, rows: readonly Row[]): void {
    const page = offset / PAGE;
    this.#asked.delete(page);
    this.#pages.set(page, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
    this.#askNext();
  }

  #askNext(): void {
    for (const page of this.#needed) {
      if (this.#asked.size >= MOST_ASKED) return;
      if (this.#pages.has(page) || this.#asked.has(page)) continue;
      this.#asked.add(page);
      this.#ask(page * PAGE, PAGE);
    }
  }
}
