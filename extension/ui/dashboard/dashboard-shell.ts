import type { DashboardWords } from '../../shared/dashboard-messages.ts';
import { escapeHtml } from '../webview-page.ts';

/** The page before any number is known: everything has its place, so that nothing moves when numbers come. */
export function dashboardShell({ charts, ranges, words }: DashboardWords, org: string): string {
  const buttons = ranges.map(
    ({ range, label }) =>
      `<button type="button" role="radio" aria-checked="false" tabindex="-1" data-range="${range}">${escapeHtml(label)}</button>`,
  );
  const cards = charts.map(({ id, title, kind }) => card(id, title, kind, words.loading));
  return `<header>
<div><h1>${escapeHtml(words.title)}</h1><p class="org">${escapeHtml(org)}</p></div>
<div class="tools"><div class="ranges" role="radiogroup" aria-label="${escapeHtml(words.range)}">${buttons.join('')}</div>
<button type="button" class="quiet" id="refresh">${escapeHtml(words.refresh)}</button></div>
</header>
<main>${cards.join('\n')}
${card('allocation', words.allocation, 'rank', words.loading)}
${card('freshness', words.freshness, 'rank', words.loading)}
</main>`;
}

function card(id: string, title: string, kind: string, loading: string): string {
  return `<section class="card ${kind}" id="${id}" aria-labelledby="${id}-title" aria-busy="true">
<div class="head"><h2 id="${id}-title">${escapeHtml(title)}</h2></div>
<div class="body"><div class="skeleton" role="status" aria-label="${escapeHtml(loading)}"></div></div>
</section>`;
}
