import { t } from '@vscode/l10n';
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
  // Japanese has no spaces to break a line at.
  const pieces = t('{0}. {1}', query.title, query.why).split(/(?<=[\s、。])(?=\S)/);
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line === undefined || line.trimEnd().length + piece.trimEnd().length > 96) lines.push(`-- ${piece}`);
    else lines[lines.length - 1] = `${line}${piece}`;
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n${query.sql.trim()}\n`;
}
