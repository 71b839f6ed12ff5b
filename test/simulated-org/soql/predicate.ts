import type { Row } from '../model.ts';
import { SalesforceError } from '../salesforce-error.ts';
import type { Leaf, Tree } from './condition.ts';
import { comparable, familyOf, likePattern, literalsOf, type Literal } from './literal.ts';
import { resolveFunction } from './functions.ts';
import { requireUse, resolvePath, type Path, type Scope } from './path.ts';

export type Predicate = (row: Row) => boolean;

/** Runs a semi-join: the values that the subquery selects. */
export type Subquery = (query: Extract<Leaf, { valueQuery: unknown }>['valueQuery']) => ReadonlySet<unknown>;

/** A WHERE tree as one function of a row. Every name and literal is checked here, none while rows are read. */
export function compileTree(scope: Scope, tree: Tree, subquery: Subquery): Predicate {
  if (tree.kind === 'test') return compileTest(scope, tree.test, subquery);
  if (tree.kind === 'not') {
    const part = compileTree(scope, tree.part, subquery);
    return (row) => !part(row);
  }
  const parts = tree.parts.map((part) => compileTree(scope, part, subquery));
  if (tree.kind === 'and') return (row) => parts.every((part) => part(row));
  return (row) => parts.some((part) => part(row));
}

function compileTest(scope: Scope, leaf: Leaf, subquery: Subquery): Predicate {
  const { path, get } = subject(scope, leaf);
  const family = familyOf(path.field.type);
  const read = family === 'text' ? (row: Row) => comparable(family, get(row)) : get;
  if ('valueQuery' in leaf) {
    const values = subquery(leaf.valueQuery);
    const wanted = leaf.operator === 'IN';
    return (row) => values.has(get(row)) === wanted;
  }
  if (leaf.operator === 'LIKE') return like(path, leaf, get);
  const literals = literalsOf(scope, path, leaf);
  if (leaf.operator === 'IN' || leaf.operator === 'NOT IN') {
    const matches = literals.map((literal) => compare(literal, '='));
    const values = new Set(literals.map((literal) => (literal.kind === 'value' ? literal.value : undefined)));
    const spans = literals.some((literal) => literal.kind === 'span');
    const wanted = leaf.operator === 'IN';
    if (!spans) return (row) => values.has(read(row) as string) === wanted;
    return (row) => matches.some((match) => match(read(row))) === wanted;
  }
  const match = compare(literals[0] as Literal, leaf.operator);
  return (row) => match(read(row));
}

function subject(scope: Scope, leaf: Leaf): { path: Path; get: (row: Row) => unknown } {
  if ('fn' in leaf) {
    const computed = resolveFunction(scope, leaf.fn);
    requireUse(scope, computed.path, 'filtered', computed.path.field.name);
    return { path: { ...computed.path, field: { ...computed.path.field, type: computed.type } }, get: computed.get };
  }
  const path = resolvePath(scope, leaf.field);
  requireUse(scope, path, 'filtered', leaf.field);
  return { path, get: path.get };
}

function like(path: Path, leaf: Leaf, get: (row: Row) => unknown): Predicate {
  const value = 'value' in leaf ? leaf.value : '';
  if (!path.field.like || familyOf(path.field.type) !== 'text' || typeof value !== 'string' || !value.startsWith("'")) {
    throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${path.field.type} field`);
  }
  const pattern = likePattern(value);
  return (row) => {
    const text = get(row);
    return typeof text === 'string' && pattern.test(text);
  };
}

/**
 * One comparison. Nothing is less or greater than null; `!=` is true of null unless null is what is asked for.
 * A literal that names a stretch of time: `=` within it, `<` before it, `<=` before its end, `>=` from its start on;
 * `>` is after it, except for stretches that reach to today (LAST_N_DAYS), where it is from the start on.
 */
function compare(literal: Literal, operator: string): (value: unknown) => boolean {
  if (literal.kind === 'span') return compareSpan(literal, operator);
  const wanted = literal.value;
  switch (operator) {
    case '=':
      return (value) => value === wanted;
    case '!=':
      return (value) => value !== wanted;
    case '<':
      return (value) => value !== null && wanted !== null && (value as string) < wanted;
    case '<=':
      return (value) => value !== null && wanted !== null && (value as string) <= wanted;
    case '>':
      return (value) => value !== null && wanted !== null && (value as string) > wanted;
    case '>=':
      return (value) => value !== null && wanted !== null && (value as string) >= wanted;
    default:
      throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator: ${operator}`);
  }
}

function compareSpan(span: Extract<Literal, { kind: 'span' }>, operator: string): (value: unknown) => boolean {
  const { start, end, rolling } = span;
  const within = (value: unknown): boolean => typeof value === 'string' && value >= start && value < end;
  switch (operator) {
    case '=':
      return within;
    case '!=':
      return (value) => !within(value);
    case '<':
      return (value) => typeof value === 'string' && value < start;
    case '<=':
      return (value) => typeof value === 'string' && value < end;
    case '>=':
      return (value) => typeof value === 'string' && value >= start;
    case '>':
      return (value) => typeof value === 'string' && value >= (rolling ? start : end);
    default:
      throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator: ${operator}`);
  }
}
