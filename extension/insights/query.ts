/** A question about an org that comes with Orgwatch. */
export interface ShippedQuery {
  /** Stable, lower-case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Why anybody would ask this, and how to read the answer. */
  readonly why: string;
  readonly sql: string;
}

/** The query as a person opens it: the reason first, as a comment. */
export function asSqlText(query: ShippedQuery): string {
  const words = `${query.title}. ${query.why}`.split(/\s+/);
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length > 96) lines.push(`-- ${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return `${lines.join('\n')}\n${query.sql.trim()}\n`;
}
