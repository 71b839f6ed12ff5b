import type { DatasetChange } from '../../model.ts';
import { cellOf, releaseOf } from '../events/event-type.ts';
import type { Column, LogEvent } from '../events/event-type.ts';
import { eventTypes } from '../events/registry.ts';
import { randomFor } from '../random.ts';
import { DAY, HOUR, dayOf, logTimestamp, logTimestampDerived } from '../time.ts';
import type { Amendments } from './amendments.ts';
import type { DayLogs } from './day-log.ts';
import { sharedColumns } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { logRow, totalBytes } from './log-row.ts';
import type { LogRow } from './log-row.ts';

export type FileChange = Extract<DatasetChange, { readonly eventType: string }>;

export interface ChangeContext {
  readonly seed: number;
  readonly amendments: Amendments;
  readonly inventory: Inventory;
  readonly logs: DayLogs;
  readonly freeOnly: boolean;
  /** 15 characters. */
  readonly organizationId: string;
}

const LOOK_BACK_DAYS = 14;
const FILLER_ROWS = 400;

/**
 * Changes event log files as of `now`.
 * @throws RangeError for an hour or a date that cannot be read
 */
export function changeFiles(context: ChangeContext, change: FileChange, now: number): void {
  switch (change.kind) {
    case 'late-hourly':
      return addLateFile(context, change, now);
    case 'regenerate-daily':
      return regenerateDaily(context, change.eventType, dayOf(instant(change.date)), change.count, 0, now);
    case 'large-file':
      return regenerateDaily(
        context,
        change.eventType,
        largeFileDay(context, change.eventType, now),
        0,
        change.bytes,
        now,
      );
  }
}

function addLateFile(
  context: ChangeContext,
  change: Extract<FileChange, { readonly kind: 'late-hourly' }>,
  now: number,
): void {
  const start = Math.floor(instant(change.hour) / HOUR) * HOUR;
  const day = dayOf(start);
  const hour = Math.floor((start - day * DAY) / HOUR);
  const serial = context.amendments.nextSerial();
  const amendment = context.amendments.of(change.eventType, day);
  const planned = context.inventory.day(day).find(({ type }) => type.name === change.eventType)?.hourly ?? [];
  const sequences = [...planned, ...amendment.late]
    .filter((file) => file.hour === hour)
    .map(({ sequence }) => sequence);
  const rows = inventRows(context, change.eventType, day, change.count, { start, length: HOUR, serial });
  amendment.late.push({ hour, sequence: Math.max(0, ...sequences) + 1, createdAt: now, rows, serial });
}

function regenerateDaily(
  context: ChangeContext,
  eventType: string,
  day: number,
  count: number,
  bytes: number,
  now: number,
): void {
  const serial = context.amendments.nextSerial();
  const amendment = context.amendments.of(eventType, day);
  const span = { start: day * DAY, length: DAY, serial };
  const added = [...(amendment.regenerated?.added ?? [])];
  if (count > 0) added.push({ rows: inventRows(context, eventType, day, count, span), copies: 1 });
  if (bytes > 0) {
    const rows = inventRows(context, eventType, day, FILLER_ROWS, span);
    added.push({ rows, copies: Math.ceil(bytes / totalBytes(rows)) });
  }
  amendment.regenerated = { createdAt: now, added, serial };
}

/** Yesterday, or the day before the last one that has a large file of the type already. */
function largeFileDay(context: ChangeContext, eventType: string, now: number): number {
  let day = dayOf(now) - 1;
  while (context.amendments.find(eventType, day)?.regenerated?.added.some(({ copies }) => copies > 1) === true) day--;
  return day;
}

function instant(text: string): number {
  const at = Date.parse(/^\d{4}-\d\d-\d\dT\d\d$/.test(text) ? `${text}:00Z` : text);
  if (Number.isNaN(at)) throw new RangeError(`"${text}" is not a date or an hour in ISO 8601`);
  return at;
}

interface Span {
  readonly start: number;
  readonly length: number;
  readonly serial: number;
}

/** Rows that look like the type's own, each with an instant of the span and a request id of its own, ascending. */
function inventRows(context: ChangeContext, eventType: string, day: number, count: number, span: Span): LogRow[] {
  const random = randomFor(context.seed, 'invented', span.serial);
  const { columns, models } = modelsOf(context, eventType, day);
  return Array.from({ length: count }, (_, index) => {
    const at = span.start + Math.floor(((index + random.next()) / count) * span.length);
    const model = models[index % models.length] as LogEvent;
    const timestamp = logTimestamp(at);
    const cells = {
      ...model.cells,
      TIMESTAMP: cellOf(model, 'TIMESTAMP').length === 14 ? timestamp.slice(0, 14) : timestamp,
      TIMESTAMP_DERIVED: logTimestampDerived(at),
      REQUEST_ID: random.text(22),
    };
    return logRow(columns, { at, cells, shared: model.shared });
  });
}

function modelsOf(
  context: ChangeContext,
  eventType: string,
  day: number,
): { columns: readonly Column[]; models: readonly LogEvent[] } {
  const type = eventTypes.find(({ name, free }) => name === eventType && (free || !context.freeOnly));
  if (type !== undefined) {
    for (let back = 0; back <= LOOK_BACK_DAYS; back++) {
      const events = type.events(context.logs.day(day - back));
      if (events.length > 0) return { columns: type.columns(releaseOf(day)), models: events };
    }
  }
  const cells = { EVENT_TYPE: eventType, ORGANIZATION_ID: context.organizationId };
  const model = { at: day * DAY, cells, shared: {} };
  return { columns: type?.columns(releaseOf(day)) ?? sharedColumns, models: [model] };
}
