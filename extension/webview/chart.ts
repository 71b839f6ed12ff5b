import type { Bar, ChartShape, DashboardWords } from '../shared/dashboard-messages.ts';
import { element } from './elements.ts';
import { numberText } from './host.ts';

export type Words = DashboardWords['words'];

export interface Chart {
  readonly shape: ChartShape;
  readonly bars: readonly Bar[];
  readonly words: Words;
  readonly open: (bucket: string | null) => void;
}

export function labelOf({ names, unnamed }: ChartShape, bucket: string | null): string {
  return bucket === null ? unnamed : (names[bucket] ?? bucket);
}

/** What a bar says to somebody who does not see it. */
export function barText({ shape, words }: Chart, { bucket, numbers }: Bar): string {
  const told = shape.measures.map((measure, index) => `${numberText(numbers[index] ?? 0)} ${measure}`);
  return `${labelOf(shape, bucket)}: ${told.join(', ')}. ${words.showRows}`;
}

export function totalOf({ numbers }: Bar): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** What the colours of a chart of several measures mean, with their sums. */
export function legend({ shape, bars }: Chart): HTMLElement[] {
  if (shape.measures.length < 2) return [];
  const items = shape.measures.map((measure, index) => {
    const sum = bars.reduce((total, { numbers }) => total + (numbers[index] ?? 0), 0);
    return element(
      'li',
      {},
      element('span', { class: `swatch measure-${index}`, 'aria-hidden': 'true' }),
      `${measure} `,
      element('b', {}, numberText(sum)),
    );
  });
  return [element('ul', { class: 'legend' }, ...items)];
}
