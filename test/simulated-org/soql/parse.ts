import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import type { SalesforceError } from '../salesforce-error.ts';
import { malformedQuery, soqlError } from './soql-error.ts';

/** @throws SalesforceError MALFORMED_QUERY where the text is no SOQL. */
export function parse(soql: string): Query & { sObject: string } {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw unexpectedToken(soql, error as Error);
  }
  if (query.sObject === undefined) throw malformedQuery('A query must have a FROM clause');
  return { ...query, sObject: query.sObject };
}

/** The parser names the token that it did not expect, not its place: the last occurrence is taken. */
function unexpectedToken(soql: string, error: Error): SalesforceError {
  const found = /found(?:: -->|: | --> )\s*'([^']*)'/.exec(error.message)?.[1] ?? '';
  const rest = /Redundant input, expecting EOF but found: (.*)/.exec(error.message)?.[1];
  const token = (rest ?? found).trim();
  if (token === '') return soqlError('MALFORMED_QUERY', soql, soql.length, "unexpected token: '<EOF>'");
  return soqlError('MALFORMED_QUERY', soql, Math.max(0, soql.lastIndexOf(token)), `unexpected token: '${token}'`);
}
