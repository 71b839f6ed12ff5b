import { cellOf } from '../events/event-type.ts';
import type { Column, LogEvent } from '../events/event-type.ts';
import { rowLine } from './csv.ts';

/** One row as it stands in a file. */
export interface LogRow {
  readonly at: number;
  readonly line: string;
  readonly bytes: number;
  /** Cells that may differ between copies of the row, as they stand in `line`. */
  readonly timestamp: string;
  readonly timestampDerived: string;
  readonly requestId: string;
}

export function logRow(columns: readonly Column[], event: LogEvent): LogRow {
  const line = rowLine(columns, event);
  return {
    at: event.at,
    line,
    bytes: Buffer.byteLength(line),
    timestamp: cellOf(event, 'TIMESTAMP'),
    timestampDerived: cellOf(event, 'TIMESTAMP_DERIVED'),
    requestId: cellOf(event, 'REQUEST_ID'),
  };
}

export function totalBytes(rows: readonly LogRow[]): number {
  return rows.reduce((sum, row) => sum + row.bytes, 0);
}
