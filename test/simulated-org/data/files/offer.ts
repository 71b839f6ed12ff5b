import { makeId } from '../../ids.ts';
import type { Row } from '../../model.ts';
import { releaseOf } from '../events/event-type.ts';
import type { Column } from '../events/event-type.ts';
import { DAY, HOUR, restDate } from '../time.ts';
import { bodyLength, rowCount } from './body.ts';
import type { Segment } from './body.ts';

/** A file that the org has to offer from `createdAt` until `goneAt`. */
export interface Offer {
  readonly id: string;
  readonly eventType: string;
  readonly day: number;
  readonly hour: number | undefined;
  readonly sequence: number;
  readonly createdAt: number;
  readonly goneAt: number;
  readonly columns: readonly Column[];
  readonly header: string;
  readonly rows: number;
  /** Rows that Sequence 1 of the same hour holds already. */
  readonly redelivered: number;
  readonly length: number;
  readonly segments: () => readonly Segment[];
}

/** Adds rows at the end of an offer. */
export function withMore(offer: Offer, more: readonly Segment[]): Offer {
  if (more.length === 0) return offer;
  return {
    ...offer,
    rows: offer.rows + rowCount(more),
    length: offer.length + bodyLength('', more),
    segments: () => [...offer.segments(), ...more],
  };
}

/** Id of a file that is there by itself. */
export function plannedId(typeIndex: number, day: number, hour: number | undefined, version: number): string {
  return makeId('0AT', ((day * 64 + typeIndex) * 32 + (hour ?? 31)) * 8 + version);
}

/** Id of a file that was made on demand. */
export function amendedId(serial: number): string {
  return makeId('0AT', 5_000_000_000_000 + serial);
}

/** The EventLogFile row, without LogFile; without Interval and Sequence in orgs that have no hourly files. */
export function eventLogFileRow(offer: Offer, hourly: boolean, createdById: string): Row {
  const created = restDate(offer.createdAt);
  return {
    Id: offer.id,
    EventType: offer.eventType,
    ...(hourly ? { Interval: offer.hour === undefined ? 'Daily' : 'Hourly', Sequence: offer.sequence } : {}),
    LogDate: restDate(offer.day * DAY + (offer.hour ?? 0) * HOUR),
    LogFileLength: offer.length,
    LogFileContentType: 'text/csv',
    LogFileFieldNames: offer.columns.map((column) => column.name).join(','),
    LogFileFieldTypes: offer.columns.map((column) => column.type).join(','),
    ApiVersion: releaseOf(offer.day) % 2 === 0 ? 66 : 67,
    CreatedDate: created,
    CreatedById: createdById,
    LastModifiedDate: created,
    LastModifiedById: createdById,
    SystemModstamp: created,
    IsDeleted: false,
  };
}
