import type { History } from '../lake/verify-history.ts';
import { textColumns, wrap } from './layout.ts';
import { minute, number } from './quantity.ts';
import { printable, type Terminal } from './terminal.ts';

export function historyText({ orgId, runs, since, changes }: History, terminal: Terminal): string {
  if (runs === 0) {
    return `Verify has not run yet for organization ${orgId} with this data folder. Outcomes are kept from the first sync on.\n`;
  }
  const head = `${terminal.paint('bold', 'Verify')}  organization ${orgId}: ${number(runs)} runs since ${minute(since)} UTC`;
  if (changes.length === 0) return `${head}\nNo outcome has changed.\n`;
  const columns = textColumns(terminal, 6);
  const lines = changes.flatMap(({ at, prerequisite, before, outcome, evidence, account }) => [
    `  ${minute(at)}  ${prerequisite}: ${before} → ${terminal.paint('bold', outcome)}  (${printable(account)})`,
    ...wrap(printable(evidence), columns).map((line) => `      ${terminal.paint('dim', line)}`),
  ]);
  return `${[head, '', ...lines].join('\n')}\n`;
}
