import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { PublishedUnit } from './worker.ts';

/** Names one publish unit. `eventType` is empty for sources without event types. */
export interface UnitKey {
  readonly source: string;
  readonly eventType: string;
  readonly eventDate: string;
  /** `all` for records; `day` or `hour-07` for event log files. */
  readonly part: string;
}

export interface Unit extends UnitKey {
  /** Absolute. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
  readonly columns: Readonly<Record<string, string>>;
  readonly misfits: number;
  readonly quarantined: number;
}

export interface UnitTotals {
  readonly rows: number;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
}

interface UnitRow extends Omit<Unit, 'columns'> {
  readonly columns: string;
}

const COLUMNS = `source, event_type AS eventType, event_date AS eventDate, part, path, rows, bytes,
  event_from AS eventFrom, event_to AS eventTo, columns, misfits, quarantined`;

/** Publish units: the Parquet files that readers see. */
export class LedgerUnits {
  readonly #database: DatabaseSync;
  readonly #folder: string;

  constructor(database: DatabaseSync, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  put(unit: Unit, now: number): void {
    const relative = path.relative(this.#folder, unit.path);
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO units (source, event_type, event_date, part, path, rows, bytes, event_from, event_to,
           columns, misfits, quarantined, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        unit.source,
        unit.eventType,
        unit.eventDate,
        unit.part,
        relative,
        unit.rows,
        unit.bytes,
        unit.eventFrom,
        unit.eventTo,
        JSON.stringify(unit.columns),
        unit.misfits,
        unit.quarantined,
        now,
      );
    this.#database.prepare('DELETE FROM garbage WHERE path = ?').run(relative);
  }

  /** Takes a unit out of the readers' sight; its file is to be deleted. */
  remove(unit: UnitKey): void {
    const { source, eventType, eventDate, part } = unit;
    this.#database
      .prepare(
        `INSERT OR IGNORE INTO garbage (path)
         SELECT path FROM units WHERE source = ? AND event_type = ? AND event_date = ? AND part = ?`,
      )
      .run(source, eventType, eventDate, part);
    this.#database
      .prepare('DELETE FROM units WHERE source = ? AND event_type = ? AND event_date = ? AND part = ?')
      .run(source, eventType, eventDate, part);
  }

  /** All units of one event type and date. */
  of(source: string, eventType: string, eventDate: string): readonly Unit[] {
    return this.#read('WHERE source = ? AND event_type = ? AND event_date = ?', source, eventType, eventDate);
  }

  /** What a query sees. */
  published(): readonly PublishedUnit[] {
    return this.#read('ORDER BY source, event_type, event_date, part').map((unit) => ({
      source: unit.source,
      eventType: unit.eventType || null,
      eventDate: unit.eventDate,
      path: unit.path,
      columns: unit.columns,
    }));
  }

  all(): readonly Unit[] {
    return this.#read('ORDER BY source, event_type, event_date, part');
  }

  totals(source: string): UnitTotals {
    return this.#database
      .prepare(
        `SELECT coalesce(sum(rows), 0) AS rows, min(event_from) AS eventFrom, max(event_to) AS eventTo
         FROM units WHERE source = ?`,
      )
      .get(source) as unknown as UnitTotals;
  }

  rowsByEventType(source: string): Readonly<Record<string, number>> {
    const rows = this.#database
      .prepare(
        `SELECT event_type AS type, sum(rows) AS rows FROM units WHERE source = ? AND event_type <> ''
         GROUP BY event_type ORDER BY event_type`,
      )
      .all(source) as unknown as { type: string; rows: number }[];
    return Object.fromEntries(rows.map(({ type, rows }) => [type, rows]));
  }

  /** Absolute paths of files to delete, and then to `forget`. */
  garbage(): readonly string[] {
    return this.#database
      .prepare('SELECT path FROM garbage')
      .all()
      .map((row) => path.join(this.#folder, String(row['path'])));
  }

  forget(file: string): void {
    this.#database.prepare('DELETE FROM garbage WHERE path = ?').run(path.relative(this.#folder, file));
  }

  #read(clauses: string, ...values: string[]): readonly Unit[] {
    const rows = this.#database
      .prepare(`SELECT ${COLUMNS} FROM units ${clauses}`)
      .all(...values) as unknown as UnitRow[];
    return rows.map((row) => ({
      ...row,
      path: path.join(this.#folder, row.path),
      columns: JSON.parse(row.columns) as Record<string, string>,
    }));
  }
}
