import { labelOf, totalOf, type Chart } from './chart.ts';
import { button, element, table } from './elements.ts';
import { numberText } from './host.ts';

/** The numbers of a chart as a table, for those who read better than they see. */
export function chartTable({ shape, bars, words, open }: Chart): HTMLElement[] {
  const isSummed = shape.measures.length > 1;
  const head = [shape.label, ...shape.measures, ...(isSummed ? [words.total] : [])];
  const rows = bars.map((bar) => {
    const label = labelOf(shape, bar.bucket);
    const said = { class: 'link', 'aria-label': `${label}. ${words.showRows}` };
    const numbers = [...bar.numbers, ...(isSummed ? [totalOf(bar)] : [])];
    return [
      element(
        'th',
        { scope: 'row' },
        button(label, said, () => open(bar.bucket)),
      ),
      ...numbers.map((each) => element('td', {}, numberText(each))),
    ];
  });
  const region = { class: 'table', tabindex: 0, role: 'region', 'aria-label': shape.title };
  return [element('div', region, table(shape.title, head, rows))];
}
