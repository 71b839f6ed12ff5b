import { stripVTControlCharacters, styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Colours `text` for stdout, where stdout takes colour. */
  paint(style: Style, text: string): string;
  /** The same for stderr. */
  paintErr(style: Style, text: string): string;
  /** Whether stdout is a terminal, and how many columns it has; 100 where it is none. */
  readonly outIsTerminal: boolean;
  readonly columns: number;
  /** Whether stderr is a terminal: only then is progress shown. */
  readonly errIsTerminal: boolean;
}

const COLUMNS_WITHOUT_TERMINAL = 100;

/** The process's own streams. Colour on terminals only; NO_COLOR turns it off (https://no-color.org). */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  const colourless = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const painter = (isTerminal: boolean) => (style: Style, text: string) =>
    isTerminal && !colourless ? styleText(style, text, { validateStream: false }) : text;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: painter(stdout.isTTY),
    paintErr: painter(stderr.isTTY),
    outIsTerminal: stdout.isTTY,
    columns: stdout.isTTY ? stdout.columns : COLUMNS_WITHOUT_TERMINAL,
    errIsTerminal: stderr.isTTY,
  };
}

/** Text from an org, safe to print: control characters, which could move the cursor or colour, are taken out. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** One JSON document, for programs. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
