import { XMLParser, XMLValidator } from 'fast-xml-parser';

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** One element of a parsed document, by local name. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** The text directly inside, trimmed. */
  readonly text: string;
  /** Where parsing stood once the start tag was read; both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** A document that is no well-formed XML. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  removeNSPrefix: true,
});
const metaDataKey: unknown = XMLParser.getMetaDataSymbol();

type OrderedNode = Readonly<Record<string, unknown>>;

/** @throws XmlError with the place of the first fault. */
export function parseXml(source: string): XmlElement {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new XmlError(valid.err.msg, valid.err.line, valid.err.col);
  const nodes = parser.parse(text) as OrderedNode[];
  const document = { text, lineStarts: lineStarts(text) };
  const root = nodes.map((node) => toElement(node, document)).find((element) => element !== undefined);
  if (root === undefined) throw new XmlError('Start tag expected.', 1, 1);
  return root;
}

interface Document {
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toElement(node: OrderedNode, document: Document): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== ':@');
  const content = name === undefined ? undefined : node[name];
  if (name === undefined || !Array.isArray(content)) return undefined;
  const nodes = content as OrderedNode[];
  const start = (node as Record<PropertyKey, { startIndex?: number }>)[metaDataKey as symbol]?.startIndex ?? 0;
  const offset = document.text.indexOf('>', start) + 1;
  const line = document.lineStarts.findLastIndex((lineStart) => lineStart <= start) + 1;
  return {
    name,
    children: nodes.flatMap((child) => toElement(child, document) ?? []),
    text: nodes
      .map((child) => (typeof child['#text'] === 'string' ? child['#text'] : ''))
      .join('')
      .trim(),
    line,
    column: offset - (document.lineStarts[line - 1] as number) + 1,
  };
}

/** The first child element of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** The text of the first child of that name; undefined when there is none. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text;
}

/** The children of that name. */
export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** What can be rendered: null is xsi:nil, undefined is left out, a list repeats its element. */
export type XmlValue = string | number | boolean | null | undefined | readonly XmlValue[] | XmlObject;
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as Salesforce escapes it in XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] as string);
}

/** Elements in the order of the object's keys, on one line; keys that start with `@` are attributes. */
export function renderXml(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return (value as readonly XmlValue[]).map((item) => renderXml(name, item)).join('');
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  const entries = Object.entries(value as XmlObject);
  const attributes = entries
    .filter(([key]) => key.startsWith('@'))
    .map(([key, text]) => ` ${key.slice(1)}="${escapeXml(String(text))}"`)
    .join('');
  const content = entries
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, item]) => renderXml(key, item))
    .join('');
  return `<${name}${attributes}>${content}</${name}>`;
}

/** A metadata file as Salesforce writes it: declaration, namespace, four spaces a level, a line break at the end. */
export function renderMetadataFile(type: string, content: XmlObject): string {
  const lines = Object.entries(content).flatMap(([name, value]) => indented(name, value, 1));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${type} xmlns="${METADATA_NAMESPACE}">`,
    ...lines,
    `</${type}>`,
    '',
  ].join('\n');
}

function indented(name: string, value: XmlValue, depth: number): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return (value as readonly XmlValue[]).flatMap((item) => indented(name, item, depth));
  const indent = ' '.repeat(4 * depth);
  if (typeof value !== 'object') return [`${indent}${renderXml(name, value)}`];
  const inner = Object.entries(value as XmlObject).flatMap(([key, item]) => indented(key, item, depth + 1));
  return inner.length === 0 ? [`${indent}<${name}/>`] : [`${indent}<${name}>`, ...inner, `${indent}</${name}>`];
}
