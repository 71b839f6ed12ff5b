import type { Row } from '../model.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../objects/catalog.ts';
import type { Viewer } from '../objects/viewer.ts';
import type { Path, Step } from './path.ts';

interface Node {
  readonly object: ObjectDefinition;
  readonly entries: Entry[];
}

type Entry =
  | { readonly kind: 'field'; readonly key: string; readonly field: FieldDefinition }
  | { readonly kind: 'relationship'; readonly key: string; readonly step: Step; readonly node: Node };

/** JSON texts of rows: attributes first, then the fields in the order in which they were selected. */
export function compileProjection(
  object: ObjectDefinition,
  selected: readonly Path[],
  viewer: Viewer,
): (row: Row) => string {
  const root: Node = { object, entries: [] };
  for (const path of selected) {
    let node = root;
    for (const step of path.steps) node = descend(node, step);
    const key = JSON.stringify(path.field.name);
    if (!node.entries.some((entry) => entry.key === key)) {
      node.entries.push({ kind: 'field', key, field: path.field });
    }
  }
  return (row) => emit(root, row, viewer);
}

function descend(node: Node, step: Step): Node {
  const key = JSON.stringify(step.relationship);
  for (const entry of node.entries) if (entry.kind === 'relationship' && entry.key === key) return entry.node;
  const child: Node = { object: step.object, entries: [] };
  node.entries.push({ kind: 'relationship', key, step, node: child });
  return child;
}

function emit(node: Node, row: Row, viewer: Viewer): string {
  let json = `{"attributes":${attributes(node.object, row, viewer)}`;
  for (const entry of node.entries) {
    json += `,${entry.key}:`;
    if (entry.kind === 'field') {
      const { name, type, value } = entry.field;
      json += serialise(value === undefined ? row[name] : value(row, viewer), type);
    } else {
      const related = entry.step.follow(row);
      json += related === undefined ? 'null' : emit(entry.node, related, viewer);
    }
  }
  return `${json}}`;
}

function attributes(object: ObjectDefinition, row: Row, viewer: Viewer): string {
  const place = object.api === 'tooling' ? 'tooling/sobjects' : 'sobjects';
  const url = `/services/data/v${viewer.apiVersion}.0/${place}/${object.name}/${String(row['Id'])}`;
  return `{"type":"${object.name}","url":"${url}"}`;
}

/** JSON of one value as Salesforce writes it: a double always has a decimal point (`2692.0`). */
export function serialise(value: unknown, type: FieldType): string {
  if (value === undefined || value === null) return 'null';
  if (type === 'double' && Number.isInteger(value)) return `${String(value)}.0`;
  return JSON.stringify(value);
}
