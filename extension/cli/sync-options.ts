import type { Command } from 'commander';
import type { QuotaGuard } from '../shared/calls.ts';
import { DAY } from '../shared/utc.ts';
import { DEFAULT_CONCURRENCY, type SyncOptions } from '../sync/options.ts';
import { merged, names, oneOf, share, span as spanOf, wholeNumber } from './option-values.ts';

/** What to fetch and how much of the quota to use: the same for one sync and for a watch. */
export interface SyncChoice {
  readonly dataDir: string;
  readonly sources?: string[];
  readonly days?: number;
  readonly span?: Readonly<Record<string, number>>;
  readonly reserve?: number;
  readonly guard?: QuotaGuard;
  readonly concurrency?: number;
  readonly eventTypes?: string[];
  readonly excludeEventTypes?: string[];
}

export function withSyncOptions(command: Command): Command {
  return command
    .option('--sources <names>', 'only these, separated by commas (default: all)', names('--sources'))
    .option(
      '--days <n>',
      'how many days back to go; more than before fetches the older part too (default: each source’s own span)',
      wholeNumber('--days', 1),
    )
    .option(
      '--span <source=days>',
      'the same for one source, as login_history=7; again for further sources',
      merged(spanOf('--span')),
    )
    .option('--reserve <percent>', 'share of the org’s API calls that is always left (default: 10)', share('--reserve'))
    .option(
      '--guard <guard>',
      'org: leave the reserve of all calls; own: count only own calls (default: org)',
      oneOf('--guard', ['org', 'own']),
    )
    .option(
      '--concurrency <n>',
      `requests at a time (default: ${String(DEFAULT_CONCURRENCY)})`,
      wholeNumber('--concurrency', 1),
    )
    .option('--event-types <names>', 'event log files of these types only (default: all)', names('--event-types'))
    .option('--exclude-event-types <names>', 'no event log files of these types', names('--exclude-event-types'));
}

export function syncOptions(choice: SyncChoice): Omit<SyncOptions, 'signal'> {
  const { dataDir, sources, days, span, reserve, guard, concurrency, eventTypes, excludeEventTypes } = choice;
  return {
    dataDir,
    ...(sources === undefined ? {} : { sources }),
    ...(days === undefined ? {} : { since: new Date(Date.now() - days * DAY) }),
    ...(span === undefined ? {} : { spans: span }),
    eventTypes: { include: eventTypes, exclude: excludeEventTypes },
    quota: { ...(guard === undefined ? {} : { guard }), ...(reserve === undefined ? {} : { reserve }) },
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}
