import type { Allocation, SourceFreshness } from '../shared/dashboard-messages.ts';
import type { Words } from './chart.ts';
import { element, svg, table } from './elements.ts';
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
  const rows = [...parts, ['total', max, words.total] as const].map(([name, calls, label]) => [
    element('th', { scope: 'row' }, element('span', { class: `swatch ${name}`, 'aria-hidden': 'true' }), label),
    element('td', {}, numberText(calls)),
  ]);
  const bar = svg('svg', { width: '100%', height: 20, focusable: 'false' }, ...rects);
  return [
    element('div', { class: 'gauge', 'aria-hidden': 'true' }, bar),
    table(words.allocation, [], rows),
    element('p', { class: 'dim small' }, filled(words.seen, seen)),
  ];
}

export function freshnessCard(sources: readonly SourceFreshness[], words: Words): readonly HTMLElement[] {
  if (sources.length === 0) return [];
  const rows = sources.map(({ title, age, rows: events, tone, note }) => {
    const dot = element('span', { class: `dot ${tone}`, role: 'img', 'aria-label': note });
    return [
      element('th', { scope: 'row' }, title),
      element('td', { class: 'age', title: note }, dot, age),
      element('td', {}, numberText(events)),
    ];
  });
  return [table(words.freshness, [words.source, words.synced, words.events], rows)];
}
