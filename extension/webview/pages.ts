import type { GridValue } from '../shared/result-messages.ts';

export type Row = readonly GridValue[];

/** Rows a request brings, and pages that are kept: the grid never holds more than their product. */
export const PAGE = 200;
const MOST_PAGES = 40;

/** The rows that a grid has at hand; those it lacks are asked for, once each. */
export class Pages {
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #asked = new Set<number>();
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

  /** Sees to it that rows `from` to `to`, and those next to them, are here or on their way. */
  need(from: number, to: number): void {
    const first = Math.max(0, Math.floor(from / PAGE));
    const last = Math.min(Math.floor(to / PAGE), Math.floor(Math.max(0, this.#rowCount - 1) / PAGE));
    for (let page = first; page <= last; page++) {
      const rows = this.#pages.get(page);
      if (rows) {
        // The page that was looked at last goes last.
        this.#pages.delete(page);
        this.#pages.set(page, rows);
      } else if (!this.#asked.has(page)) {
        this.#asked.add(page);
        this.#ask(page * PAGE, PAGE);
      }
    }
  }

  put(offset: number, rows: readonly Row[]): void {
    const page = offset / PAGE;
    this.#asked.delete(page);
    this.#pages.set(page, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
  }
}
