import type { Row } from '../model.ts';
import type { Leaf, Tree } from './condition.ts';
import { literalsOf } from './literal.ts';
import { resolvePath, type Scope } from './path.ts';

/** The part of `rows` that can match, by what the top-level ANDs say of the field that rows ascend by: [first, end). */
export function candidates(scope: Scope, rows: readonly Row[], tree: Tree | undefined): [number, number] {
  const name = scope.object.ascendingBy;
  if (name === undefined || tree === undefined) return [0, rows.length];
  const tests = tree.kind === 'and' ? tree.parts : [tree];
  let first = 0;
  let end = rows.length;
  for (const test of tests) {
    if (test.kind !== 'test' || !isOn(test.test, name)) continue;
    const bounds = boundsOf(scope, test.test);
    if (bounds.from !== undefined) first = Math.max(first, search(rows, name, bounds.from, false));
    if (bounds.to !== undefined) end = Math.min(end, search(rows, name, bounds.to, true));
  }
  return [first, Math.max(first, end)];
}

function isOn(leaf: Leaf, name: string): boolean {
  return 'field' in leaf && 'value' in leaf && leaf.field.toLowerCase() === name.toLowerCase();
}

/** Inclusive bounds, perhaps wider than the comparison: the predicate still decides. */
function boundsOf(scope: Scope, leaf: Leaf): { from?: string; to?: string } {
  if (!('field' in leaf)) return {};
  const literal = literalsOf(scope, resolvePath(scope, leaf.field), leaf)[0];
  if (literal === undefined || (literal.kind === 'value' && typeof literal.value !== 'string')) return {};
  const [low, high] =
    literal.kind === 'span' ? [literal.start, literal.end] : [literal.value as string, literal.value as string];
  if (leaf.operator === '=') return { from: low, to: high };
  if (leaf.operator === '>' || leaf.operator === '>=') return { from: low };
  if (leaf.operator === '<' || leaf.operator === '<=') return { to: high };
  return {};
}

/** First index whose value is at (or, with `after`, beyond) `bound`. */
function search(rows: readonly Row[], name: string, bound: string, after: boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = (rows[middle] as Row)[name] as string;
    if (value < bound || (after && value === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}
