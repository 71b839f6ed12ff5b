import { line } from './plain.ts';

/** Text that came from an org, a ledger or a file, so that Markdown and HTML show it as it is, links and icons included. */
export function escape(text: string): string {
  return line(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$!^]/g, '\\$&')
    .replace(/^(\s*)([-+#=:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replaceAll('@', '&#64;')
    .replaceAll('//', '&#47;&#47;')
    .replaceAll(/(www)\./gi, '$1&#46;');
}

/** Text with commands in backticks: the commands stay code, the rest is escaped. */
export function escapeAroundCode(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escape(part)))
    .join('');
}

/** Inline code; backticks inside cannot end it, nor bars the cell of a table. */
export function code(text: string): string {
  const clean = line(text).replaceAll('`', '´').replaceAll('|', '¦');
  return clean.trim() === '' ? '' : `\`${clean}\``;
}

/** A block of code, ready to copy; whatever it holds does not end it. */
export function block(text: string): string {
  const ticks = Math.max(3, ...(text.match(/`+/g) ?? []).map(({ length }) => length + 1));
  const fence = '`'.repeat(ticks);
  return `${fence}\n${text}\n${fence}`;
}

export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (right.includes(index) ? '---:' : '---'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** An outcome or state as a small badge; webview/report.css colours it by the theme, and without it the word stands. */
export function badge(kind: 'pass' | 'fail' | 'warning' | 'unknown', word: string): string {
  return `<span class="orgwatch-badge orgwatch-${kind}">${word}</span>`;
}

/** Text that is not broken into lines. */
export function whole(text: string): string {
  return `<span class="orgwatch-whole">${text}</span>`;
}

/** The name of what a row of a table is about: it keeps its width beside a long answer. */
export function name(text: string): string {
  return `<span class="orgwatch-name">${text}</span>`;
}

/** A whole report: its sections inside the element that webview/report.css addresses. */
export function document(sections: readonly string[]): string {
  return ['<div class="orgwatch-report">', ...sections, '</div>'].join('\n\n') + '\n';
}
