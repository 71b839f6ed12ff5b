import type { Command } from 'commander';
import { openAuthorization } from '../org/authorization.ts';
import { systemClock } from '../shared/clock.ts';
import { watch } from '../sync/watch.ts';
import type { CommandContext } from './context.ts';
import { cadence, merged, oneOf } from './option-values.ts';
import { syncOptions, withSyncOptions } from './sync-options.ts';
import type { SyncChoice } from './sync-options.ts';
import { dataDirOption } from './target.ts';
import { watchLog } from './watch-log.ts';
import { watchLine } from './watch-line.ts';

interface WatchCommandOptions extends SyncChoice {
  readonly targetOrg?: string[];
  readonly every?: Readonly<Record<string, number>>;
  readonly logFormat?: (typeof FORMATS)[number];
  readonly json?: true;
}

const FORMATS = ['json', 'text'] as const;

export function addWatch(root: Command, { terminal, signal, exitWith }: CommandContext): void {
  const command = root
    .command('watch')
    .description('sync again and again, each source at its cadence, until it is stopped; for several orgs')
    .option(
      '-o, --target-org <org>',
      'alias or username of an org; again for further ones (default: sf’s target-org)',
      (typed: string, before: string[] | undefined) => [...(before ?? []), typed],
    )
    .option(
      '--every <source=time>',
      'another cadence, as login_history=5m; again for further sources (s, m, h, d)',
      merged(cadence('--every')),
    )
    .addOption(dataDirOption())
    .option(
      '--log-format <format>',
      'json or text (default: text on a terminal, else json)',
      oneOf('--log-format', FORMATS),
    )
    .option('--json', 'the same as --log-format json')
    .helpOption('-h, --help', 'print help');
  withSyncOptions(command).action(async (options: WatchCommandOptions) => {
    const { targetOrg, every, logFormat, json } = options;
    const format = json ? 'json' : (logFormat ?? (terminal.outIsTerminal ? 'text' : 'json'));
    using line = watchLine(terminal, systemClock);
    const log = watchLog(terminal, format, systemClock);
    await watch({
      ...syncOptions(options),
      orgs: targetOrg ?? [(await openAuthorization(undefined)).identity.requestedAs],
      ...(every === undefined ? {} : { cadences: every }),
      signal,
      onEvent: (event) => {
        line.clear();
        log(event);
        line.take(event);
      },
    });
    exitWith(0);
  });
}
