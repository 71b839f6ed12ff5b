import { barText, labelOf, legend, totalOf, type Chart } from './chart.ts';
import { element, svg } from './elements.ts';
import { numberText } from './host.ts';

/** Bars side by side from the largest to the smallest: each a button with its label and its number. */
export function rankChart(chart: Chart): HTMLElement[] {
  const { shape, bars, open } = chart;
  const most = Math.max(...bars.map(totalOf));
  const items = bars.map((bar) => {
    const total = totalOf(bar);
    const label = labelOf(shape, bar.bucket);
    const parts: SVGElement[] = [];
    let from = 0;
    for (const [index, value] of bar.numbers.entries()) {
      if (value === 0) continue;
      // Whatever is there can be seen.
      const width = Math.max(0.6, (value / most) * 100);
      const at = { x: `${from}%`, width: `${width}%`, y: 0, height: 10, rx: 2 };
      parts.push(svg('rect', { ...at, class: `measure-${index}` }));
      from += width;
    }
    const made = element(
      'button',
      { type: 'button', class: 'bar', 'aria-label': barText(chart, bar) },
      element('span', { class: 'label', title: label }, label),
      element('span', { class: 'value' }, numberText(total)),
      element(
        'span',
        { class: 'track', 'aria-hidden': 'true' },
        svg('svg', { width: '100%', height: 10, focusable: 'false' }, ...parts),
      ),
    );
    made.addEventListener('click', () => open(bar.bucket));
    return element('li', {}, made);
  });
  return [...legend(chart), element('ol', { class: 'ranks', 'aria-label': shape.title }, ...items)];
}
