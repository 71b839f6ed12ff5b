import type { GridColumn } from '../shared/result-messages.ts';
import { kindOf, type CellKind } from './cells.ts';
import { element } from './elements.ts';
import { GridRow } from './grid-row.ts';
import { numberText } from './host.ts';
import type { Pages } from './pages.ts';
import { RowScroll, ROW } from './scroll.ts';
import { moved, START, type Cell, type Selection } from './selection.ts';
import { Widths } from './widths.ts';

export interface GridOptions {
  readonly label: string;
  readonly rowNumber: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  readonly pages: Pages;
  readonly onCopy: (selection: Selection) => void;
  readonly onMove: (selection: Selection) => void;
}

/** Rows above and below the screen that are made, too. */
const SPARE = 6;

/** A grid of any number of rows, of which only those on the screen exist. Keys, selection and roles as ARIA's grid has them. */
export class Grid {
  readonly root: HTMLElement;
  readonly #options: GridOptions;
  readonly #scroll: RowScroll;
  readonly #widths: Widths;
  readonly #body = element('div', { class: 'rows', role: 'rowgroup' });
  readonly #kinds: readonly CellKind[];
  /** The rows on the screen, by number, in their order. */
  #rows = new Map<number, GridRow>();
  #selection: Selection = START;
  #isFitted = false;
  /** The row at the top when it was drawn. */
  #top = 0;
  #frame: number | undefined;

  constructor(options: GridOptions) {
    this.#options = options;
    this.#scroll = new RowScroll(options.rowCount);
    this.#kinds = options.columns.map(kindOf);
    const { columns, rowCount, label } = options;
    this.root = element('div', {
      class: 'grid',
      role: 'grid',
      tabindex: 0,
      'aria-label': label,
      'aria-rowcount': rowCount + 1,
      'aria-colcount': columns.length + 1,
      'aria-multiselectable': 'true',
    });
    this.#widths = new Widths(this.root, columns, options.rowNumber, numberText(rowCount).length);
    this.#body.style.height = `${this.#scroll.height}px`;
    this.root.append(this.#widths.header, this.#body);
    this.root.addEventListener('scroll', () => this.#later());
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('mousedown', (event) => this.#press(event));
    this.#body.addEventListener('mousemove', (event) => {
      if (event.buttons === 1) this.#press(event, true);
    });
    new ResizeObserver(() => this.#later()).observe(this.root);
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** Takes the widths of the columns from the first rows, when these are here. */
  refresh(): void {
    const first = this.#options.pages.row(0);
    if (first && !this.#isFitted) {
      this.#isFitted = true;
      const rows = Array.from({ length: 50 }, (_, index) => this.#options.pages.row(index) ?? []);
      this.#widths.fit(rows);
    }
    this.#later();
  }

  /** Makes a cell the active one and brings it onto the screen. */
  select(selection: Selection): void {
    this.#reveal(selection.active);
    this.#mark(selection);
  }

  #mark(selection: Selection): void {
    this.#selection = selection;
    this.#later();
    this.#options.onMove(selection);
  }

  get #viewport(): number {
    return this.root.clientHeight - ROW;
  }

  /** Draws with the next frame, once, however much has changed until then. */
  #later(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  /** What is read of the page is read before anything is written, so that it is laid out once. */
  #draw(): void {
    const { pages, rowCount } = this.#options;
    const { scrollTop } = this.root;
    const viewport = this.#viewport;
    const top = this.#scroll.rowAt(scrollTop, viewport);
    const fits = viewport / ROW;
    const from = Math.max(0, Math.floor(top) - SPARE);
    const to = Math.min(rowCount, Math.ceil(top + fits) + SPARE);
    // While rows fly by, nobody can read them: what is asked for is where they stop.
    if (Math.abs(top - this.#top) > fits) this.#later();
    else pages.need(from, Math.max(from, to - 1));
    this.#top = top;
    this.#place(from, to, (index) => scrollTop + (index - top) * ROW);
    const { active } = this.#selection;
    this.root.setAttribute('aria-activedescendant', `cell-${active.row}-${active.column}`);
  }

  /** Rows that have left the screen become those that have come, and stand in their order. */
  #place(from: number, to: number, topOf: (index: number) => number): void {
    const before = this.#rows;
    const free = [...before].filter(([index]) => index < from || index >= to).map(([, row]) => row);
    this.#rows = new Map();
    let next = this.#body.firstElementChild;
    for (let index = from; index < to; index++) {
      const known = before.get(index);
      const row = known ?? free.shift() ?? new GridRow(this.#kinds);
      row.show(index, this.#options.pages.row(index), this.#selection);
      row.root.style.top = `${topOf(index)}px`;
      if (known || row.root === next) next = row.root.nextElementSibling;
      else this.#body.insertBefore(row.root, next);
      this.#rows.set(index, row);
    }
    for (const { root } of free) root.remove();
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.root) return;
    const { columns, rowCount, onCopy } = this.#options;
    const isJump = event.ctrlKey || event.metaKey;
    if (isJump && event.key.toLowerCase() === 'c') onCopy(this.#selection);
    else if (isJump && event.key.toLowerCase() === 'a') {
      const last = { row: rowCount - 1, column: columns.length - 1 };
      this.#mark({ ...START, anchor: last });
    } else {
      const size = { rows: rowCount, columns: columns.length, page: Math.max(1, Math.floor(this.#viewport / ROW) - 1) };
      const next = moved(this.#selection, event.key, { isJump, isWider: event.shiftKey }, size);
      if (next === undefined) return;
      this.select(next);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #press(event: MouseEvent, isDragged = false): void {
    const cell = (event.target as Element).closest('[role="gridcell"]');
    const [, row, column] = /^cell-(\d+)-(\d+)$/.exec(cell?.id ?? '') ?? [];
    if (row === undefined || column === undefined) return;
    const active = { row: Number(row), column: Number(column) };
    const before = this.#selection;
    if (isDragged && before.active.row === active.row && before.active.column === active.column) return;
    this.#mark({ active, anchor: isDragged || event.shiftKey ? before.anchor : active });
    this.root.focus({ preventScroll: true });
    event.preventDefault();
  }

  #reveal({ row, column }: Cell): void {
    const viewport = this.#viewport;
    const top = this.#scroll.rowAt(this.root.scrollTop, viewport);
    const fits = viewport / ROW;
    if (row < top) this.root.scrollTop = this.#scroll.topOf(row, viewport);
    else if (row + 1 > top + fits) this.root.scrollTop = Math.ceil(this.#scroll.topOf(row + 1 - fits, viewport));
    this.#widths.reveal(column);
  }
}
