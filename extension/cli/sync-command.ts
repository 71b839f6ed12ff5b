import type { Command } from 'commander';
import type { QuotaGuard } from '../shared/calls.ts';
import { planSync } from '../sync/preview.ts';
import { sync } from '../sync/sync.ts';
import type { SyncOptions, SyncProgress } from '../sync/options.ts';
import type { SyncReport } from '../sync/report.ts';
import { names, oneOf, share, wholeNumber } from './option-values.ts';
import type { CommandContext } from './context.ts';
import { planText } from './plan-text.ts';
import { progressLine } from './progress.ts';
import { bytes, number } from './quantity.ts';
import { syncText } from './sync-text.ts';
import { withCommonOptions } from './target.ts';
import type { CommonOptions } from './target.ts';
import type { Terminal } from './terminal.ts';

interface SyncCommandOptions extends CommonOptions {
  readonly sources?: string[];
  readonly days?: number;
  readonly reserve?: number;
  readonly guard?: QuotaGuard;
  readonly concurrency?: number;
  readonly eventTypes?: string[];
  readonly excludeEventTypes?: string[];
  readonly plan?: true;
}

const DAY = 86_400_000;

export function addSync(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('sync')
    .description('pull what is new in the org into the lake; interrupt at any time, the next run goes on')
    .option('--sources <names>', 'only these, separated by commas (default: all)', names('--sources'))
    .option(
      '--days <n>',
      'how many days the first sync goes back (default: each source’s own span)',
      wholeNumber('--days', 1),
    )
    .option('--reserve <percent>', 'share of the org’s API calls that is always left (default: 10)', share('--reserve'))
    .option(
      '--guard <guard>',
      'org: leave the reserve of all calls; own: count only own calls (default: org)',
      oneOf('--guard', ['org', 'own']),
    )
    .option('--concurrency <n>', 'requests at a time (default: 4)', wholeNumber('--concurrency', 1))
    .option('--event-types <names>', 'event log files of these types only (default: all)', names('--event-types'))
    .option('--exclude-event-types <names>', 'no event log files of these types', names('--exclude-event-types'))
    .option('--plan', 'only say what would be fetched and what it costs: one query a source, nothing is fetched');
  withCommonOptions(command).action(async (options: SyncCommandOptions) => {
    if (options.plan) {
      const plan = await planSync({ ...syncOptions(options), signal });
      terminal.out(options.json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan, terminal));
      return exitWith(0);
    }
    const report = await synced(options, terminal, signal);
    terminal.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : syncText(report, terminal));
    exitWith(report.outcome === 'done' ? 0 : 1);
  });
}

async function synced(options: SyncCommandOptions, terminal: Terminal, signal: AbortSignal): Promise<SyncReport> {
  using progress = progressLine(terminal);
  const standings = new Map<string, SyncProgress>();
  return await sync({
    ...syncOptions(options),
    signal,
    onProgress: (standing) => progress.show(line(standings.set(standing.source, standing))),
  });
}

function syncOptions(options: SyncCommandOptions): SyncOptions {
  const { targetOrg, dataDir, sources, days, reserve, guard, concurrency, eventTypes, excludeEventTypes } = options;
  return {
    ...(targetOrg === undefined ? {} : { org: targetOrg }),
    dataDir,
    ...(sources === undefined ? {} : { sources }),
    ...(days === undefined ? {} : { since: new Date(Date.now() - days * DAY) }),
    eventTypes: { include: eventTypes, exclude: excludeEventTypes },
    quota: { ...(guard === undefined ? {} : { guard }), ...(reserve === undefined ? {} : { reserve }) },
    ...(concurrency === undefined ? {} : { concurrency }),
  };
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
