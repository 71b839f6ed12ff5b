import type { QueryResult, QueryValue } from '../lake/worker.ts';

/** A spreadsheet takes text that begins so for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180 with a header line. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv({ columns, rows }: QueryResult): string {
  const header = columns.map(({ name }) => quoted(defused(name)));
  return [header, ...rows.map((row) => row.map(cell))].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cell(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return quoted(defused(value));
  return typeof value === 'object' ? quoted(defused(JSON.stringify(value))) : String(value);
}

function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
