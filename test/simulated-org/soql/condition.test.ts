import assert from 'node:assert/strict';
import { parseQuery, type WhereClause } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { treeOf, type Tree } from './condition.ts';
import { parse } from './parse.ts';

/** A condition over fields a to d, as text and as what it says of their truth. */
interface Case {
  readonly text: string;
  readonly holds: (truth: Readonly<Record<string, boolean>>) => boolean;
}

const leaf = fc.constantFrom('a', 'b', 'c', 'd').map<Case>((name) => ({
  text: `${name} = true`,
  holds: (truth) => truth[name] === true,
}));

const join = (condition: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  fc.tuple(fc.constantFrom('AND', 'OR'), fc.array(condition, { minLength: 2, maxLength: 3 })).map(([word, parts]) => ({
    text: parts.map(({ text }) => `(${text})`).join(` ${word} `),
    holds: (truth) =>
      word === 'AND' ? parts.every((part) => part.holds(truth)) : parts.some((part) => part.holds(truth)),
  }));

const negated = fc.oneof(leaf, join(leaf)).map<Case>((part) => ({
  text: `NOT (${part.text})`,
  holds: (truth) => !part.holds(truth),
}));

const { condition } = fc.letrec<{ condition: Case; joined: Case }>((tie) => ({
  condition: fc.oneof({ depthSize: 'small' }, leaf, negated, tie('joined')),
  joined: join(tie('condition')),
}));

function evaluate(tree: Tree, truth: Readonly<Record<string, boolean>>): boolean {
  if (tree.kind === 'test') return 'field' in tree.test && truth[tree.test.field] === true;
  if (tree.kind === 'not') return !evaluate(tree.part, truth);
  const holds = (part: Tree): boolean => evaluate(part, truth);
  return tree.kind === 'and' ? tree.parts.every(holds) : tree.parts.some(holds);
}

function parsed(text: string): Tree {
  const soql = `SELECT Id FROM X WHERE ${text}`;
  return treeOf(parseQuery(soql).where as WhereClause, soql);
}

describe('SOQL conditions', () => {
  it('are refused where the parser loses a negation', () => {
    const nested = 'NOT ((NOT ((NOT (a = true)) AND (NOT (b = true)))) AND (c = true))';
    assert.throws(() => parse(`SELECT Id FROM X WHERE ${nested}`), { errorCode: 'MALFORMED_QUERY' });
    assert.doesNotThrow(() => parse("SELECT Id FROM X WHERE NOT (a = 'NOT' AND b NOT IN (1)) AND NOT c = true"));
  });

  it('mean what their parentheses say', () => {
    const truths = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean(), d: fc.boolean() });
    fc.assert(
      fc.property(condition, truths, ({ text, holds }, truth) => {
        assert.equal(evaluate(parsed(text), truth), holds(truth), text);
      }),
    );
  });

  it('negate the next comparison only', () => {
    const tree = parsed('NOT a = true AND b = true');
    assert.equal(evaluate(tree, { a: false, b: false }), false);
    assert.equal(evaluate(tree, { a: false, b: true }), true);
  });
});
