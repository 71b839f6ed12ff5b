import { t } from '@vscode/l10n';
import { openCalls } from '../lake/calls.ts';
import { hasLake, readLedger } from '../lake/ledger.ts';
import { lakePaths } from '../lake/paths.ts';
import type { Door } from '../org/door.ts';
import { openDoor } from '../org/open-door.ts';
import { DEFAULT_POLICY, PACE, probeAllowance, reserveOf } from '../org/quota.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { iso, utcDate } from '../shared/utc.ts';
import { sourcesNamed } from '../sources/registry.ts';
import { countQuery } from '../sources/soql.ts';
import type { RecordSource, SnapshotSource, Source } from '../sources/source.ts';
import { beginningOf } from './backfill.ts';
import type { SyncOptions } from './options.ts';
import { verdictOn } from './outcome.ts';
import { planEventLog } from './preview-event-log.ts';
import type { Preview } from './preview-parts.ts';
import { olderPart, shorterFrom } from './reach-back.ts';
import type { PlannedSource, PlanReport } from './preview-report.ts';

export type PlanOptions = Omit<SyncOptions, 'concurrency' | 'onProgress' | 'worker' | 'workerMemoryMb'>;

/** Records in a response page, where Salesforce lets us. */
const PAGE = 2000;

/**
 * Says what the next sync would fetch and what it would cost, at one query a source (and one for each further page of
 * the list of event log files, and for what lies before all that was asked for so far). Changes nothing, in the org or on disk.
 * @throws OrgwatchError as sync does; a source that the org does not offer and a pause are told in the report
 */
export async function planSync(options: PlanOptions): Promise<PlanReport> {
  const { clock = systemClock } = options;
  const sources = sourcesNamed(options.sources);
  if (options.door) return planThrough(options.door, sources, options, clock);
  using calls = openCalls(options.stateDir);
  const door = await openDoor(options.org, { calls, quota: options.quota, clock, log: options.log });
  try {
    return await planThrough(door, sources, options, clock);
  } finally {
    door.close();
  }
}

async function planThrough(
  door: Door,
  sources: readonly Source[],
  options: PlanOptions,
  clock: Clock,
): Promise<PlanReport> {
  using ledger = hasLake(options.dataDir, door.org.orgId) ? readLedger(options.dataDir, door.org.orgId) : undefined;
  const before = door.usage().session;
  const { signal, eventTypes } = options;
  const now = clock.now();
  const preview: Preview = { door, ledger, now, beginning: beginningOf(options, now), eventTypes, signal };
  const planned: PlannedSource[] = [];
  for (const source of sources) planned.push(await plan(preview, source, planned));
  const calls = planned.reduce((sum, source) => sum + source.calls, 0);
  const listed = planned.flatMap((source) => source.eventTypes ?? []).map(({ eventType }) => eventType.toLowerCase());
  const chosen = [...(eventTypes?.include ?? []), ...(eventTypes?.exclude ?? [])];
  return {
    org: { orgId: door.org.orgId, username: door.org.username },
    sources: planned,
    unknownEventTypes: chosen.filter((name) => !listed.includes(name.toLowerCase())),
    calls,
    bytes: planned.reduce((sum, source) => sum + (source.bytes ?? 0), 0),
    quota: quotaOf(door, options, door.usage().session - before),
    dataDir: lakePaths(options.dataDir, door.org.orgId).folder,
  };
}

/** One source; what Salesforce refuses is told, and costs the sync a call as well. */
async function plan(preview: Preview, source: Source, before: readonly PlannedSource[]): Promise<PlannedSource> {
  try {
    if (source.kind === 'event-log') return await planEventLog(preview, source);
    return source.kind === 'records' ? await planRecords(preview, source) : await planSnapshot(preview, source, before);
  } catch (error) {
    const verdict = verdictOn(error, source);
    if (verdict.kind === 'fatal' || verdict.kind === 'cancelled') throw error;
    const isRefused = verdict.kind === 'source' && verdict.state === 'unavailable';
    return {
      ...nothing(source),
      state: isRefused ? 'unavailable' : 'unknown',
      calls: 1,
      reason: verdict.reason,
    };
  }
}

