import type { Terminal } from '../../extension/cli/terminal.ts';

export interface Recorded extends Terminal {
  readonly written: { out: string; err: string };
}

/** A terminal that keeps what is written to it. */
export function recordingTerminal(
  options: Partial<Pick<Terminal, 'columns' | 'outIsTerminal' | 'errIsTerminal'>> = {},
): Recorded {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    rewriteErr: (text) => void (written.err += `\r\u001b[2K${text}`),
    paint: (_style, text) => text,
    paintErr: (_style, text) => text,
    columns: 100,
    outIsTerminal: false,
    errIsTerminal: false,
    ...options,
  };
}
