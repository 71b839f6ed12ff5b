import * as vscode from 'vscode';
import { DAY, MINUTE } from '../shared/utc.ts';
import type { EventTypeChoice } from '../sync/event-types.ts';
import type { SyncOptions } from '../sync/options.ts';
import type { QuotaGuard, QuotaPolicy } from '../shared/calls.ts';
import { SETTINGS } from './ids.ts';

function read<T>(id: string): T | undefined {
  return vscode.workspace.getConfiguration().get<T>(id);
}

/** Alias or username to use without asking; undefined: ask. */
export function targetOrg(): string | undefined {
  return read<string>(SETTINGS.targetOrg)?.trim() || undefined;
}

export function dataDir(): string {
  return read<string>(SETTINGS.dataDir)?.trim() || '.orgwatch';
}

export function quotaPolicy(): QuotaPolicy {
  return {
    guard: read<QuotaGuard>(SETTINGS.quotaGuard) === 'own' ? 'own' : 'org',
    reserve: (read<number>(SETTINGS.quotaReserve) ?? 10) / 100,
  };
}

/** Days that the first sync goes back; undefined: each source's own span. */
export function backfillDays(): number | undefined {
  return read<number | null>(SETTINGS.backfillDays) ?? undefined;
}

/** Aliases, usernames or organization ids of the orgs to show; empty: all. */
export function onlyOrgs(): readonly string[] {
  return strings(SETTINGS.orgs);
}

/** Which event log files are fetched. */
export function eventTypes(): EventTypeChoice {
  const include = strings(SETTINGS.eventTypesInclude);
  return { include: include.length === 0 ? undefined : include, exclude: strings(SETTINGS.eventTypesExclude) };
}

/** MB that the lake worker may take. */
export function workerMemoryMb(): number {
  return Math.max(256, read<number>(SETTINGS.workerMemory) ?? 1024);
}

export type ScheduleMode = 'afterFirstSync' | 'always' | 'never';

export function scheduleMode(): ScheduleMode {
  const mode = read<string>(SETTINGS.scheduleEnabled);
  return mode === 'always' || mode === 'never' ? mode : 'afterFirstSync';
}

const SNAPSHOTS = [
  'user_snapshot',
  'profile_snapshot',
  'permission_set_assignment_snapshot',
  'oauth_token_snapshot',
  'connected_app_snapshot',
  'content_document_link',
];

/** Milliseconds by source; a source that no setting names keeps its own cadence. */
export function cadences(): Readonly<Record<string, number>> {
  const of = (id: string, sources: readonly string[]): [string, number][] => {
    const minutes = read<number>(id);
    return minutes === undefined ? [] : sources.map((source) => [source, Math.max(1, minutes) * MINUTE]);
  };
  return Object.fromEntries([
    ...of(SETTINGS.cadenceSignIns, ['login_history']),
    ...of(SETTINGS.cadenceSetupChanges, ['setup_audit_trail']),
    ...of(SETTINGS.cadencePublicLinks, ['content_distribution']),
    ...of(SETTINGS.cadenceEventLogFiles, ['event_log']),
    ...of(SETTINGS.cadenceSnapshots, SNAPSHOTS),
  ]);
}

/** What every sync of this window is made with, a person's and the schedule's. */
export function syncSettings(): Pick<SyncOptions, 'quota' | 'since' | 'spans' | 'eventTypes' | 'workerMemoryMb'> {
  const days = backfillDays();
  return {
    quota: quotaPolicy(),
    eventTypes: eventTypes(),
    workerMemoryMb: workerMemoryMb(),
    spans: spans(),
    ...(days === undefined ? {} : { since: new Date(Date.now() - days * DAY) }),
  };
}

/** Sources of events: of the others the whole or the present is fetched. */
const SPANNED = ['login_history', 'setup_audit_trail', 'event_log'];

/** How far back the first sync of a source goes, in ms by source. */
function spans(): Readonly<Record<string, number>> {
  const days = read<Readonly<Record<string, number>>>(SETTINGS.backfillBySource) ?? {};
  return Object.fromEntries(
    SPANNED.flatMap((source) => {
      const count = days[source];
      return count === undefined ? [] : [[source, Math.max(1, count) * DAY] as const];
    }),
  );
}

function strings(id: string): readonly string[] {
  return (read<readonly string[]>(id) ?? []).map((each) => each.trim()).filter((each) => each !== '');
}
