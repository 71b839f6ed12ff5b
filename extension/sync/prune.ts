import { openLedger, readLedger, type Ledger } from '../lake/ledger.ts';
import type { Layer } from '../lake/ledger-scope.ts';
import { Storage } from '../lake/storage.ts';
import { requireTrusted } from '../lake/trust.ts';
import type { LakeWorker } from '../lake/worker.ts';
import { openLakeWorker } from '../lake/worker-process.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { silentLog, type Log } from '../shared/log.ts';
import { utcDate } from '../shared/utc.ts';
import { sourcesNamed } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { collectGarbage } from './collect-garbage.ts';
import { compact } from './compact.ts';
import { holdLease } from './lease.ts';
import { pruneLimit } from './prune-limit.ts';
import type { PrunedSource, PruneReport } from './prune-report.ts';

export interface PruneOptions {
  readonly dataDir: string;
  readonly orgId: string;
  /** Milliseconds: whole UTC days that ended so long ago go. */
  readonly olderThan: number;
  readonly sources?: readonly string[];
  /** Default: both. */
  readonly layers?: readonly Layer[];
  /** Only says what would be deleted. */
  readonly dryRun: boolean;
  readonly log?: Log;
  readonly clock?: Clock;
}

const BOTH: readonly Layer[] = ['raw', 'lake'];

/**
 * Deletes events by the age of their date, from ledger and disk together: the ledger lets go of them in one transaction,
 * then their files go; whoever comes next finishes what a kill left over. They are not fetched again. What says how things
 * are now, as the newest snapshot or a public link that exists, stays whatever its date.
 * @throws OrgwatchError BUSY, USAGE, LAKE_NOT_TRUSTED, UNSAFE_PATH, LEDGER_CORRUPT, LEDGER_NEWER, DATA_FOLDER_DENIED, DISK_FULL
 */
export async function pruneLake(options: PruneOptions): Promise<PruneReport> {
  const { dataDir, orgId, layers = BOTH, dryRun, clock = systemClock, log = silentLog } = options;
  const sources = sourcesNamed(options.sources);
  const before = utcDate(clock.now() - options.olderThan);
  using ledger = (dryRun ? readLedger : openLedger)(dataDir, orgId);
  if (!dryRun) requireTrusted(ledger);
  using lease = dryRun ? undefined : holdLease(ledger, clock, log);
  const limits = await limitsOf(ledger, sources, before);
  const pruned = limits.map(({ source, limit }): PrunedSource => ({
    source,
    raw: layers.includes('raw') ? ledger.prune.oldRaw(source, limit) : null,
    lake: layers.includes('lake') ? ledger.prune.oldUnits(source, limit) : null,
  }));
  const leftovers = ledger.units.garbage().length;
  if (!dryRun) {
    ledger.transaction(() => {
      for (const { source, limit } of limits) for (const layer of layers) prune(ledger, source, layer, limit);
    });
    await rewriteBundles(ledger, clock);
    const storage = new Storage(ledger.paths);
    await collectGarbage(ledger, storage, log);
    for (const folder of [ledger.paths.raw, ledger.paths.lake]) await storage.folder.removeEmptyFolders(folder);
    if (lease?.lost.aborted) throw lease.lost.reason;
  }
  const parts = pruned.flatMap(({ raw, lake }) => [raw, lake]).filter((part) => part !== null);
  return {
    dryRun,
    org: { orgId, username: ledger.org()?.username ?? null },
    before,
    kept: limits.filter(({ limit }) => limit < before).map(({ source, limit }) => ({ source, from: limit })),
    sources: pruned.filter(({ raw, lake }) => (raw?.files ?? 0) + (lake?.files ?? 0) > 0),
    files: parts.reduce((sum, { files }) => sum + files, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    leftovers,
    dataDir: ledger.paths.folder,
  };
}

interface Limit {
  readonly source: string;
  /** UTC date: what is earlier goes. */
  readonly limit: string;
}

async function limitsOf(ledger: Ledger, sources: readonly Source[], before: string): Promise<readonly Limit[]> {
  let worker: LakeWorker | undefined;
  const whenNeeded = (): LakeWorker => (worker ??= openLakeWorker({ dataFolder: ledger.paths.folder }));
  try {
    const limits: Limit[] = [];
    for (const source of sources) {
      limits.push({ source: source.name, limit: await pruneLimit(ledger, source, before, whenNeeded) });
    }
    return limits;
  } finally {
    await worker?.[Symbol.asyncDispose]();
  }
}

function prune(ledger: Ledger, source: string, layer: Layer, before: string): void {
  if (layer === 'raw') ledger.prune.raw(source, before);
  else ledger.prune.units(source, before);
  ledger.scope.prune(source, layer, before);
}

/** Bundles that hold pruned days as well as later ones are made anew without those. */
async function rewriteBundles(ledger: Ledger, clock: Clock): Promise<void> {
  const types = ledger.bundles.typesToTidy();
  if (types.length === 0) return;
  await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
  const { signal } = new AbortController();
  for (const { source, eventType } of types) await compact({ ledger, worker, clock, signal }, source, [eventType]);
}
