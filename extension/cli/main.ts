#!/usr/bin/env node
import { untilInterrupted } from './interrupt.ts';
import { run } from './program.ts';
import { processTerminal } from './terminal.ts';

using interrupted = untilInterrupted();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of the pipe went away (`orgwatch query … | head`): nothing is left to be said to it.
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});
process.exitCode = await run(process.argv.slice(2), processTerminal(), interrupted.signal);
