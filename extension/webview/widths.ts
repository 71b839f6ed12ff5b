import type { GridColumn } from '../shared/result-messages.ts';
import { cellText, kindOf } from './cells.ts';
import { element } from './elements.ts';
import type { Row } from './pages.ts';

const NARROWEST = 48;
const WIDEST = 360;
/** Of a character of the grid's font, about, and of what is around it. */
const CHARACTER = 8;
const PADDING = 24;
const STEP = 16;

/** The header of a grid: its columns, each as wide as it needs or was drawn. */
export class Widths {
  readonly header: HTMLElement;
  readonly #root: HTMLElement;
  readonly #columns: readonly GridColumn[];
  readonly #widths: number[];
  readonly #numbers: number;

  constructor(root: HTMLElement, columns: readonly GridColumn[], rowNumber: string, digits: number) {
    this.#root = root;
    this.#columns = columns;
    this.#numbers = Math.max(NARROWEST, digits * CHARACTER + PADDING);
    this.#widths = columns.map(({ name, type }) =>
      clamp(Math.max(name.length, type.length * 0.8) * CHARACTER + PADDING),
    );
    const corner = element(
      'div',
      { class: 'cell number-of-row', role: 'columnheader', 'aria-label': rowNumber, 'aria-colindex': 1 },
      '#',
    );
    this.header = element('div', { class: 'row head', role: 'row', 'aria-rowindex': 1 }, corner);
    for (const [index, column] of columns.entries()) this.header.append(this.#head(column, index));
    this.#apply();
  }

  /** Takes the widths from what these rows hold. */
  fit(rows: readonly Row[]): void {
    for (const [index, column] of this.#columns.entries()) {
      const kind = kindOf(column);
      const longest = rows.reduce((most, row) => {
        const value = row[index];
        return value === undefined ? most : Math.max(most, cellText(value, kind).length);
      }, column.name.length);
      this.#widths[index] = clamp(longest * CHARACTER + PADDING);
    }
    this.#apply();
  }

  /** Scrolls sideways until the column can be seen. */
  reveal(column: number): void {
    const left = this.#widths.slice(0, column).reduce((sum, width) => sum + width, 0);
    const right = left + (this.#widths[column] ?? 0);
    const room = this.#root.clientWidth - this.#numbers;
    if (left < this.#root.scrollLeft) this.#root.scrollLeft = left;
    else if (right > this.#root.scrollLeft + room) this.#root.scrollLeft = Math.min(left, right - room);
  }

  #head(column: GridColumn, index: number): HTMLElement {
    const edge = element('div', {
      class: 'edge',
      role: 'separator',
      tabindex: 0,
      'aria-orientation': 'vertical',
      'aria-label': column.name,
    });
    const value = (): void => edge.setAttribute('aria-valuenow', String(Math.round(this.#widths[index] ?? 0)));
    value();
    const draw = (width: number): void => {
      this.#widths[index] = Math.max(NARROWEST, width);
      this.#apply();
      value();
    };
    edge.addEventListener('pointerdown', (event) => {
      edge.setPointerCapture(event.pointerId);
      const start = event.clientX - (this.#widths[index] ?? 0);
      const move = ({ clientX }: PointerEvent): void => draw(clientX - start);
      edge.addEventListener('pointermove', move);
      edge.addEventListener('pointerup', () => edge.removeEventListener('pointermove', move), { once: true });
      event.preventDefault();
    });
    edge.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
      if (step === undefined) return;
      draw((this.#widths[index] ?? 0) + step);
      event.preventDefault();
    });
    return element(
      'div',
      {
        class: `cell ${kindOf(column)}`,
        role: 'columnheader',
        'aria-colindex': index + 2,
        title: `${column.name} ${column.type}`,
      },
      element('span', { class: 'name' }, column.name),
      edge,
    );
  }

  /** One custom property of the grid lays out every row. */
  #apply(): void {
    const columns = [this.#numbers, ...this.#widths];
    this.#root.style.setProperty('--columns', columns.map((width) => `${width}px`).join(' '));
    this.#root.style.setProperty('--width', `${columns.reduce((sum, width) => sum + width, 0)}px`);
  }
}

function clamp(width: number): number {
  return Math.max(NARROWEST, Math.min(WIDEST, width));
}
