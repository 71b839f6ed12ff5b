import { t } from '@vscode/l10n';
import { openAuthorization } from '../org/authorization.ts';
import type { Door } from '../org/door.ts';
import { sleep } from '../shared/abort.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { SOURCES, sourcesNamed } from '../sources/registry.ts';
import { Limiter } from '../shared/limiter.ts';
import type { SyncOptions } from './options.ts';
import { sync } from './sync.ts';
import type { WatchEvent } from './watch-event.ts';
import { WatchedOrg, type Wait } from './watched-org.ts';

export interface WatchOptions extends Omit<SyncOptions, 'org' | 'door' | 'onProgress' | 'log' | 'worker' | 'signal'> {
  /** Aliases or usernames that `sf` is authorized for, or open doors; one at least. */
  readonly orgs: readonly (string | Door)[];
  /** Milliseconds by source; default: the source's own cadence. */
  readonly cadences?: Readonly<Record<string, number>>;
  /** The clock is looked at again after so many milliseconds, however far away the next sync is; default 30,000. */
  readonly lookEvery?: number;
  /** Ends the watch: a sync under way is cancelled and keeps what it has. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent) => void;
}

/** Syncs at a time: each has a lake worker of its own. */
const AT_A_TIME = 4;

/** The clock may have been set meanwhile, or the machine have slept. */
const LOOK_EVERY = 30_000;

/**
 * Syncs orgs for as long as it is let: each source at its cadence, going on where the ledger says that an earlier watch
 * or sync stopped. What goes wrong in one org is told and tried again, and keeps no other org waiting.
 * @throws OrgwatchError USAGE when a source is not known
 */
export async function watch(options: WatchOptions): Promise<void> {
  const { orgs, signal, onEvent } = options;
  const unknown = Object.keys(options.cadences ?? {}).find((name) => !SOURCES.some((source) => source.name === name));
  const sources = sourcesNamed(unknown === undefined ? options.sources : [unknown]);
  const cadences = Object.fromEntries(
    sources.map(({ name, cadence }) => [name, options.cadences?.[name] ?? cadence] as const),
  );
  onEvent({ kind: 'started', orgs: orgs.map(nameOf), cadences });
  const turns = new Limiter(AT_A_TIME);
  await Promise.all(orgs.map((org) => watchOrg(org, cadences, turns, options)));
  if (signal.aborted) onEvent({ kind: 'stopped' });
}

async function watchOrg(
  org: string | Door,
  cadences: Readonly<Record<string, number>>,
  turns: Limiter,
  options: WatchOptions,
): Promise<void> {
  const { dataDir, signal, onEvent, clock = systemClock, lookEvery = LOOK_EVERY } = options;
  const name = nameOf(org);
  const watched = new WatchedOrg(dataDir, name, cadences);
  while (!signal.aborted) {
    let wait: Wait;
    try {
      watched.orgId ??= typeof org === 'string' ? (await openAuthorization(org)).identity.orgId : org.org.orgId;
      const due = watched.due(clock.now());
      if (due.length > 0) await turns.run(() => run(org, watched, due, options));
      wait = watched.next(clock.now());
    } catch (error) {
      if (isAborted(signal)) return;
      const known = asOrgwatchError(error);
      wait = watched.fail(clock.now(), known.code === 'BUSY');
      onEvent({ kind: 'sync-failed', org: name, error: known });
    }
    if (watched.isNews(wait) && !isAborted(signal)) onEvent({ kind: 'waiting', org: name, ...wait });
    await sleep(Math.max(0, Math.min(wait.until - clock.now(), lookEvery)), signal).catch(() => undefined);
  }
}

async function run(
  org: string | Door,
  watched: WatchedOrg,
  due: readonly string[],
  options: WatchOptions,
): Promise<void> {
  const { onEvent, signal, clock = systemClock } = options;
  if (signal.aborted) return;
  const name = nameOf(org);
  onEvent({ kind: 'sync-started', org: name, sources: due });
  const tell = (level: 'info' | 'warn' | 'error') => (message: string) =>
    onEvent({ kind: 'log', org: name, level, message });
  const { orgs: _orgs, cadences: _cadences, lookEvery: _lookEvery, onEvent: _onEvent, ...syncOptions } = options;
  const report = await sync({
    ...syncOptions,
    ...(typeof org === 'string' ? { org } : { door: org }),
    sources: due,
    log: { debug: () => undefined, info: tell('info'), warn: tell('warn'), error: tell('error') },
    onProgress: (progress) => onEvent({ kind: 'progress', org: name, progress }),
  });
  watched.end(report, clock.now());
  onEvent({ kind: 'sync-ended', org: name, report });
}

/** A function, as the compiler takes a property that was false to stay so. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function nameOf(org: string | Door): string {
  return typeof org === 'string' ? org : org.org.requestedAs;
}

function asOrgwatchError(error: unknown): OrgwatchError {
  if (error instanceof OrgwatchError) return error;
  return new OrgwatchError('INTERNAL', t('Watching failed in a way it should not: {0}.', messageOf(error)), {
    cause: error,
  });
}
