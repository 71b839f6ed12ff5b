import { isId, to18 } from '../ids.ts';
import type { FieldType } from '../objects/catalog.ts';
import { SalesforceError } from '../salesforce-error.ts';
import type { Leaf } from './condition.ts';
import { fromSalesforceDate, spanOf, toSalesforceDate, type Span } from './dates.ts';
import type { Path, Scope } from './path.ts';
import { placeOf, soqlError } from './soql-error.ts';

/** A value to compare with, in the form in which rows hold it; a span where a literal names a stretch of time. */
export type Literal =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | {
      readonly kind: 'span';
      readonly start: string;
      readonly end: string;
      /** LAST_N_DAYS and LAST_90_DAYS, which reach to now. */
      readonly rolling: boolean;
    };

type Family = 'id' | 'text' | 'boolean' | 'number' | 'date' | 'datetime';

const families: Record<FieldType, Family> = {
  id: 'id',
  reference: 'id',
  string: 'text',
  textarea: 'text',
  picklist: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  base64: 'text',
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  date: 'date',
  datetime: 'datetime',
};

export const familyOf = (type: FieldType): Family => families[type];

/** The values of one comparison, checked against the field's type. */
export function literalsOf(scope: Scope, path: Path, leaf: Leaf): Literal[] {
  const values = 'value' in leaf ? leaf.value : [];
  const types = leaf.literalType;
  return (Array.isArray(values) ? values : [values]).map((text, index) =>
    literal(scope, path, text, String(Array.isArray(types) ? types[index] : types)),
  );
}

/** Text forms are compared in lower case: SOQL ignores case in text. */
export function comparable(family: Family, value: unknown): unknown {
  return family === 'text' && typeof value === 'string' ? value.toLowerCase() : value;
}

function literal(scope: Scope, path: Path, text: string, type: string): Literal {
  if (type === 'NULL') return { kind: 'value', value: null };
  const family = familyOf(path.field.type);
  const wrongType = (wanted: string, quotes: string): SalesforceError =>
    soqlError(
      'INVALID_FIELD',
      scope.soql,
      placeOf(scope.soql, path.field.name, placeOf(scope.soql, 'WHERE')),
      `value of filter criterion for field '${path.field.name}' must be of type ${wanted} and ${quotes} be enclosed in quotes`,
    );
  switch (family) {
    case 'id':
      if (type !== 'STRING') throw wrongType('ID', 'should');
      return { kind: 'value', value: idLiteral(unquote(text)) };
    case 'text':
      if (type !== 'STRING') throw wrongType('string', 'should');
      return { kind: 'value', value: unquote(text).toLowerCase() };
    case 'boolean':
      if (type !== 'BOOLEAN') throw wrongType('boolean', 'should not');
      return { kind: 'value', value: text.toUpperCase() === 'TRUE' };
    case 'number':
      if (type !== 'INTEGER' && type !== 'DECIMAL') throw wrongType(path.field.type, 'should not');
      return { kind: 'value', value: Number(text) };
    case 'date':
    case 'datetime': {
      const span = dateSpan(scope, text, type, family);
      if (span === undefined) throw wrongType(family === 'date' ? 'date' : 'dateTime', 'should not');
      return span;
    }
  }
}

function dateSpan(scope: Scope, text: string, type: string, family: 'date' | 'datetime'): Literal | undefined {
  if (type === 'DATETIME' && family === 'datetime') {
    return { kind: 'value', value: toSalesforceDate(fromSalesforceDate(text)) };
  }
  if (type === 'DATE' && family === 'date') return { kind: 'value', value: text };
  if (type !== 'DATE_LITERAL' && type !== 'DATE_N_LITERAL') return undefined;
  const zone = family === 'date' ? 'UTC' : scope.viewer.caller.timeZone;
  const span = spanOf(text, scope.viewer.now, zone);
  return span === undefined ? undefined : asLiteral(span, family, /^LAST_(?:N|90)_DAYS/i.test(text));
}

function asLiteral(span: Span, family: 'date' | 'datetime', rolling: boolean): Literal {
  const [start, end] = [toSalesforceDate(span.start), toSalesforceDate(span.end)];
  if (family === 'datetime') return { kind: 'span', start, end, rolling };
  return { kind: 'span', start: start.slice(0, 10), end: end.slice(0, 10), rolling };
}

function idLiteral(text: string): string {
  if (!isId(text)) throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return to18(text);
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}

/** The pattern of a LIKE operand, `%` and `_` unless escaped. */
export function likePattern(quoted: string): RegExp {
  let source = '';
  for (let index = 1; index < quoted.length - 1; index++) {
    let character = quoted[index] as string;
    if (character === '\\') {
      character = quoted[++index] as string;
      source += escapeRegExp(escapes[character] ?? character);
    } else if (character === '%') source += '[^]*';
    else if (character === '_') source += '[^]';
    else source += escapeRegExp(character);
  }
  return new RegExp(`^${source}$`, 'i');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
