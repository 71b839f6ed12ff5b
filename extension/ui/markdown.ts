/** Text that came from an org or a file, so that Markdown and HTML show it as it is. */
export function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/^\s*(?:[-+#]|\d+[.)])/, '\\$&')
    .replaceAll(/:\/\//g, '&#58;//')
    .replaceAll('www.', 'www&#46;');
}

/** Text with commands in backticks: the commands stay code, the rest is escaped. */
export function escapeAroundCode(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escape(part)))
    .join('');
}

/** Inline code; backticks inside cannot end it. */
export function code(text: string): string {
  const clean = text.replaceAll(/\s+/g, ' ').replaceAll('`', '´');
  return clean === '' ? '' : `\`${clean}\``;
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
