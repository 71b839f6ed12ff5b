import type { Terminal } from './terminal.ts';

/** What a command is run with, and where it leaves its exit code. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly exitWith: (code: ExitCode) => void;
}

/** 0 fine, 1 something is not as it should be, 2 could not run. */
export type ExitCode = 0 | 1 | 2;
