import { createInterface } from 'node:readline/promises';
import { OrgwatchError } from '../shared/errors.ts';
import { withoutControls } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks before something is changed. Without a terminal nobody can answer, and `--yes` has to have said it.
 * @throws OrgwatchError USAGE; CANCELLED when the signal is aborted while the question stands
 */
export async function confirmed(
  question: string,
  yes: boolean,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !terminal.errIsTerminal) {
    throw new OrgwatchError('USAGE', 'Nobody is there to be asked.', {
      actions: ['Add --yes to do it without being asked, or --dry-run to see what it would do.'],
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question(`${withoutControls(question)} [y/N] `, { signal })).trim());
  } catch (error) {
    if (signal.aborted) throw new OrgwatchError('CANCELLED', 'Cancelled.', { cause: error });
    throw error;
  } finally {
    lines.close();
  }
}
