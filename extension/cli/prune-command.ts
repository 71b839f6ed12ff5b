import type { Command } from 'commander';
import type { Layer } from '../lake/ledger-scope.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { findLake } from '../sync/find-lake.ts';
import { pruneLake } from '../sync/prune.ts';
import type { CommandContext } from './context.ts';
import { days, names } from './option-values.ts';
import { aboutToPrune, pruneText } from './prune-text.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';

interface PruneCommandOptions extends CommonOptions {
  readonly olderThan: number;
  readonly sources?: string[];
  readonly rawOnly?: true;
  readonly lakeOnly?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

export function addPrune(root: Command, { terminal, exitWith }: CommandContext): void {
  const command = root
    .command('prune')
    .description('delete events by age, from raw files, lake and ledger; says what first, and deletes with --yes only')
    .requiredOption('--older-than <age>', 'events of days that ended so long ago: 180d', days('--older-than'))
    .option('--sources <names>', 'only these, separated by commas (default: all)', names('--sources'))
    .option('--raw-only', 'delete raw files and keep the lake: its rows can no longer be proven or made again')
    .option('--lake-only', 'delete Parquet files and keep raw files: queries no longer see those days')
    .option('--dry-run', 'only say what would be deleted (the default)')
    .option('--yes', 'delete');
  withCommonOptions(command).action(async (options: PruneCommandOptions) => {
    const { targetOrg, dataDir, json, olderThan, sources, rawOnly, lakeOnly, dryRun, yes } = options;
    if (rawOnly && lakeOnly) throw contradiction('--raw-only', '--lake-only');
    if (dryRun && yes) throw contradiction('--dry-run', '--yes');
    const work = {
      dataDir,
      orgId: await findLake(dataDir, targetOrg),
      olderThan,
      ...(sources === undefined ? {} : { sources }),
      layers: layersOf(rawOnly, lakeOnly),
    };
    const would = await pruneLake({ ...work, dryRun: true });
    // Whose events go, and how many, is said before any of them does.
    if (yes) terminal.err(aboutToPrune(would));
    const report = yes ? await pruneLake({ ...work, dryRun: false }) : would;
    terminal.out(json ? jsonDocument(report) : pruneText(report, terminal));
    exitWith(0);
  });
}

function layersOf(rawOnly?: true, lakeOnly?: true): readonly Layer[] {
  return rawOnly ? ['raw'] : lakeOnly ? ['lake'] : ['raw', 'lake'];
}

function contradiction(one: string, other: string): OrgwatchError {
  return new OrgwatchError('USAGE', `${one} and ${other} contradict each other.`, {
    actions: ['Leave one of them out.'],
  });
}
