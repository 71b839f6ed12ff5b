import type { DoneStep, PlannedStep } from '../prerequisites/prepare-report.ts';
import type { VerifyReport } from '../prerequisites/report.ts';
import { alignedTable, textColumns, wrap } from './layout.ts';
import { printable, type Style, type Terminal } from './terminal.ts';
import { MARKS } from './verify-text.ts';

const STATES: Readonly<Record<DoneStep['state'], readonly [mark: string, style: Style]>> = {
  done: ['✔', 'green'],
  checked: ['✔', 'cyan'],
  failed: ['✖', 'red'],
  'not reached': ['–', 'dim'],
};

/** The plan: each step with its reason. */
export function planText(title: string, plan: readonly PlannedStep[], terminal: Terminal): string {
  const columns = textColumns(terminal, 6);
  const lines = plan.flatMap(({ what, why, id }, index) => [
    ...wrap(printable(what), columns).map(
      (line, number) => `${number === 0 ? `${String(index + 1).padStart(3)}.` : '    '} ${line}`,
    ),
    ...wrap(printable(`because ${why}  (--only ${id})`), columns).map((line) => `     ${terminal.paint('dim', line)}`),
  ]);
  return `${[terminal.paint('bold', printable(title)), '', ...lines].join('\n')}\n`;
}

/** What came of each step. */
export function stepsText(steps: readonly DoneStep[], terminal: Terminal): string {
  const columns = textColumns(terminal, 6);
  const lines = steps.flatMap(({ id, state, result }) => {
    const [mark, style] = STATES[state];
    const words = state === 'checked' ? `would succeed: ${result}` : state === 'not reached' ? 'not reached' : result;
    return [
      `  ${terminal.paint(style, mark)} ${id}`,
      ...wrap(printable(words), columns).map((line) => `      ${terminal.paint('dim', line)}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Verify before and after, side by side: every prerequisite that is or was no pass. */
export function beforeAndAfterText(before: VerifyReport, after: VerifyReport, terminal: Terminal): string {
  const rows = after.prerequisites.flatMap(({ id, title, outcome }) => {
    const was = before.prerequisites.find((each) => each.id === id)?.outcome ?? 'unknown';
    return was === 'pass' && outcome === 'pass' ? [] : [{ title, was, outcome }];
  });
  const same = after.prerequisites.length - rows.length;
  if (rows.length === 0) return `Verify: all ${same} passed before and pass now.\n`;
  const table = alignedTable(
    [{ title: 'Verify' }, { title: 'before' }, { title: 'now' }],
    rows.map(({ title, was, outcome }) => [title, `${MARKS[was].mark} ${was}`, `${MARKS[outcome].mark} ${outcome}`]),
    (text, row, column) => {
      const found = rows[row];
      if (row < 0 || found === undefined) return terminal.paint('bold', text);
      if (column === 0) return text;
      return terminal.paint(MARKS[column === 1 ? found.was : found.outcome].style, text);
    },
  );
  const rest = same === 0 ? '' : `The other ${same} pass as before.\n`;
  return `${table.map((line) => `  ${line}`).join('\n')}\n${rest}`;
}
