import { cellOf } from '../events/event-type.ts';
import type { Column, LogEvent } from '../events/event-type.ts';

/** One line of an event log file: every cell in double quotes, quotes inside doubled, `\n` at the end. */
function csvLine(cells: readonly string[]): string {
  const quoted = cells.some((cell) => cell.includes('"')) ? cells.map((cell) => cell.replaceAll('"', '""')) : cells;
  return `"${quoted.join('","')}"\n`;
}

export function headerLine(columns: readonly Column[]): string {
  return csvLine(columns.map((column) => column.name));
}

export function rowLine(columns: readonly Column[], event: LogEvent): string {
  return csvLine(columns.map((column) => cellOf(event, column.name)));
}
