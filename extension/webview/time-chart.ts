import { barText, legend, totalOf, type Chart } from './chart.ts';
import { element, svg } from './elements.ts';
import { numberText } from './host.ts';

const WIDTH = 1000;
const HEIGHT = 180;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 8;

/** Columns over time, one tab stop; arrows go from one to the next, Enter shows its rows. */
export function timeChart(chart: Chart): HTMLElement[] {
  const { shape, bars, open } = chart;
  const most = niceMost(Math.max(...bars.map(totalOf)));
  const step = (WIDTH - LEFT) / bars.length;
  const plot = HEIGHT - BOTTOM - TOP;
  const y = (value: number): number => TOP + plot - (value / most) * plot;
  const columns = bars.map((bar, index) => {
    const x = LEFT + index * step;
    const gap = Math.min(4, step * 0.2);
    let height = 0;
    const parts = bar.numbers.map((value, measure) => {
      const top = y(height + value);
      const rect = svg('rect', {
        class: `measure-${measure}`,
        x: x + gap / 2,
        y: top,
        width: Math.max(1, step - gap),
        height: Math.max(value > 0 ? 1.5 : 0, y(height) - top),
      });
      height += value;
      return rect;
    });
    const text = barText(chart, bar);
    const hit = svg('rect', { class: 'hit', x, y: TOP, width: step, height: plot });
    const column = svg(
      'g',
      { class: 'column', role: 'button', tabindex: index === bars.length - 1 ? 0 : -1, 'aria-label': text },
      svg('title', {}, text),
      hit,
      ...parts,
    );
    column.addEventListener('click', () => open(bar.bucket));
    return column;
  });
  for (const [index, column] of columns.entries())
    column.addEventListener('keydown', (event) => {
      const next = target(event.key, index, columns.length);
      if (event.key === 'Enter' || event.key === ' ') open(bars[index]?.bucket ?? null);
      else if (next === undefined) return;
      else {
        column.setAttribute('tabindex', '-1');
        columns[next]?.setAttribute('tabindex', '0');
        columns[next]?.focus();
      }
      event.preventDefault();
    });
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': shape.title, class: 'time-chart' },
    ...[0, most / 2, most].flatMap((value) => [
      svg('line', { class: 'rule', x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }),
      svg('text', { class: 'axis', x: LEFT - 8, y: y(value) + 4, 'text-anchor': 'end' }, numberText(value)),
    ]),
    ...columns,
    ...labels(chart, step),
  );
  return [...legend(chart), element('div', { class: 'plot' }, picture)];
}

/** Labels below, as many as have room: the time of a day, or day and month. */
function labels({ bars }: Chart, step: number): SVGElement[] {
  const every = Math.max(1, Math.ceil(90 / step));
  return bars.flatMap(({ bucket }, index) => {
    if (bucket === null || index % every !== 0) return [];
    const text = bucket.includes(' ') ? (bucket.split(' ')[1] ?? '') : bucket.slice(5);
    const x = LEFT + (index + 0.5) * step;
    return [svg('text', { class: 'axis', x, y: HEIGHT - 6, 'text-anchor': 'middle' }, text)];
  });
}

function target(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, index + 1);
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** A round number at or above, half of which is round, too. */
function niceMost(value: number): number {
  if (value <= 10) return Math.max(2, Math.ceil(value / 2) * 2);
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10) * power;
}
