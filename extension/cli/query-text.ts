import type { QueryResult, QueryValue } from '../lake/worker.ts';
import { cut, titledTable } from './layout.ts';
import { count, number } from './quantity.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** On a terminal longer cells are cut; in a pipe nothing is. */
const WIDEST_CELL = 60;
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL)/;

/** The rows as an aligned table, and a line that says how many there are. */
export function queryText(result: QueryResult, terminal: Terminal): string {
  const columns = result.columns.map(({ name, type }) => ({
    title: printable(name),
    align: NUMERIC.test(type) ? ('right' as const) : ('left' as const),
  }));
  const rows = result.rows.map((row) =>
    row.map((value) => {
      const text = printable(cellText(value));
      return terminal.outIsTerminal ? cut(text, WIDEST_CELL) : text;
    }),
  );
  const table = titledTable(columns, rows, terminal);
  return `${table.join('\n')}\n\n${rowsLine(result)}\n`;
}

function cellText(value: QueryValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function rowsLine({ rowCount, truncated }: QueryResult): string {
  return truncated ? `The first ${number(rowCount)} rows; more with --limit.` : `${count(rowCount, 'row')}.`;
}

/** Rows as objects, in the order of the columns; a name that comes again gets a number. */
export function queryJson(result: QueryResult): object {
  const seen = new Map<string, number>();
  const columns = result.columns.map(({ name, type }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times === 1 ? name : `${name}_${times}`, type };
  });
  const rows = result.rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
  return { columns, rows, rowCount: result.rowCount, truncated: result.truncated };
}
