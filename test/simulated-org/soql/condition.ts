import type { Condition, ConditionWithValueQuery, HavingClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import { placeOf, soqlError } from './soql-error.ts';

/** A WHERE or HAVING clause as a tree; the parser gives a chain with counted parentheses. */
export type Tree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'not'; readonly part: Tree }
  | { readonly kind: 'test'; readonly test: Leaf };

/** One comparison. */
export type Leaf = Exclude<ConditionWithValueQuery, NegationOnly>;
type NegationOnly = Extract<Condition, { openParen: number }>;

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Leaf;

/** @throws SalesforceError MALFORMED_QUERY where AND and OR are mixed without parentheses, as Salesforce refuses it. */
export function treeOf(clause: WhereClause | HavingClause, soql: string): Tree {
  const tokens = flatten(clause);
  let next = 0;

  function expression(): Tree {
    const parts = [unary()];
    let joint: 'AND' | 'OR' | undefined;
    for (let token = tokens[next]; token === 'AND' || token === 'OR'; token = tokens[next]) {
      if (joint !== undefined && joint !== token) {
        throw soqlError('MALFORMED_QUERY', soql, placeOf(soql, token), `unexpected token: '${token}'`);
      }
      joint = token;
      next++;
      parts.push(unary());
    }
    return joint === undefined ? (parts[0] as Tree) : { kind: joint === 'AND' ? 'and' : 'or', parts };
  }

  function unary(): Tree {
    const token = tokens[next++];
    if (token === 'NOT') return { kind: 'not', part: unary() };
    if (token === '(') {
      const inner = expression();
      next++;
      return inner;
    }
    return { kind: 'test', test: token as Leaf };
  }

  return expression();
}

function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  for (let node: WhereClause | HavingClause | undefined = clause; node !== undefined;) {
    const left: ConditionWithValueQuery | null = node.left;
    const opening = left !== null && 'openParen' in left ? (left.openParen ?? 0) : 0;
    for (let count = 0; count < opening; count++) tokens.push('(');
    if (left !== null && isLeaf(left)) {
      tokens.push(left);
      const closing = left.closeParen ?? 0;
      for (let count = 0; count < closing; count++) tokens.push(')');
    }
    if (!('operator' in node)) break;
    tokens.push(node.operator);
    node = node.right;
  }
  return tokens;
}

function isLeaf(condition: ConditionWithValueQuery): condition is Leaf {
  return 'operator' in condition;
}

/** Every comparison in the tree. */
export function leavesOf(tree: Tree): Leaf[] {
  if (tree.kind === 'test') return [tree.test];
  if (tree.kind === 'not') return leavesOf(tree.part);
  return tree.parts.flatMap(leavesOf);
}
