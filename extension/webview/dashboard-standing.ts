import type { Allocation, SourceFreshness } from '../shared/dashboard-messages.ts';
import type { Words } from './chart.ts';
import { element, svg } from './elements.ts';
import { filled, numberText } from './host.ts';

/** What is used of the org's API calls, what is free, and the reserve that is never touched. */
export function allocationCard(allocation: Allocation | null, words: Words): readonly HTMLElement[] {
  if (allocation === null) return [element('p', { class: 'dim' }, words.noAllocation)];
  const { max, own, others, reserve, seen } = allocation;
  const parts: readonly (readonly [name: string, calls: number, label: string])[] = [
    ['others', others, words.others],
    ['own', own, words.own],
    ['free', Math.max(0, max - others - own - reserve), words.free],
    ['reserve', Math.min(reserve, Math.max(0, max - others - own)), words.reserve],
  ];
  let from = 0;
  const rects = parts.map(([name, calls]) => {
    const width = max === 0 ? 0 : (calls / max) * 100;
    const rect = svg('rect', { class: name, x: `${from}%`, width: `${width}%`, y: 0, height: 20 });
    from += width;
    return rect;
  });
  const picture = element('div', { class: 'gauge', 'aria-hidden': 'true' });
  picture.append(svg('svg', { width: '100%', height: 20, focusable: 'false' }, ...rects));
  const rows = [...parts, ['total', max, words.total] as const].map(([name, calls, label]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' }), label),
      element('td', {}, numberText(calls)),
    ),
  );
  return [
    picture,
    element('table', { 'aria-label': words.allocation }, element('tbody', {}, ...rows)),
    element('p', { class: 'dim small' }, filled(words.seen, seen)),
  ];
}

export function freshnessCard(sources: readonly SourceFreshness[], words: Words): readonly HTMLElement[] {
  if (sources.length === 0) return [];
  const head = [words.source, words.synced, words.events].map((title) => element('th', { scope: 'col' }, title));
  const rows = sources.map(({ title, age, rows: events, tone, note }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, title),
      element(
        'td',
        { class: 'age', title: note },
        element('span', { class: `dot ${tone}`, role: 'img', 'aria-label': note }),
        age,
      ),
      element('td', {}, numberText(events)),
    ),
  );
  return [
    element(
      'table',
      { 'aria-label': words.freshness },
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    ),
  ];
}
