import { labelOf, totalOf, type Chart } from './chart.ts';
import { button, element } from './elements.ts';
import { numberText } from './host.ts';

/** The numbers of a chart as a table, for those who read better than they see. */
export function chartTable({ shape, bars, words, open }: Chart): HTMLElement[] {
  const isSummed = shape.measures.length > 1;
  const head = [shape.label, ...shape.measures, ...(isSummed ? [words.total] : [])];
  const rows = bars.map((bar) => {
    const label = labelOf(shape, bar.bucket);
    const numbers = [...bar.numbers, ...(isSummed ? [totalOf(bar)] : [])];
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        button(label, { class: 'link', 'aria-label': `${label}. ${words.showRows}` }, () => open(bar.bucket)),
      ),
      ...numbers.map((each) => element('td', {}, numberText(each))),
    );
  });
  const table = element(
    'table',
    { 'aria-label': shape.title },
    element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...rows),
  );
  return [element('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': shape.title }, table)];
}
