import { ADMIN_ALIAS, needsAdmin, remedyParts } from '../prerequisites/report.ts';
import type { Outcome, PrerequisiteReport, VerifyReport } from '../prerequisites/report.ts';
import { shellWord } from '../shared/shell.ts';
import { heading, textColumns, wrap } from './layout.ts';
import { count } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Style, Terminal } from './terminal.ts';

/** How outcomes are shown. */
export const MARKS: Readonly<Record<Outcome, { readonly mark: string; readonly style: Style }>> = {
  pass: { mark: '✔', style: 'green' },
  fail: { mark: '✖', style: 'red' },
  warning: { mark: '▲', style: 'yellow' },
  unknown: { mark: '?', style: 'cyan' },
};

const INDENT = '      ';

/** The report for a person: each prerequisite with its evidence, and what to do where something is to be done. */
export function verifyText(report: VerifyReport, terminal: Terminal): string {
  const columns = textColumns(terminal, INDENT.length);
  const lines = [
    heading('Verify', report.org, terminal),
    '',
    ...report.prerequisites.flatMap((prerequisite) => prerequisiteLines(prerequisite, terminal, columns)),
    '',
    ...(needsAdmin(report) ? [...adminLines(report, terminal), ''] : []),
    summary(report, terminal),
  ];
  return `${lines.join('\n')}\n`;
}

function prerequisiteLines(prerequisite: PrerequisiteReport, terminal: Terminal, columns: number): string[] {
  const { mark, style } = MARKS[prerequisite.outcome];
  const evidence = wrap(printable(prerequisite.evidence), columns).map((line) => INDENT + terminal.paint('dim', line));
  const remedy = prerequisite.remedy === null ? [] : remedyLines(prerequisite.remedy, terminal, columns);
  const { url = null } = prerequisite.fix ?? {};
  if (url !== null && prerequisite.remedy?.includes('Setup ›'))
    remedy.push(`${INDENT}  ${terminal.paint('cyan', url)}`);
  return [`  ${terminal.paint(style, mark)} ${prerequisite.title}`, ...evidence, ...remedy];
}

/** Commands, in backticks in the remedy, get a line of their own, unbroken, so that they can be copied. */
function remedyLines(remedy: string, terminal: Terminal, columns: number): string[] {
  return remedyParts(remedy).flatMap(({ command, text }, index) => {
    if (command) return [`${INDENT}  ${terminal.paint('cyan', `$ ${text}`)}`];
    return wrap(printable(text), columns - 2).map(
      (line, number) => `${INDENT}${number === 0 && index === 0 ? '→ ' : '  '}${line}`,
    );
  });
}

function adminLines({ org }: VerifyReport, terminal: Terminal): string[] {
  const login = `sf org login web --instance-url ${shellWord(org.instanceUrl)} --alias ${ADMIN_ALIAS}`;
  return [
    `${ADMIN_ALIAS}: an alias under which sf is authorized as a System Administrator:`,
    `  ${terminal.paint('cyan', `$ ${login}`)}`,
  ];
}

function summary({ prerequisites }: VerifyReport, terminal: Terminal): string {
  const total = (outcome: Outcome): number => prerequisites.filter((each) => each.outcome === outcome).length;
  const parts: [Outcome, string][] = [
    ['fail', `${total('fail')} failed`],
    ['warning', count(total('warning'), 'warning')],
    ['unknown', `${total('unknown')} unknown`],
    ['pass', `${total('pass')} passed`],
  ];
  const shown = parts.filter(([outcome]) => total(outcome) > 0);
  return `${shown.map(([outcome, text]) => terminal.paint(MARKS[outcome].style, text)).join(', ')}.`;
}
