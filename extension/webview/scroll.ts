/** Height of a row, in CSS pixels; result.css says the same. */
export const ROW = 24;

/** Browsers lay out no element that is much taller than this. */
const TALLEST = 12_000_000;

/** Maps the scroll bar to row numbers: one to one as long as all rows fit into an element, in proportion beyond. */
export class RowScroll {
  readonly #rows: number;

  constructor(rows: number) {
    this.#rows = rows;
  }

  /** Height that the scrolled element has. */
  get height(): number {
    return Math.min(this.#rows * ROW, TALLEST);
  }

  /** The row at the top, with a fraction for what is scrolled of it. */
  rowAt(top: number, viewport: number): number {
    const most = this.height - viewport;
    if (most <= 0) return 0;
    return (Math.min(top, most) / most) * this.#lastTop(viewport);
  }

  topOf(row: number, viewport: number): number {
    const lastTop = this.#lastTop(viewport);
    if (lastTop <= 0) return 0;
    return (Math.min(row, lastTop) / lastTop) * (this.height - viewport);
  }

  /** The row at the top when all is scrolled. */
  #lastTop(viewport: number): number {
    return Math.max(0, this.#rows - viewport / ROW);
  }
}
