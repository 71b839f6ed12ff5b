import { SalesforceError } from '../salesforce-error.ts';

const REACH = 31;

/** An error at a place in the query: the words around it, a caret, row and column, then the message. */
export function soqlError(code: string, soql: string, at: number, message: string): SalesforceError {
  const { row, column } = position(soql, at);
  return new SalesforceError(400, code, `\n${excerpt(soql, at)}\nERROR at Row:${row}:Column:${column}\n${message}`);
}

/** Index of `word` as a whole word (case ignored, outside quotes), or 0; `after` is the place to look from. */
export function placeOf(soql: string, word: string, after = 0): number {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`(?<![\\w.])${escaped}(?![\\w.])`, 'gi');
  expression.lastIndex = after;
  return expression.exec(bare(soql))?.index ?? 0;
}

/** The query with its quoted texts blanked out, every other character in its place. */
export function bare(soql: string): string {
  return soql.replace(/'(?:[^'\\]|\\.)*'/g, (quoted) => ' '.repeat(quoted.length));
}

function position(soql: string, at: number): { row: number; column: number } {
  const before = soql.slice(0, at).split('\n');
  return { row: before.length, column: (before.at(-1) as string).length + 1 };
}

/** Whole words up to some thirty characters either side, and a caret under the place. */
function excerpt(soql: string, at: number): string {
  let start = Math.max(0, at - REACH);
  if (start > 0) {
    const gap = /[\s,]\s*/.exec(soql.slice(start, at));
    start = gap === null ? at : start + gap.index + gap[0].length;
  }
  let end = Math.min(soql.length, at + REACH);
  while (end < soql.length && /[\w.]/.test(soql[end] as string)) end++;
  const line = soql.slice(start, end).replace(/\n/g, ' ');
  return `${line}\n${' '.repeat(at - start)}^`;
}

export const noSuchColumn = (soql: string, name: string, entity: string, at: number): SalesforceError =>
  soqlError(
    'INVALID_FIELD',
    soql,
    at,
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchType = (soql: string, name: string, at: number): SalesforceError =>
  soqlError(
    'INVALID_TYPE',
    soql,
    at,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchRelationship = (soql: string, name: string, at: number): SalesforceError =>
  soqlError(
    'INVALID_FIELD',
    soql,
    at,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

/** A query that cannot be run as it stands, told without a place. */
export const malformedQuery = (message: string): SalesforceError =>
  new SalesforceError(400, 'MALFORMED_QUERY', message);
