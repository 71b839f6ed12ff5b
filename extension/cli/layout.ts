import { printable, type Terminal } from './terminal.ts';

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{Mark}|\u200d|\ufe0f/u;

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Columns that a text takes on a terminal: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Cuts to `columns`, the last of which becomes an ellipsis where something is lost. */
export function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let width = 0;
  let kept = '';
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

const WIDEST_TEXT = 110;

/** Columns that running text has behind an indentation: no wider than is good to read. */
export function textColumns(terminal: Terminal, indent: number): number {
  return Math.min(terminal.columns, WIDEST_TEXT) - indent;
}

/** Breaks a text into lines of at most `columns`; a longer word keeps a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Aligned rows, two spaces between columns, the titles first; no trailing spaces. `paint` colours a cell after it was padded. */
export function alignedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => displayWidth(row[index] ?? ''))));
  return all.map((row, rowIndex) =>
    columns
      .map(({ align }, index) => {
        const cell = row[index] ?? '';
        const padding = ' '.repeat((widths[index] ?? 0) - displayWidth(cell));
        const last = index === columns.length - 1;
        const padded = align === 'right' ? padding + cell : last ? cell : cell + padding;
        return paint(padded, rowIndex - 1, index);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** `alignedTable` with its titles dimmed. */
export function titledTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string[] {
  return alignedTable(columns, rows, (text, row, column) =>
    row < 0 ? terminal.paint('dim', text) : paint(text, row, column),
  );
}

/** `Sync  admin@example.com, organization 00D…`: what a report is, and of which org. */
export function heading(
  title: string,
  {
    username,
    instanceUrl,
    orgId,
  }: { readonly username: string | null; readonly instanceUrl?: string; readonly orgId: string },
  terminal: Terminal,
): string {
  const who =
    username === null ? [] : [`${printable(username)}${instanceUrl === undefined ? '' : ` at ${instanceUrl}`}`];
  return `${terminal.paint('bold', title)}  ${[...who, `organization ${orgId}`].join(', ')}`;
}
