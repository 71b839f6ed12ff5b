import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { storedNames, storedTexts } from './database-errors.ts';
import { quarantineOf } from './paths.ts';
import type { PublishedUnit } from './worker.ts';

/** Names one publish unit. `eventType` is empty for sources without event types. */
export interface UnitKey {
  readonly source: string;
  readonly eventType: string;
  readonly eventDate: string;
  /** `all` for records; `day` or `hour-07` for event log files. */
  readonly part: string;
}

/** All that there is of one event type and date. */
export type Day = Pick<UnitKey, 'eventType' | 'eventDate'>;

export interface Unit extends UnitKey {
  /** Absolute: of its own file, also where its rows are in a bundle. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
  readonly columns: Readonly<Record<string, string>>;
  readonly misfits: number;
  readonly quarantined: number;
}

/** A unit as the ledger lists it. */
export interface ListedUnit extends Unit {
  /** Absolute path of the bundle that has its rows; null: they are in a file of its own. */
  readonly bundle: string | null;
}

export interface UnitTotals {
  readonly rows: number;
  readonly eventFrom: number | null;
  readonly eventTo: number | null;
}

interface UnitRow extends Omit<ListedUnit, 'columns'> {
  readonly columns: string;
}

const COLUMNS = `source, event_type AS eventType, event_date AS eventDate, part, path, rows, bytes,
  event_from AS eventFrom, event_to AS eventTo, columns, misfits, quarantined, bundle`;

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
        `INSERT INTO units (source, event_type, event_date, part, path, rows, bytes, event_from, event_to,
           columns, misfits, quarantined, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (source, event_type, event_date, part) DO UPDATE SET path = excluded.path, rows = excluded.rows,
           bytes = excluded.bytes, event_from = excluded.event_from, event_to = excluded.event_to,
           columns = excluded.columns, misfits = excluded.misfits, quarantined = excluded.quarantined,
           published_at = excluded.published_at, bundle = NULL`,
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
  of(source: string, eventType: string, eventDate: string): readonly ListedUnit[] {
    return this.#read('WHERE source = ? AND event_type = ? AND event_date = ?', source, eventType, eventDate);
  }

  /** All units of one event type. */
  ofType(source: string, eventType: string): readonly ListedUnit[] {
    return this.#read('WHERE source = ? AND event_type = ? ORDER BY event_date, part', source, eventType);
  }

  /** What a query sees: files of units, and bundles. */
  published(): readonly PublishedUnit[] {
    const units = this.#read('WHERE bundle IS NULL ORDER BY source, event_type, event_date, part').map(
      ({ source, eventType, eventDate, path, columns, quarantined }) => ({
        source,
        eventType: eventType || null,
        eventDate,
        path,
        columns,
        ...(quarantined > 0 ? { quarantine: quarantineOf(path) } : {}),
      }),
    );
    return [...units, ...this.#bundles()];
  }

  all(): readonly ListedUnit[] {
    return this.#read('ORDER BY source, event_type, event_date, part');
  }

  #bundles(): readonly PublishedUnit[] {
    const rows = this.#database
      .prepare(
        `SELECT source, event_type AS eventType, path, columns, units,
           (SELECT json_group_array(event_date || '/' || part) FROM units WHERE bundle = bundles.path) AS live
         FROM bundles ORDER BY source, event_type, path`,
      )
      .all() as unknown as (Omit<UnitRow, 'rows'> & { readonly units: number; readonly live: string })[];
    return rows.map(({ source, eventType, path: file, columns, units, live: list }) => {
      const live = storedTexts(list).toSorted();
      return {
        source,
        eventType: eventType || null,
        eventDate: live[0]?.slice(0, 10) ?? '',
        path: path.join(this.#folder, file),
        columns: storedNames(columns),
        bundle: { only: live.length === units ? null : live },
      };
    });
  }

  totals(source: string): UnitTotals {
    return this.#database
      .prepare(
        `SELECT coalesce((SELECT rows FROM unit_rows WHERE source = ?1), 0) AS rows,
           (SELECT min(event_from) FROM units WHERE source = ?1) AS eventFrom,
           (SELECT max(event_to) FROM units WHERE source = ?1) AS eventTo`,
      )
      .get(source) as unknown as UnitTotals;
  }

  /** What of a source is not as Salesforce declares it: values kept as text, and records in quarantine. */
  unfit(source: string): { readonly misfits: number; readonly quarantined: number } {
    return this.#database
      .prepare(
        `SELECT coalesce(sum(misfits), 0) AS misfits, coalesce(sum(quarantined), 0) AS quarantined
         FROM units WHERE source = ?`,
      )
      .get(source) as unknown as { misfits: number; quarantined: number };
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

  #read(clauses: string, ...values: string[]): readonly ListedUnit[] {
    const rows = this.#database
      .prepare(`SELECT ${COLUMNS} FROM units ${clauses}`)
      .all(...values) as unknown as UnitRow[];
    return rows.map((row) => ({
      ...row,
      path: path.join(this.#folder, row.path),
      bundle: row.bundle === null ? null : path.join(this.#folder, row.bundle),
      columns: storedNames(row.columns),
    }));
  }
}
