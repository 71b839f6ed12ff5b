import { cut } from './layout.ts';
import type { Terminal } from './terminal.ts';

/** One line on stderr that is rewritten in place, on a terminal only. */
export interface ProgressLine extends Disposable {
  show(text: string): void;
}

const EVERY_MS = 80;

export function progressLine(terminal: Terminal): ProgressLine {
  if (!terminal.errIsTerminal) return { show() {}, [Symbol.dispose]() {} };
  let shownAt = 0;
  let shown = false;
  return {
    show(text) {
      const now = performance.now();
      if (shown && now - shownAt < EVERY_MS) return;
      shownAt = now;
      shown = true;
      terminal.rewriteErr(terminal.paintErr('dim', cut(text, Math.max(20, terminal.columns - 1))));
    },
    [Symbol.dispose]() {
      if (shown) terminal.rewriteErr('');
      shown = false;
    },
  };
}
