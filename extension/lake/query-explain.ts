/** What EXPLAIN explains, without its options; undefined where the statement is another. Linear in the text's length. */
export function explainedStatement(
  sql: string,
): { readonly statement: string; readonly isAnalyzed: boolean } | undefined {
  const explained = afterWord(sql, afterSpace(sql, 0), 'explain');
  if (explained === undefined) return undefined;
  const options = afterOptions(sql, afterSpace(sql, explained));
  const analyzed = afterWord(sql, afterSpace(sql, options), 'analyze');
  return { statement: sql.slice(analyzed ?? options), isAnalyzed: analyzed !== undefined };
}

/** The place after a word at `from`; undefined where another stands there. */
function afterWord(sql: string, from: number, word: string): number | undefined {
  const end = from + word.length;
  return sql.slice(from, end).toLowerCase() === word && !/\w/.test(sql.charAt(end)) ? end : undefined;
}

function afterOptions(sql: string, from: number): number {
  if (sql.charAt(from) !== '(') return from;
  const end = sql.indexOf(')', from);
  return end < 0 ? from : end + 1;
}

/** The place after spaces and comments. */
function afterSpace(sql: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(sql.charAt(at))) at++;
    if (sql.startsWith('--', at)) at = afterText(sql, at, '\n');
    else if (sql.startsWith('/*', at)) at = afterComment(sql, at);
    else return at;
  }
}

function afterText(sql: string, from: number, text: string): number {
  const at = sql.indexOf(text, from);
  return at < 0 ? sql.length : at + text.length;
}

/** Comments within comments are part of them, as in PostgreSQL. */
function afterComment(sql: string, from: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}
