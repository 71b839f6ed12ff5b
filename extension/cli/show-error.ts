import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { jsonDocument, printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** The one place where the CLI shows an error: `Error: …`, then a `Try: …` line an action; as JSON on stdout when asked. */
export function showError(terminal: Terminal, thrown: unknown, json: boolean): void {
  const error = asOrgwatchError(thrown, terminal);
  if (json) {
    const { code, message, actions } = error;
    terminal.out(jsonDocument({ error: { code, message, actions } }));
    return;
  }
  terminal.err(`${terminal.paintErr('red', 'Error:')} ${printable(error.message)}\n`);
  for (const action of error.actions) terminal.err(`${terminal.paintErr('cyan', 'Try:')} ${printable(action)}\n`);
}

/** What is no OrgwatchError is a defect; its stack is shown only to who asks for it with DEBUG=orgwatch. */
function asOrgwatchError(thrown: unknown, terminal: Terminal): OrgwatchError {
  if (thrown instanceof OrgwatchError) return thrown;
  if (process.env['DEBUG'] === 'orgwatch' && thrown instanceof Error) terminal.err(`${thrown.stack}\n`);
  return new OrgwatchError('INTERNAL', `Unexpected: ${messageOf(thrown)}`, {
    actions: ['Run the command again with DEBUG=orgwatch in the environment and report what it prints.'],
    cause: thrown,
  });
}
