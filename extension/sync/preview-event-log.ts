import { t } from '@vscode/l10n';
import type { DiscoveredFile } from '../lake/ledger-files.ts';
import { isRefusal } from '../org/refusal.ts';
import { iso } from '../shared/utc.ts';
import { EVENT_LOG_KEY, eventLogFields, eventLogQuery } from '../sources/soql.ts';
import type { EventLogSource } from '../sources/source.ts';
import { dayName, supersededBy, unitsOf } from './event-log-units.ts';
import { isWanted, type EventTypeChoice } from './event-types.ts';
import type { Preview } from './preview-parts.ts';
import { namedFields } from './named-fields.ts';
import { readListed } from './read-listing.ts';
import { olderPart } from './reach-back.ts';
import type { PlannedEventType, PlannedSource } from './preview-report.ts';

type File = DiscoveredFile & { readonly id: number; readonly isToFetch: boolean };

/** What a sync would fetch of the event log, from the same list that it would begin with. */
export async function planEventLog(preview: Preview, source: EventLogSource): Promise<PlannedSource> {
  const cursor = preview.ledger?.windows.cursor(source.name);
  const from = cursor ? cursor.time - source.overlap : (preview.beginning(source.name) ?? null);
  const asked = preview.beginning(source.name);
  const older = cursor && preview.ledger ? olderPart(preview.ledger, source.name, asked) : undefined;
  const newer = await list(preview, source, from, null);
  const before = older ? await list(preview, source, older.from, older.to) : { files: [], listCalls: 0 };
  const files = [...before.files, ...newer.files];
  const listCalls = newer.listCalls + before.listCalls;
  const choice = preview.eventTypes ?? {};
  const types = Map.groupBy(toFetch(preview, source, files), ({ eventType }) => eventType);
  const eventTypes = [...types]
    .map(([eventType, some]) => planned(eventType, some, choice))
    .sort(
      (a, b) => Number(b.included) - Number(a.included) || b.bytes - a.bytes || (a.eventType < b.eventType ? -1 : 1),
    );
  const sum = (of: (type: PlannedEventType) => number): number =>
    eventTypes.filter(({ included }) => included).reduce((total, type) => total + of(type), 0);
  return {
    source: source.name,
    state: 'planned',
    records: null,
    files: sum((type) => type.files),
    bytes: sum((type) => type.bytes),
    calls: listCalls + sum((type) => type.calls),
    from: iso(older ? older.from : from),
    eventTypes,
  };
}

/** Fields that only orgs with hourly files have are asked for first, unless the ledger knows better. */
async function list(
  { door, ledger, signal }: Preview,
  source: EventLogSource,
  from: number | null,
  to: number | null,
): Promise<{ readonly files: readonly DiscoveredFile[]; readonly listCalls: number }> {
  const absent = new Set(ledger?.windows.absentFields(source.name, 0));
  for (;;) {
    const fields = eventLogFields(absent);
    const files: DiscoveredFile[] = [];
    let listCalls = 0;
    try {
      const options = { purpose: t('query {0}', source.object), ...(signal ? { signal } : {}) };
      for await (const page of door.query(eventLogQuery({ from, to }, fields), options)) {
        listCalls++;
        for (const entry of page.records) {
          const { file } = readListed(source.name, entry);
          if (file) files.push(file);
        }
      }
      return { files, listCalls };
    } catch (error) {
      const named = isRefusal(error, 'INVALID_FIELD') ? namedFields(error.cause, source.object, fields) : [];
      if (!named.some((field) => !EVENT_LOG_KEY.includes(field))) throw error;
      for (const field of named) absent.add(field);
    }
  }
}

/** Of what is listed and what the ledger still waits for: files that are not on disk, not pruned and not superseded. */
function toFetch({ ledger, now }: Preview, source: EventLogSource, listed: readonly DiscoveredFile[]): readonly File[] {
  const waiting = ledger?.files.eventLogFiles(source.name, 'discovered') ?? [];
  const before = ledger?.scope.prunedBefore(source.name, 'raw') ?? '';
  const excluded = ledger?.scope.excludedDays(source.name) ?? [];
  const byDay = Map.groupBy(listed, dayName);
  const days = new Map([...listed, ...waiting, ...excluded].map((day) => [dayName(day), day]));
  const wanted: File[] = [];
  for (const [key, { eventType, eventDate }] of days) {
    if (eventDate < before) continue;
    const files = new Map<string, File>();
    for (const [index, file] of (byDay.get(key) ?? []).entries())
      files.set(file.identity, { ...file, id: -1 - index, isToFetch: true });
    for (const file of ledger?.files.eventLogFilesOf(source.name, eventType, eventDate) ?? []) {
      const isToFetch = file.state === 'discovered' || file.state === 'excluded';
      // What has failed is tried again when it is due, and stands in for no other file.
      if (file.state === 'gone' || (file.nextTry ?? 0) > now) files.delete(file.identity);
      else files.set(file.identity, { ...file, isToFetch });
    }
    const all = [...files.values()];
    const superseded = new Set(supersededBy(unitsOf(all), all));
    wanted.push(...all.filter((file) => file.isToFetch && !superseded.has(file)));
  }
  return wanted;
}

function planned(eventType: string, files: readonly File[], choice: EventTypeChoice): PlannedEventType {
  const dates = files.map(({ eventDate }) => eventDate).sort();
  return {
    eventType,
    included: isWanted(choice, eventType),
    files: files.length,
    bytes: files.reduce((sum, { declaredBytes }) => sum + (declaredBytes ?? 0), 0),
    calls: files.length,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
  };
}
