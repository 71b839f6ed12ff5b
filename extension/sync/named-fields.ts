import type { SalesforceRefusal } from '../org/refusal.ts';

/**
 * Which of the fields that were asked for an INVALID_FIELD names: `No such column 'X' on entity 'Y'` one field,
 * `Didn't understand relationship 'R'` all that are reached through it, and `fields` what it lists. A column of another
 * entity than the object itself is one of a related record.
 */
export function namedFields(
  { message, fields }: SalesforceRefusal,
  object: string,
  asked: readonly string[],
): readonly string[] {
  // The query is repeated before what is said, down to a caret, and may have texts in quotes itself.
  const said = message.slice(message.lastIndexOf('^') + 1);
  const [name, entity] = [...said.matchAll(/'([\w.]+)'/g)].map((match) => match[1]);
  const found = new Set(fields.flatMap((field) => fieldsNamed(field, undefined, object, asked)));
  if (name !== undefined) for (const field of fieldsNamed(name, entity, object, asked)) found.add(field);
  return asked.filter((field) => found.has(field));
}

function fieldsNamed(
  name: string,
  entity: string | undefined,
  object: string,
  asked: readonly string[],
): readonly string[] {
  const isOfRelated = entity !== undefined && /^\w+$/.test(entity) && !entity.startsWith('__') && entity !== object;
  if (!isOfRelated && asked.includes(name)) return [name];
  const through = asked.filter((field) => field.startsWith(`${name}.`));
  if (through.length > 0) return through;
  const columns = asked.filter((field) => field.endsWith(`.${name}`));
  const ofEntity = columns.filter((field) => field.endsWith(`${String(entity)}.${name}`));
  return ofEntity.length > 0 ? ofEntity : columns;
}
