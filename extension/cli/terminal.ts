import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Writes `text` over the line of stderr that was written last; nothing takes it away. */
  rewriteErr(text: string): void;
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

/**
 * The process's own streams. Colour on terminals only; NO_COLOR turns it off (https://no-color.org). Whatever else would
 * make a terminal do something is shown as what it is, `\u001b`: in JSON the same value. Pipes and files get every byte.
 */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  const colourless = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const styles = new Styles();
  const painter = (isTerminal: boolean) => (style: Style, text: string) =>
    isTerminal && !colourless ? styles.mark(style, text) : text;
  const shown = (isTerminal: boolean, text: string): string =>
    isTerminal ? styles.coloured(withoutControls(text)) : text;
  return {
    out: (text) => void stdout.write(shown(stdout.isTTY, text)),
    err: (text) => void stderr.write(shown(stderr.isTTY, text)),
    rewriteErr: (text) => void stderr.write(ERASE_LINE + shown(stderr.isTTY, text)),
    paint: painter(stdout.isTTY),
    paintErr: painter(stderr.isTTY),
    outIsTerminal: stdout.isTTY,
    columns: stdout.isTTY ? stdout.columns : COLUMNS_WITHOUT_TERMINAL,
    errIsTerminal: stderr.isTTY,
  };
}

const ERASE_LINE = '\r\u001b[2K';

/** Colours are marks that only this process knows until they are written, so that no text can bring colours of its own. */
class Styles {
  readonly #secret = randomBytes(8).toString('hex');

  mark(style: Style, text: string): string {
    return `<${this.#secret} ${style}>${text}<${this.#secret} /${style}>`;
  }

  coloured(text: string): string {
    return text.replaceAll(new RegExp(`<${this.#secret} (/?)(\\w+)>`, 'g'), (_mark, end: string, style: Style) => {
      const [on, off] = inspect.colors[style] ?? [0, 0];
      return `\u001b[${String(end === '' ? on : off)}m`;
    });
  }
}

/** Control characters (C0, C1, DEL), and those that turn the direction of text around. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Text as a terminal may have it: lines and tabs stay; other controls are written as JSON writes them. */
export function withoutControls(text: string): string {
  return text.replaceAll(new RegExp(`\\r\\n|${CONTROL.source}`, 'g'), (found) =>
    found === '\n' || found === '\t' || found === '\r\n'
      ? found
      : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What colours and moves the cursor, from ESC or CSI to its last letter (ECMA-48, 5.4). */
const SEQUENCE = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;

/** Text from an org, safe to print in one line: sequences are taken out, other control characters become a space. */
export function printable(text: string): string {
  return text.replaceAll(SEQUENCE, '').replaceAll(new RegExp(`${CONTROL.source}+`, 'g'), ' ');
}

/** One JSON document, for programs. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
