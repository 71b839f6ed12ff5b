import type { RepairReport } from '../sync/repair-report.ts';
import { awaitedText, findingLines } from './check-text.ts';
import { heading } from './layout.ts';
import { count, number } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const SHOWN = 10;

/** What was done, and what is left to do. */
export function repairText(report: RepairReport, terminal: Terminal): string {
  const { org, toFetch, left, dataDir } = report;
  const isToFetch = toFetch.files + toFetch.spans > 0;
  const lines = [
    heading('Repair', org, terminal),
    '',
    ...deeds(report).map((deed) => `  ${deed}`),
    ...asideLines(report),
    '',
    ...findingLines(left, terminal),
    ...(isToFetch
      ? [`To be fetched again: ${awaitedText(toFetch)}.`, `${terminal.paint('cyan', 'Try:')} orgwatch sync`]
      : []),
    verdict(report, terminal),
    `Data: ${dataDir}`,
  ];
  return `${lines.join('\n')}\n`;
}

function deeds(report: RepairReport): string[] {
  const { ledger, adopted, rebuilt, published, salvagedRows, tidied } = report;
  const deeds = [
    ...(ledger === 'rebuilt' ? ['The ledger was made again from raw and Parquet files.'] : []),
    ...(adopted > 0 ? [`${count(adopted, 'raw file')} that the ledger did not know: taken in.`] : []),
    ...(rebuilt.units > 0
      ? [`${count(rebuilt.units, 'Parquet file')} with ${count(rebuilt.rows, 'row')} made anew from raw files.`]
      : []),
    ...(published > 0 ? [`${count(published, 'raw file')} that had landed: now in the lake.`] : []),
    ...(salvagedRows > 0 ? [`${count(salvagedRows, 'row')} of lost raw files kept from the lake.`] : []),
    ...(tidied.unfinished > 0 ? [`${count(tidied.unfinished, 'half-written file')} deleted.`] : []),
    ...(tidied.modes > 0 ? [`${number(tidied.modes)} files and folders closed to others.`] : []),
  ];
  return deeds.length > 0 ? deeds : ['There was nothing to make anew.'];
}

function asideLines({ setAside }: RepairReport): string[] {
  if (setAside.length === 0) return [];
  const more = setAside.length - SHOWN;
  return [
    '',
    '  Set aside:',
    ...setAside.slice(0, SHOWN).map(({ to, why }) => `    ${printable(to)}\n      ${printable(why)}`),
    ...(more > 0 ? [`    and ${number(more)} more: --json lists them all`] : []),
  ];
}

function verdict({ outcome }: RepairReport, terminal: Terminal): string {
  switch (outcome) {
    case 'sound':
      return terminal.paint('green', 'The lake was sound.');
    case 'repaired':
      return terminal.paint('green', 'Repaired: orgwatch check finds the lake sound.');
    case 'incomplete':
      return terminal.paint('yellow', 'Repaired as far as what is on disk allows.');
  }
}
