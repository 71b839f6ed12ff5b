import type { QueryResult, QueryValue } from './worker.ts';

/** What text begins with that a spreadsheet takes for a formula (OWASP, "CSV Injection"). */
const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r'] as const;

/** RFC 4180 with a header line. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv({ columns, rows }: QueryResult): string {
  const header = columns.map(({ name }) => quoted(defused(name)));
  return [header, ...rows.map((row) => row.map(cell))].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Text as a spreadsheet takes it for text. */
export function defused(text: string): string {
  return FORMULA_STARTS.some((start) => text.startsWith(start)) ? `'${text}` : text;
}

/** SQL of `defused` for an expression of type VARCHAR. */
export function defusedSql(expression: string): string {
  const starts = FORMULA_STARTS.map((start) => `chr(${String(start.charCodeAt(0))})`);
  return `CASE WHEN left(${expression}, 1) IN (${starts.join(', ')}) THEN '''' || ${expression} ELSE ${expression} END`;
}

function cell(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return quoted(defused(value));
  return typeof value === 'object' ? quoted(defused(JSON.stringify(value))) : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