async function planRecords(preview: Preview, source: RecordSource): Promise<PlannedSource> {
  const { ledger, now, beginning } = preview;
  const cursor = ledger?.windows.cursor(source.name);
  const backfill = source.backfill === undefined ? null : (beginning(source.name) ?? now - source.backfill);
  const open = (ledger?.windows.open(source.name) ?? []).filter(({ landed }) => !landed);
  const isOfEvents = source.backfill !== undefined;
  const notBefore = ledger && isOfEvents ? shorterFrom(ledger, source.name, beginning(source.name), now) : undefined;
  const due = open.filter(({ to }) => to === null || notBefore === undefined || to > notBefore);
  const starts = [
    cursor ? cursor.time - source.overlap : backfill,
    ...due.map(({ from }) => (notBefore === undefined ? from : Math.max(from ?? notBefore, notBefore))),
  ];
  const from = starts.includes(null) ? null : Math.min(...starts.map((start) => start ?? 0));
  const newer = await count(preview, source, countQuery(source.object, source.timeField, { from, to: null }));
  const isBegun = ledger !== undefined && (cursor !== undefined || open.length > 0) && isOfEvents;
  const older = isBegun ? olderPart(ledger, source.name, beginning(source.name)) : undefined;
  if (!older || from === null || older.from >= from) {
    return { ...nothing(source), records: newer, calls: pagesOf(newer), from: iso(from) };
  }
  const span = { from: older.from, to: Math.min(older.to, from) };
  const before = await count(preview, source, countQuery(source.object, source.timeField, span));
  return {
    ...nothing(source),
    records: newer + before,
    calls: pagesOf(newer) + pagesOf(before),
    from: iso(older.from),
  };
}

async function planSnapshot(
  preview: Preview,
  source: SnapshotSource,
  before: readonly PlannedSource[],
): Promise<PlannedSource> {
  const { ledger, now } = preview;
  const taken = ledger?.windows.cursor(source.name);
  if (taken && utcDate(taken.time) === utcDate(now)) return { ...nothing(source), reason: t('Taken today already.') };
  const { paging } = source;
  if (paging.by === 'values') {
    const known = ledger?.units.totals(paging.source).rows ?? 0;
    const values = known + (before.find((planned) => planned.source === paging.source)?.records ?? 0);
    const reason = t('Asked for by what {0} holds: the number of calls is an upper bound.', paging.source);
    return { ...nothing(source), calls: Math.ceil(values / paging.most), reason };
  }
  const records = await count(preview, source, countQuery(source.object));
  return { ...nothing(source), records, calls: pagesOf(records) };
}

function nothing(source: Source): PlannedSource {
  return { source: source.name, state: 'planned', records: null, files: null, bytes: null, calls: 0, from: null };
}

function pagesOf(records: number): number {
  return Math.max(1, Math.ceil(records / PAGE));
}

async function count({ door, signal }: Preview, source: RecordSource | SnapshotSource, soql: string): Promise<number> {
  const all = source.kind === 'records' && source.withDeleted;
  const options = { all, purpose: t('count {0}', source.object), ...(signal ? { signal } : {}) };
  for await (const page of door.query(soql, options)) return page.totalSize;
  return 0;
}

function quotaOf(door: Door, options: PlanOptions, requests: number): PlanReport['quota'] {
  const { max, remaining, own } = door.usage();
  const policy = { ...DEFAULT_POLICY, ...options.quota };
  if (max === undefined || remaining === undefined) {
    return { max: null, remaining: null, own, reserve: null, free: null, freeInAnHour: null, requests };
  }
  const reserve = reserveOf(max, policy);
  const ofOwn = max - reserve - own;
  const ofOrg = remaining - reserve - probeAllowance(max);
  const free = Math.max(0, policy.guard === 'own' ? ofOwn : Math.min(ofOwn, ofOrg));
  const freeInAnHour = policy.guard === 'own' ? free : Math.floor(PACE * free);
  return { max, remaining, own, reserve, free, freeInAnHour, requests };
}
