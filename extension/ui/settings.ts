import * as vscode from 'vscode';
import { DAY, MINUTE } from '../shared/utc.ts';
import type { EventTypeChoice } from '../sync/event-types.ts';
import type { SyncOptions } from '../sync/options.ts';
import type { QuotaPolicy } from '../shared/calls.ts';
import { SETTINGS } from './ids.ts';
import { folderOf, numberOf, oneOf, textOf, textsOf, wholeOf } from './setting-values.ts';

function read(id: string): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(id);
}

/** Alias or username to use without asking; undefined: ask. */
export function targetOrg(): string | undefined {
  return textOf(read(SETTINGS.targetOrg));
}

/** Absolute, or inside the workspace folder; undefined where what is set is neither. */
export function dataDir(): string | undefined {
  return folderOf(read(SETTINGS.dataDir), '.orgwatch');
}

export function quotaPolicy(): QuotaPolicy {
  return {
    guard: oneOf(read(SETTINGS.quotaGuard), ['org', 'own'], 'org'),
    reserve: (numberOf(read(SETTINGS.quotaReserve), 0, 99) ?? 10) / 100,
  };
}

/** Days that the first sync goes back; undefined: each source's own span. */
export function backfillDays(): number | undefined {
  return wholeOf(read(SETTINGS.backfillDays), 1, 365);
}

/** Aliases, usernames or organization ids of the orgs to show; empty: all. */
export function onlyOrgs(): readonly string[] {
  return textsOf(read(SETTINGS.orgs));
}

/** Which event log files are fetched. */
export function eventTypes(): EventTypeChoice {
  const include = textsOf(read(SETTINGS.eventTypesInclude));
  const exclude = textsOf(read(SETTINGS.eventTypesExclude));
  return { include: include.length === 0 ? undefined : include, exclude };
}

/** MB that the lake worker may take. */
export function workerMemoryMb(): number {
  return wholeOf(read(SETTINGS.workerMemory), 256, 65_536) ?? 1024;
}

export type ScheduleMode = 'afterFirstSync' | 'always' | 'never';

export function scheduleMode(): ScheduleMode {
  return oneOf(read(SETTINGS.scheduleEnabled), ['afterFirstSync', 'always', 'never'], 'afterFirstSync');
}

const SNAPSHOTS = [
  'user_snapshot',
  'profile_snapshot',
  'permission_set_assignment_snapshot',
  'oauth_token_snapshot',
  'connected_app_snapshot',
  'content_document_link',
];

/** Minutes: a week. */
const LONGEST_CADENCE = 10_080;

/** Milliseconds by source; a source that no setting names keeps its own cadence. */
export function cadences(): Readonly<Record<string, number>> {
  const of = (id: string, sources: readonly string[]): [string, number][] => {
    const minutes = wholeOf(read(id), 1, LONGEST_CADENCE);
    return minutes === undefined ? [] : sources.map((source) => [source, minutes * MINUTE]);
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
  const set = read(SETTINGS.backfillBySource);
  const days = (typeof set === 'object' && set !== null ? set : {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    SPANNED.flatMap((source) => {
      const count = wholeOf(days[source], 1, 3650);
      return count === undefined ? [] : [[source, count * DAY] as const];
    }),
  );
}
