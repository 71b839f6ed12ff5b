import type { Command } from 'commander';
import { checkLake } from '../sync/check.ts';
import { findLake } from '../sync/find-lake.ts';
import type { CareProgress } from '../sync/check-run.ts';
import { checkText } from './check-text.ts';
import type { CommandContext } from './context.ts';
import { progressLine } from './progress.ts';
import { number } from './quantity.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import { jsonDocument } from './terminal.ts';

export function addCheck(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('check')
    .description(
      'prove a lake: raw files against their SHA-256, rows against raw records, the ledger against the disk; asks no org',
    );
  withCommonOptions(command).action(async ({ targetOrg, dataDir, json }: CommonOptions) => {
    const orgId = await findLake(dataDir, targetOrg, 'any');
    using progress = progressLine(terminal);
    const report = await checkLake({
      dataDir,
      orgId,
      signal,
      onProgress: (standing) => progress.show(careLine(standing)),
    });
    progress[Symbol.dispose]();
    terminal.out(json ? jsonDocument(report) : checkText(report, terminal));
    exitWith(report.outcome === 'sound' ? 0 : 1);
  });
}

const PHASES: Readonly<Record<CareProgress['phase'], string>> = {
  raw: 'Reading raw files',
  lake: 'Reading Parquet files',
  rows: 'Counting raw records',
  rebuild: 'Making Parquet files',
};

export function careLine({ phase, done, total }: CareProgress): string {
  return `${PHASES[phase]}: ${number(done)} of ${number(total)}`;
}
