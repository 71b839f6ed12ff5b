import type { Bar, ChartShape } from '../shared/dashboard-messages.ts';
import { chartTable } from './chart-table.ts';
import type { Chart, Words } from './chart.ts';
import { button, element, failure } from './elements.ts';
import { rankChart } from './rank-chart.ts';
import { timeChart } from './time-chart.ts';

/** One card: a chart, the same numbers as a table, or why there is neither. */
export class ChartCard {
  readonly #body: HTMLElement;
  readonly #card: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #chart: Omit<Chart, 'bars'>;
  #bars: readonly Bar[] = [];
  #isTable = false;

  constructor(card: HTMLElement, shape: ChartShape, words: Words, open: (bucket: string | null) => void) {
    this.#card = card;
    this.#chart = { shape, words, open };
    this.#body = card.querySelector<HTMLElement>('.body') ?? card;
    this.#toggle = button(
      words.asTable,
      { class: 'quiet', hidden: '', 'aria-label': `${shape.title}: ${words.asTable}` },
      () => {
        this.#isTable = !this.#isTable;
        const label = this.#isTable ? words.asChart : words.asTable;
        this.#toggle.textContent = label;
        this.#toggle.setAttribute('aria-label', `${shape.title}: ${label}`);
        this.#draw();
      },
    );
    card.querySelector('.head')?.append(this.#toggle);
  }

  /** New numbers are on their way; the old ones stay until then, dimmed. */
  wait(): void {
    this.#card.setAttribute('aria-busy', 'true');
  }

  show(bars: readonly Bar[]): void {
    this.#bars = bars;
    this.#card.setAttribute('aria-busy', 'false');
    this.#draw();
  }

  fail(message: string): void {
    this.#card.setAttribute('aria-busy', 'false');
    this.#toggle.hidden = true;
    this.#body.replaceChildren(failure(message));
  }

  #draw(): void {
    const { shape, words } = this.#chart;
    const isEmpty = this.#bars.every(({ numbers }) => numbers.every((each) => each === 0));
    this.#toggle.hidden = isEmpty;
    if (isEmpty) return this.#body.replaceChildren(element('p', { class: 'dim' }, words.nothing));
    const chart = { ...this.#chart, bars: this.#bars };
    const drawn = this.#isTable ? chartTable(chart) : shape.kind === 'time' ? timeChart(chart) : rankChart(chart);
    this.#body.replaceChildren(...drawn);
  }
}
