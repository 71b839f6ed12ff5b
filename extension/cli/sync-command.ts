import type { Command } from 'commander';
import { planSync } from '../sync/preview.ts';
import { sync } from '../sync/sync.ts';
import type { SyncOptions, SyncProgress } from '../sync/options.ts';
import type { SyncReport } from '../sync/report.ts';
import type { CommandContext } from './context.ts';
import { planText } from './plan-text.ts';
import { progressLine } from './progress.ts';
import { bytes, number } from './quantity.ts';
import { syncOptions, withSyncOptions } from './sync-options.ts';
import type { SyncChoice } from './sync-options.ts';
import { syncText } from './sync-text.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';
import { jsonDocument } from './terminal.ts';

interface SyncCommandOptions extends CommonOptions, SyncChoice {
  readonly plan?: true;
}

export function addSync(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('sync')
    .description('pull what is new in the org into the lake; interrupt at any time, the next run goes on')
    .option('--plan', 'only say what would be fetched and what it costs: one query a source, nothing is fetched');
  withCommonOptions(withSyncOptions(command)).action(async (options: SyncCommandOptions) => {
    if (options.plan) {
      const plan = await planSync({ ...targetAnd(options), signal });
      terminal.out(options.json ? jsonDocument(plan) : planText(plan, terminal));
      return exitWith(0);
    }
    const report = await synced(options, terminal, signal);
    terminal.out(options.json ? jsonDocument(report) : syncText(report, terminal));
    exitWith(report.outcome === 'done' ? 0 : 1);
  });
}

async function synced(options: SyncCommandOptions, terminal: Terminal, signal: AbortSignal): Promise<SyncReport> {
  using progress = progressLine(terminal);
  const standings = new Map<string, SyncProgress>();
  return await sync({
    ...targetAnd(options),
    signal,
    onProgress: (standing) => progress.show(line(standings.set(standing.source, standing))),
  });
}

function targetAnd(options: SyncCommandOptions): Omit<SyncOptions, 'signal'> {
  return { ...syncOptions(options), ...(options.targetOrg === undefined ? {} : { org: options.targetOrg }) };
}

/** One line for all sources: who is at work, and what came so far. */
function line(standings: ReadonlyMap<string, SyncProgress>): string {
  const all = [...standings.values()];
  const sum = (of: (standing: SyncProgress) => number): number => all.reduce((total, each) => total + of(each), 0);
  const working = all.filter(({ phase }) => phase !== 'end').map(({ source, phase }) => `${source} (${phase})`);
  const known = all.every(({ filesTotal }) => filesTotal !== undefined);
  const total = known ? ` of ${number(sum((each) => each.filesTotal ?? 0))}` : '';
  const came = `${number(sum((each) => each.files))}${total} files, ${bytes(sum((each) => each.bytes))}, ${number(sum((each) => each.rows))} rows, ${number(sum((each) => each.requests))} calls`;
  return working.length === 0 ? came : `${working.join(', ')}: ${came}`;
}
