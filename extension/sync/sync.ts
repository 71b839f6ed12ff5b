import { t } from '@vscode/l10n';
import { openCalls } from '../lake/calls.ts';
import { openLedger, type Ledger } from '../lake/ledger.ts';
import { lakePaths } from '../lake/paths.ts';
import { Storage } from '../lake/storage.ts';
import { storageError } from '../lake/storage-error.ts';
import { requireTrusted } from '../lake/trust.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import type { Door } from '../org/door.ts';
import { openDoor } from '../org/open-door.ts';
import { cancelled } from '../shared/abort.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { messageOf, OrgwatchError } from '../shared/errors.ts';
import { silentLog, type Log } from '../shared/log.ts';
import { iso } from '../shared/utc.ts';
import { sourcesNamed } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { beginningOf } from './backfill.ts';
import { collectGarbage } from './collect-garbage.ts';
import { holdLease } from './lease.ts';
import { Limiter } from '../shared/limiter.ts';
import { DEFAULT_CONCURRENCY, type SyncOptions } from './options.ts';
import { outcomeOf } from './outcome.ts';
import type { SourceReport, SyncReport } from './report.ts';
import { RunOfSources } from './run-of-sources.ts';

/** Pages that arrive together and land together are asked for together, too, and the org waits meanwhile: so, in turn. */
const LANDING = 2;

/**
 * One sync of one org: brings everything that the org has and the lake lacks into the lake, as far as the quota allows.
 * Whatever ends it, what has landed is kept and the next sync goes on behind it.
 * @throws OrgwatchError when nothing could run or go on: ORG_UNKNOWN, ORG_UNREACHABLE, SESSION_EXPIRED, ACCESS_REFUSED, API_DISABLED,
 *   INSECURE_URL, DATA_FOLDER_DENIED, UNSAFE_PATH, LAKE_NOT_TRUSTED, DISK_FULL, LEDGER_CORRUPT, LEDGER_NEWER, BUSY, USAGE. A source that the org does
 *   not offer, a pause and a cancellation are told in the report.
 */
export async function sync(options: SyncOptions): Promise<SyncReport> {
  const { clock = systemClock, log = silentLog, quota } = options;
  const sources = sourcesNamed(options.sources);
  if (options.door) return syncThrough(options.door, sources, options, clock, log);
  using calls = openCalls(options.stateDir);
  const door = await openDoor(options.org, { calls, quota, clock, log });
  try {
    return await syncThrough(door, sources, options, clock, log);
  } finally {
    door.close();
  }
}

async function syncThrough(
  door: Door,
  sources: readonly Source[],
  options: SyncOptions,
  clock: Clock,
  log: Log,
): Promise<SyncReport> {
  const { org } = door;
  const beginning = beginningOf(options, clock.now());
  const paths = lakePaths(options.dataDir, org.orgId);
  const storage = new Storage(paths);
  await storage.prepare();
  using ledger = openLedger(options.dataDir, org.orgId);
  requireTrusted(ledger);
  using lease = holdLease(ledger, clock, log);
  ledger.transaction(() => ledger.noteOrg(org, clock.now()));
  const runId = await startRun(ledger, storage, clock, log);
  const before = door.usage().session;
  const concurrency = Math.max(1, options.concurrency ?? DEFAULT_CONCURRENCY);
  const worker = options.worker ?? openLakeWorker({ dataFolder: paths.folder, ...memoryOf(options) });
  const run = new RunOfSources(runId, {
    door,
    ledger,
    storage,
    worker,
    clock,
    log,
    signal: options.signal ? AbortSignal.any([options.signal, lease.lost]) : lease.lost,
    concurrency,
    pulls: new Limiter(concurrency),
    landing: new Limiter(LANDING),
    beginning,
    named: options.sources !== undefined,
    eventTypes: options.eventTypes,
    onProgress: options.onProgress,
  });
  let outcome: SyncReport['outcome'] = 'failed';
  try {
    await run.all(sources);
    if (lease.lost.aborted) throw lease.lost.reason;
    outcome = outcomeOf(run.reports);
    return report(door, options.dataDir, outcome, run.reports, run.resumesAt, before);
  } catch (error) {
    throw plain(error, paths.folder);
  } finally {
    const rows = run.reports.reduce((sum, source) => sum + source.rows, 0);
    endRun(ledger, runId, clock, outcome, door.usage().session - before, rows, log);
    if (!options.worker) await worker.close();
  }
}

function memoryOf({ workerMemoryMb }: SyncOptions): { readonly memoryLimitMb?: number } {
  return workerMemoryMb === undefined ? {} : { memoryLimitMb: workerMemoryMb };
}

/** Clears away what a killed run left half-written. */
async function startRun(ledger: Ledger, storage: Storage, clock: Clock, log: Log): Promise<number> {
  const id = ledger.transaction(() => ledger.runs.start(clock.now()));
  if (ledger.runs.wasInterrupted(id)) {
    const swept = await storage.sweep();
    log.info(
      `The last sync was interrupted; ${String(swept)} unfinished files were deleted. Going on where it stopped.`,
    );
    ledger.transaction(() => ledger.runs.endInterrupted(id, clock.now()));
  }
  await collectGarbage(ledger, storage, log);
  return id;
}

/** On a full disk not even this can be written; the error that is on its way says so. */
function endRun(
  ledger: Ledger,
  id: number,
  clock: Clock,
  outcome: SyncReport['outcome'],
  requests: number,
  rows: number,
  log: Log,
): void {
  try {
    ledger.transaction(() => ledger.runs.end(id, clock.now(), outcome, requests, rows));
  } catch (error) {
    log.error(`The end of the run could not be noted: ${messageOf(error)}`);
  }
}

function report(
  door: Door,
  dataDir: string,
  outcome: SyncReport['outcome'],
  sources: readonly SourceReport[],
  resumesAt: number | undefined,
  sessionBefore: number,
): SyncReport {
  const usage = door.usage();
  const resumes = outcome === 'paused' ? iso(resumesAt) : null;
  const isUnwatched = outcome !== 'failed' && usage.max === undefined && usage.session > sessionBefore;
  const notes = [...(door.notes?.() ?? []), ...(isUnwatched ? [unwatched()] : [])];
  return {
    outcome,
    org: { orgId: door.org.orgId, username: door.org.username },
    sources,
    quota: {
      max: usage.max ?? null,
      remaining: usage.remaining ?? null,
      own: usage.own,
      reserve: usage.reserve ?? null,
      requests: usage.session - sessionBefore,
    },
    ...(resumes === null ? {} : { resumesAt: resumes }),
    ...(notes.length === 0 ? {} : { notes }),
    dataDir: lakePaths(dataDir, door.org.orgId).folder,
  };
}

function unwatched(): string {
  return t(
    'The org did not tell how many API calls it has left (Sforce-Limit-Info), nor could its limits be asked for: the reserve cannot be watched, and Orgwatch keeps to its own count.',
  );
}

/** Whatever went wrong, as an OrgwatchError. */
function plain(error: unknown, folder: string): OrgwatchError {
  const known = storageError(error, folder);
  if (known instanceof OrgwatchError) return known;
  if (known instanceof Error && known.name === 'AbortError') return cancelled(known);
  return new OrgwatchError('INTERNAL', t('Sync failed in a way it should not: {0}.', messageOf(known)), {
    actions: [t('Please report this, with the log.')],
    cause: error,
  });
}
