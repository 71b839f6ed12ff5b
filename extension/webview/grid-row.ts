import { cellText, type CellKind } from './cells.ts';
import { element } from './elements.ts';
import { numberText } from './host.ts';
import type { Row } from './pages.ts';
import { rangeOf, type Selection } from './selection.ts';

/** Cells of which no more can be seen say all of it under the mouse. */
const LONG = 40;
const LONGEST_TITLE = 2000;

/** A row of the grid on the screen. It shows one row of the result after the other: elements cost more than their texts. */
export class GridRow {
  readonly root: HTMLElement;
  readonly #kinds: readonly CellKind[];
  readonly #number = element('div', { class: 'cell number-of-row', role: 'rowheader', 'aria-colindex': 1 });
  readonly #cells: readonly HTMLElement[];
  #index: number | undefined;
  #values: Row | undefined;
  #selection: Selection | undefined;

  constructor(kinds: readonly CellKind[]) {
    this.#kinds = kinds;
    this.#cells = kinds.map((_, at) => element('div', { role: 'gridcell', 'aria-colindex': at + 2 }));
    this.root = element('div', { role: 'row' }, this.#number, ...this.#cells);
  }

  /** @param values undefined while they are on their way */
  show(index: number, values: Row | undefined, selection: Selection): void {
    const isOther = index !== this.#index;
    if (isOther) this.#rename(index);
    if (isOther || values !== this.#values) this.#fill(values);
    if (isOther || values !== this.#values || selection !== this.#selection) this.#mark(index, values, selection);
    this.#index = index;
    this.#values = values;
    this.#selection = selection;
  }

  #rename(index: number): void {
    this.root.className = index % 2 === 1 ? 'row odd' : 'row';
    this.root.setAttribute('aria-rowindex', String(index + 2));
    this.#number.textContent = numberText(index + 1);
    for (const [at, cell] of this.#cells.entries()) cell.id = `cell-${index}-${at}`;
  }

  #fill(values: Row | undefined): void {
    for (const [at, cell] of this.#cells.entries()) {
      const value = values?.[at];
      cell.textContent = value === undefined ? '' : cellText(value, this.#kinds[at] ?? 'text');
      if (typeof value === 'string' && value.length > LONG) cell.title = value.slice(0, LONGEST_TITLE);
      else if (cell.title !== '') cell.removeAttribute('title');
    }
  }

  #mark(index: number, values: Row | undefined, selection: Selection): void {
    const { rows, columns } = rangeOf(selection);
    const isRowSelected = index >= rows[0] && index <= rows[1];
    for (const [at, cell] of this.#cells.entries()) {
      const value = values?.[at];
      const isSelected = isRowSelected && at >= columns[0] && at <= columns[1];
      const classes = ['cell', this.#kinds[at]];
      if (value === null) classes.push('null');
      if (value === undefined) classes.push('coming');
      if (isSelected) classes.push('selected');
      if (selection.active.row === index && selection.active.column === at) classes.push('active');
      const name = classes.join(' ');
      if (cell.className === name) continue;
      cell.className = name;
      cell.setAttribute('aria-selected', String(isSelected));
    }
  }
}
