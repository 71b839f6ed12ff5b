import type { Command } from 'commander';
import { findLake } from '../sync/find-lake.ts';
import { repairLake } from '../sync/repair.ts';
import { careLine } from './check-command.ts';
import type { CommandContext } from './context.ts';
import { progressLine } from './progress.ts';
import { repairText } from './repair-text.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';

interface RepairCommandOptions extends CommonOptions {
  readonly all?: true;
}

export function addRepair(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('repair')
    .description('make a lake whole again: Parquet files and ledger from raw files; deletes no raw file, asks no org')
    .option('--all', 'make every Parquet file anew from raw files, also those that are as they should be');
  withCommonOptions(command).action(async ({ targetOrg, dataDir, json, all }: RepairCommandOptions) => {
    const orgId = await findLake(dataDir, targetOrg, 'any');
    using progress = progressLine(terminal);
    const onProgress = (standing: Parameters<typeof careLine>[0]): void => progress.show(careLine(standing));
    const report = await repairLake({ dataDir, orgId, all: all ?? false, signal, onProgress });
    progress[Symbol.dispose]();
    terminal.out(json ? jsonDocument(report) : repairText(report, terminal));
    exitWith(report.outcome === 'incomplete' ? 1 : 0);
  });
}
