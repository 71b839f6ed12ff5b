import { Command, CommanderError } from 'commander';
import { OrgwatchError } from '../shared/errors.ts';
import { version } from '../shared/version.ts';
import { addCheck } from './check-command.ts';
import type { CommandContext, ExitCode } from './context.ts';
import { addPrepare } from './prepare-command.ts';
import { addPrune } from './prune-command.ts';
import { addQuery } from './query-command.ts';
import { addRepair } from './repair-command.ts';
import { addStatus } from './status-command.ts';
import { addSync } from './sync-command.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';
import { addTrust } from './trust-command.ts';
import { addUnprepare } from './unprepare-command.ts';
import { addVerify } from './verify-command.ts';
import { addWatch } from './watch-command.ts';

/** Runs one command line (`argv` without node and script) and answers its exit code; never throws. */
export async function run(argv: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const root = program({ terminal, signal, exitWith: (code) => void (exitCode = code) });
  try {
    await root.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    showError(
      terminal,
      error instanceof CommanderError ? usageError(error, root, argv) : error,
      argv.includes('--json'),
    );
    return 2;
  }
}

function program(context: CommandContext): Command {
  const root = new Command('orgwatch')
    .description('Prepare, verify and sync a Salesforce org’s security events into a local lake.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.out(text),
      writeErr: () => {},
      getOutHelpWidth: () => context.terminal.columns,
    })
    .addHelpText('after', EPILOGUE);
  for (const add of [
    addPrepare,
    addUnprepare,
    addVerify,
    addSync,
    addStatus,
    addQuery,
    addWatch,
    addCheck,
    addRepair,
    addPrune,
    addTrust,
  ])
    add(root, context);
  return root;
}

const EPILOGUE = `
Exit codes: 0 fine, 1 something is not as it should be, 2 could not run.
Orgs are those that the Salesforce CLI is authorized for: sf org login web --alias my-org`;

function usageError(error: CommanderError, root: Command, argv: readonly string[]): OrgwatchError {
  const command = root.commands.map((each) => each.name()).find((name) => name === argv[0]);
  const help = command === undefined ? 'orgwatch --help' : `orgwatch ${command} --help`;
  if (error.code === 'commander.help') {
    return new OrgwatchError('USAGE', 'No command given.', { actions: [help] });
  }
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const text = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  const actions = suggestion === undefined ? [help] : [suggestion.replace(/^\(Did you mean (.*)\?\)$/, '$1'), help];
  return new OrgwatchError('USAGE', text.replace(/\.\.$/, '.'), { actions });
}
