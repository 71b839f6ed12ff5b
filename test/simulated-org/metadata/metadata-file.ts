import type { ComplexType, ElementSpec, ElementType } from './metadata-types.ts';
import { METADATA_NAMESPACE, parseXml, XmlError, type XmlElement } from './xml.ts';

/** Content of a metadata file: element name → text, nested object, or list of either. */
export interface MetadataContent {
  readonly [element: string]: MetadataValue;
}
export type MetadataValue = string | MetadataContent | readonly MetadataValue[];

/** Why one component cannot be deployed, in Salesforce's words. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(problem: string, place?: { readonly line: number; readonly column: number }) {
    super(problem);
    this.line = place?.line;
    this.column = place?.column;
  }
}

/**
 * Reads a metadata file and checks it against its type.
 *
 * @throws ComponentError `Error parsing file: …` with line and column, or for a value that is missing or of the wrong type.
 */
export function parseMetadataFile(source: string, type: ComplexType): MetadataContent {
  const root = parseRoot(source);
  if (root.name !== type.name) {
    throw new ComponentError(
      `Error parsing file: Element {${METADATA_NAMESPACE}}${root.name} invalid at this location`,
      root,
    );
  }
  return readComplex(root, type);
}

function parseRoot(source: string): XmlElement {
  try {
    return parseXml(source);
  } catch (error) {
    if (error instanceof XmlError) throw new ComponentError(`Error parsing file: ${error.message}`, error);
    throw error;
  }
}

function readComplex(element: XmlElement, type: ComplexType): MetadataContent {
  const content: Record<string, MetadataValue> = {};
  for (const child of element.children) {
    const spec = Object.hasOwn(type.elements, child.name) ? type.elements[child.name] : undefined;
    if (spec === undefined || (!spec.list && child.name in content)) {
      throw new ComponentError(
        `Error parsing file: Element {${METADATA_NAMESPACE}}${child.name} invalid at this location in type ${type.name}`,
        child,
      );
    }
    content[child.name] = readValue(child, spec, content[child.name]);
  }
  for (const [name, spec] of Object.entries(type.elements)) {
    if (spec.required && !(name in content)) throw new ComponentError(`Required field is missing: ${name}`, element);
  }
  return content;
}

function readValue(element: XmlElement, spec: ElementSpec, before: MetadataValue | undefined): MetadataValue {
  const value = readSingle(element, spec.type);
  return spec.list ? [...((before ?? []) as readonly MetadataValue[]), value] : value;
}

function readSingle(element: XmlElement, type: ElementType): MetadataValue {
  if (type === 'any') return readUnchecked(element);
  if (typeof type === 'object' && 'elements' in type) return readComplex(element, type);
  if (type === 'boolean' && !['true', 'false', '0', '1'].includes(element.text)) {
    throw new ComponentError(
      `Error parsing file: '${element.text}' is not a valid value for the type xsd:boolean`,
      element,
    );
  }
  if (type === 'int' && !/^[+-]?\d+$/.test(element.text)) {
    throw new ComponentError(
      `Error parsing file: '${element.text}' is not a valid value for the type xsd:int`,
      element,
    );
  }
  if (Array.isArray(type) && !type.includes(element.text)) {
    throw new ComponentError(`'${element.text}' is not a valid value for the enum '${element.name}'`, element);
  }
  if (type === 'boolean') return element.text === 'true' || element.text === '1' ? 'true' : 'false';
  return element.text;
}

function readUnchecked(element: XmlElement): MetadataValue {
  if (element.children.length === 0) return element.text;
  const content: Record<string, MetadataValue> = {};
  for (const child of element.children) {
    const before = content[child.name];
    const values = before === undefined ? [] : Array.isArray(before) ? (before as readonly MetadataValue[]) : [before];
    const value = readUnchecked(child);
    content[child.name] = values.length === 0 ? value : [...values, value];
  }
  return content;
}

/** The same content with its elements in the order of the type, as Salesforce writes them. */
export function inOrder(content: MetadataContent, type: ComplexType): MetadataContent {
  const known = Object.entries(type.elements).flatMap(([name, spec]): [string, MetadataValue][] => {
    const value = content[name];
    if (value === undefined) return [];
    if (typeof spec.type !== 'object' || !('elements' in spec.type)) return [[name, value]];
    const nested = spec.type;
    const order = (item: MetadataValue): MetadataValue =>
      typeof item === 'object' && !Array.isArray(item) ? inOrder(item as MetadataContent, nested) : item;
    return [[name, Array.isArray(value) ? (value as readonly MetadataValue[]).map(order) : order(value)]];
  });
  return Object.fromEntries(known);
}
