import { parseQuery, type HavingClause, type Query, type WhereClause } from '@jetstreamapp/soql-parser-js';
import type { SalesforceError } from '../salesforce-error.ts';
import { bare, malformedQuery, soqlError } from './soql-error.ts';

/** @throws SalesforceError MALFORMED_QUERY where the text is no SOQL. */
export function parse(soql: string): Query & { sObject: string } {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw unexpectedToken(soql, error as Error);
  }
  // Negations nested three deep lose one in the parser: better refused than answered wrongly.
  const written = bare(soql).match(/\bNOT\b(?!\s+IN\b)/gi)?.length ?? 0;
  if (written !== negations(query)) throw malformedQuery('Too many nested negations');
  if (query.sObject === undefined) throw malformedQuery('A query must have a FROM clause');
  return { ...query, sObject: query.sObject };
}

function negations(query: Query): number {
  let count = 0;
  for (const clause of [query.where, query.having]) {
    for (let node: WhereClause | HavingClause | undefined = clause; node !== undefined;) {
      if (node.left !== null && 'valueQuery' in node.left) count += negations(node.left.valueQuery);
      if (!('operator' in node)) break;
      if (node.operator === 'NOT') count++;
      node = node.right;
    }
  }
  return count;
}

/** The parser names the token that it did not expect, not its place: the last occurrence is taken. */
function unexpectedToken(soql: string, error: Error): SalesforceError {
  const found = /found(?:: -->|: | --> )\s*'([^']*)'/.exec(error.message)?.[1] ?? '';
  const rest = /Redundant input, expecting EOF but found: (.*)/.exec(error.message)?.[1];
  const token = (rest ?? found).trim();
  if (token === '') return soqlError('MALFORMED_QUERY', soql, soql.length, "unexpected token: '<EOF>'");
  return soqlError('MALFORMED_QUERY', soql, Math.max(0, soql.lastIndexOf(token)), `unexpected token: '${token}'`);
}
