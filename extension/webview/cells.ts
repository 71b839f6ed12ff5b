import type { GridColumn, GridValue } from '../shared/result-messages.ts';
import { numberText } from './host.ts';

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL)/;
const TIME = /^(?:TIMESTAMP|DATE|TIME)/;
/** Longer texts are cut on the screen; a copy has all of them. */
const LONGEST = 500;

export type CellKind = 'number' | 'time' | 'text';

export function kindOf({ type }: GridColumn): CellKind {
  if (type.endsWith(']')) return 'text';
  if (NUMBER.test(type)) return 'number';
  return TIME.test(type) ? 'time' : 'text';
}

/** A value as the grid shows it. */
export function cellText(value: GridValue, kind: CellKind): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return kind === 'number' ? grouped(value) : String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return cut(JSON.stringify(value));
  return kind === 'time' ? value.replace('T', ' ').replace(/(?:\.000)?Z$/, '') : cut(value);
}

/** Whole numbers of a thousand and more with separators; others as they are, so that no digit is lost. */
function grouped(value: number): string {
  return Number.isInteger(value) ? numberText(value) : String(value);
}

function cut(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
