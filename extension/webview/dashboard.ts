import type { DashboardWords, FromDashboard, Range, ToDashboard } from '../shared/dashboard-messages.ts';
import { allocationCard, freshnessCard } from './dashboard-standing.ts';
import { byId, element, failure } from './elements.ts';
import { listen, pageData, post, remember } from './host.ts';
import { ChartCard } from './chart-card.ts';

const page = pageData<DashboardWords & { readonly orgId: string }>();
const { charts, words } = page;
const say = (message: FromDashboard): void => post(message);

// What the page is made again from after the window was reloaded.
remember({ orgId: page.orgId });

const cards = new Map(
  charts.map((shape) => [
    shape.id,
    new ChartCard(byId(shape.id), shape, words, (bucket) => say({ type: 'open', id: shape.id, bucket })),
  ]),
);
let range: Range = '30';

listen<ToDashboard>((message) => {
  switch (message.type) {
    case 'asking':
      range = message.range;
      markRange();
      for (const card of cards.values()) card.wait();
      return;
    case 'series':
      if (message.range === range) cards.get(message.id)?.show(message.bars);
      return;
    case 'failed':
      if (message.range === range) fail(message.id, message.message);
      return;
    case 'standing':
      fill('allocation', allocationCard(message.allocation, words));
      fill('freshness', freshnessCard(message.sources, words));
  }
});

function fail(id: string, message: string): void {
  const card = cards.get(id);
  if (card) card.fail(message);
  else fill(id, [failure(message)]);
}

function fill(id: string, content: readonly HTMLElement[]): void {
  const card = byId(id);
  card.setAttribute('aria-busy', 'false');
  card.querySelector('.body')?.replaceChildren(...(content.length > 0 ? content : [element('p', {}, words.nothing)]));
}

const ranges = [...document.querySelectorAll<HTMLButtonElement>('[data-range]')];

function markRange(): void {
  for (const each of ranges) {
    const isChosen = each.dataset['range'] === range;
    each.setAttribute('aria-checked', String(isChosen));
    each.tabIndex = isChosen ? 0 : -1;
  }
}

function choose(button: HTMLButtonElement | undefined): void {
  if (button === undefined) return;
  button.focus();
  say({ type: 'range', range: button.dataset['range'] as Range });
}

for (const [index, each] of ranges.entries()) {
  each.addEventListener('click', () => choose(each));
  each.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (step !== undefined) choose(ranges[(index + step + ranges.length) % ranges.length]);
  });
}
byId('refresh').addEventListener('click', () => say({ type: 'refresh' }));
markRange();
say({ type: 'ready' });
