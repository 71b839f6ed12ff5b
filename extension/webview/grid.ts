import type { GridColumn } from '../shared/result-messages.ts';
import { cellText, kindOf } from './cells.ts';
import { element } from './elements.ts';
import { numberText } from './host.ts';
import type { Pages } from './pages.ts';
import { RowScroll, ROW } from './scroll.ts';
import { moved, rangeOf, START, type Cell, type Selection } from './selection.ts';
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
  /** Rows that are on the screen with their values, by number: they stay as they are until the selection changes. */
  readonly #rows = new Map<number, HTMLElement>();
  #selection: Selection = START;
  #drawn = false;

  constructor(options: GridOptions) {
    this.#options = options;
    this.#scroll = new RowScroll(options.rowCount);
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
    this.root.addEventListener('scroll', () => this.#draw());
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('mousedown', (event) => this.#press(event));
    this.#body.addEventListener('mousemove', (event) => {
      if (event.buttons === 1) this.#press(event, true);
    });
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** Takes the widths of the columns from the first rows, when these are here. */
  refresh(): void {
    const first = this.#options.pages.row(0);
    if (first && !this.#drawn) {
      this.#drawn = true;
      const rows = Array.from({ length: 50 }, (_, index) => this.#options.pages.row(index) ?? []);
      this.#widths.fit(rows);
    }
    this.#draw();
  }

  /** Makes a cell the active one and brings it onto the screen. */
  select(selection: Selection): void {
    this.#reveal(selection.active);
    this.#mark(selection);
  }

  #mark(selection: Selection): void {
    this.#selection = selection;
    this.#rows.clear();
    this.#draw();
    this.#options.onMove(selection);
  }

  get #viewport(): number {
    return this.root.clientHeight - ROW;
  }

  #draw(): void {
    const { pages, rowCount } = this.#options;
    const top = this.#scroll.rowAt(this.root.scrollTop, this.#viewport);
    const from = Math.max(0, Math.floor(top) - SPARE);
    const to = Math.min(rowCount, Math.ceil(top + this.#viewport / ROW) + SPARE);
    pages.need(from, Math.max(from, to - 1));
    for (const row of this.#rows.keys()) if (row < from || row >= to) this.#rows.delete(row);
    const stay = new Set<Element>(this.#rows.values());
    for (const made of [...this.#body.children]) if (!stay.has(made)) made.remove();
    let next = this.#body.firstElementChild;
    for (let index = from; index < to; index++) {
      const known = this.#rows.get(index);
      const row = known ?? this.#row(index);
      row.style.top = `${this.root.scrollTop + (index - top) * ROW}px`;
      if (known) next = known.nextElementSibling;
      else this.#body.insertBefore(row, next);
      if (pages.row(index)) this.#rows.set(index, row);
    }
    const { active } = this.#selection;
    this.root.setAttribute('aria-activedescendant', `cell-${active.row}-${active.column}`);
  }

  #row(index: number): HTMLElement {
    const { columns, pages } = this.#options;
    const values = pages.row(index);
    const row = element('div', { class: index % 2 === 1 ? 'row odd' : 'row', role: 'row', 'aria-rowindex': index + 2 });
    row.append(
      element('div', { class: 'cell number-of-row', role: 'rowheader', 'aria-colindex': 1 }, numberText(index + 1)),
    );
    const { rows: selectedRows, columns: selectedColumns } = rangeOf(this.#selection);
    const isRowSelected = index >= selectedRows[0] && index <= selectedRows[1];
    for (const [at, column] of columns.entries()) {
      const value = values?.[at];
      const kind = kindOf(column);
      const isSelected = isRowSelected && at >= selectedColumns[0] && at <= selectedColumns[1];
      const isActive = this.#selection.active.row === index && this.#selection.active.column === at;
      const classes = ['cell', kind];
      if (value === null) classes.push('null');
      if (values === undefined) classes.push('coming');
      if (isSelected) classes.push('selected');
      if (isActive) classes.push('active');
      const cell = element('div', {
        class: classes.join(' '),
        role: 'gridcell',
        id: `cell-${index}-${at}`,
        'aria-colindex': at + 2,
        'aria-selected': String(isSelected),
      });
      if (value !== undefined) {
        cell.textContent = cellText(value, kind);
        if (typeof value === 'string' && value.length > 40) cell.title = value.slice(0, 2000);
      }
      row.append(cell);
    }
    return row;
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
