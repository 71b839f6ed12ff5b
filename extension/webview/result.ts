import type { FromResult, ResultMemory, ResultState, ResultWords, ToResult } from '../shared/result-messages.ts';
import { button, byId, element } from './elements.ts';
import { Grid } from './grid.ts';
import { filled, listen, numberText, pageData, post, remember, remembered } from './host.ts';
import { Pages } from './pages.ts';
import { rangeOf, type Selection } from './selection.ts';

interface Memory extends ResultMemory {
  readonly run: number;
  readonly selection: Selection;
}

const { words } = pageData<{ readonly words: ResultWords }>();
const app = byId('app');
const say = (message: FromResult): void => post(message);

let memory = remembered<Memory>();
let shown: { readonly run: number; readonly pages: Pages; readonly grid: Grid } | undefined;
let ticking: number | undefined;

listen<ToResult>((message) => {
  if (message.type === 'page') {
    if (shown?.run !== message.run) return;
    shown.pages.put(message.offset, message.rows);
    shown.grid.refresh();
    return;
  }
  memory = { ...memory, ...message.keep };
  remember(memory);
  show(message.state, message.org);
});

function show(state: ResultState, org: string): void {
  window.clearInterval(ticking);
  shown = undefined;
  switch (state.kind) {
    case 'running':
      return showRunning(state.since, org);
    case 'done':
      return showRows(state, org);
    case 'gone':
      return showNote(words.gone);
    case 'cancelled':
      return showNote(words.cancelled);
    case 'failed':
      return showNote(state.message, state.actions, words.failed);
  }
}

function showRunning(since: number, org: string): void {
  const time = element('span', { class: 'dim', 'aria-hidden': 'true' });
  const tick = (): void => {
    time.textContent = seconds(Date.now() - since);
  };
  tick();
  ticking = window.setInterval(tick, 100);
  const stop = button(words.cancel, { class: 'plain' }, () => say({ type: 'cancel' }));
  app.replaceChildren(
    bar(element('span', { role: 'status' }, `${words.running} · ${org}`), time, stop),
    element('div', { class: 'progress', role: 'progressbar', 'aria-label': words.running }),
  );
}

function showRows(state: Extract<ResultState, { kind: 'done' }>, org: string): void {
  const { run, columns, rowCount, truncated, milliseconds } = state;
  const total = truncated
    ? filled(words.firstRows, numberText(rowCount))
    : rowCount === 1
      ? words.oneRow
      : filled(words.rows, numberText(rowCount));
  const place = element('span', { class: 'dim place' });
  const pages = new Pages(rowCount, (offset, limit) => say({ type: 'page', run, offset, limit }));
  const copy = (selection: Selection): void => say({ type: 'copy', run, range: rangeOf(selection) });
  const grid = new Grid({
    label: words.grid,
    rowNumber: words.rowNumber,
    columns,
    rowCount,
    pages,
    onCopy: copy,
    onMove: (selection) => {
      const { rows, columns: across } = rangeOf(selection);
      const cells = `${numberText(rows[1] - rows[0] + 1)} × ${numberText(across[1] - across[0] + 1)}`;
      place.textContent = cells === '1 × 1' ? `${words.rowNumber} ${numberText(selection.active.row + 1)}` : cells;
      memory = { ...memory, run, selection };
      remember(memory);
    },
  });
  const tools =
    rowCount === 0
      ? []
      : [
          button(words.copy, { class: 'plain' }, () => copy(grid.selection)),
          button(words.export, { class: 'plain' }, () => say({ type: 'export' })),
        ];
  app.replaceChildren(
    bar(
      element('span', { role: 'status', class: 'count' }, total),
      element('span', { class: 'dim' }, seconds(milliseconds)),
      element('span', { class: 'dim org' }, org),
      place,
      element('span', { class: 'space' }),
      button(words.runAgain, { class: 'plain' }, () => say({ type: 'run' })),
      ...tools,
    ),
    grid.root,
    ...(rowCount === 0 ? [element('p', { class: 'note dim' }, words.noRows)] : []),
  );
  shown = { run, pages, grid };
  grid.refresh();
  // A page that was hidden and is back stands where it stood.
  if (rowCount > 0 && memory.run === run && memory.selection) grid.select(memory.selection);
  if (document.hasFocus()) grid.root.focus({ preventScroll: true });
}

function showNote(text: string, actions: readonly string[] = [], title?: string): void {
  app.replaceChildren(
    bar(
      element('span', { class: 'space' }),
      button(words.runAgain, { class: 'plain' }, () => say({ type: 'run' })),
    ),
    element(
      'div',
      { class: 'note', role: title === undefined ? 'status' : 'alert' },
      ...(title === undefined ? [] : [element('h2', {}, title)]),
      element('p', {}, text),
      ...actions.map((action) => element('p', { class: 'dim' }, action)),
    ),
  );
}

function bar(...children: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'bar', role: 'toolbar' }, ...children);
}

function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return filled(words.took, value.toFixed(value < 10 ? 2 : 1));
}

say({ type: 'ready' });
