import type { Command } from 'commander';
import { openLedger } from '../lake/ledger.ts';
import { isTrusted, trust } from '../lake/trust.ts';
import { checkLake } from '../sync/check.ts';
import { findLake } from '../sync/find-lake.ts';
import { careLine } from './check-command.ts';
import { checkText } from './check-text.ts';
import { confirmed } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { progressLine } from './progress.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument, printable } from './terminal.ts';

export function addTrust(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('trust')
    .description('use a lake that was made on another machine: checks its files, asks once, and remembers it')
    .option('--yes', 'do not ask');
  withCommonOptions(command).action(async ({ targetOrg, dataDir, json, yes }: CommonOptions & { yes?: true }) => {
    const orgId = await findLake(dataDir, targetOrg);
    using ledger = openLedger(dataDir, orgId);
    const state = (trusted: boolean): string =>
      json
        ? jsonDocument({ orgId, trusted })
        : `The lake in ${printable(ledger.paths.folder)} is ${trusted ? '' : 'not '}trusted.\n`;
    if (isTrusted(ledger)) return terminal.out(state(true));
    using progress = progressLine(terminal);
    const onProgress = (standing: Parameters<typeof careLine>[0]): void => progress.show(careLine(standing));
    const report = await checkLake({ dataDir, orgId, signal, onProgress });
    progress[Symbol.dispose]();
    terminal.err(checkText(report, terminal));
    const question = 'It was made by somebody else. Trust it, and sync into it from now on?';
    const isWanted = await confirmed(question, yes === true, terminal, signal);
    if (isWanted) trust(ledger.paths, ledger.identity.id());
    terminal.out(state(isWanted));
    exitWith(isWanted ? 0 : 1);
  });
}
