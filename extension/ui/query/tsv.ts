import { defused } from '../../lake/csv.ts';
import type { QueryValue } from '../../lake/worker.ts';

/**
 * Rows as text: a tab between cells, a line a row; a cell with either is in quotes, as spreadsheets have it, and text that
 * a spreadsheet would run as a formula is defused as in an exported CSV.
 */
export function asTsv(rows: readonly (readonly QueryValue[])[]): string {
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}

function cell(value: QueryValue): string {
  if (value === null) return '';
  const text =
    typeof value === 'string' ? defused(value) : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
