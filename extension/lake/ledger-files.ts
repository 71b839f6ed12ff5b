import type { DatabaseSync } from 'node:sqlite';

export type RawState = 'discovered' | 'landed' | 'published' | 'superseded' | 'gone' | 'pruned' | 'excluded';

/** An event log file as the org lists it. */
export interface DiscoveredFile {
  readonly source: string;
  readonly identity: string;
  readonly eventType: string;
  readonly eventDate: string;
  readonly salesforceId: string;
  readonly interval: 'Daily' | 'Hourly';
  readonly sequence: number;
  readonly logDate: number;
  readonly createdDate: number;
  readonly fieldNames: string | null;
  readonly fieldTypes: string | null;
  readonly declaredBytes: number | null;
}

/** What landing found out. */
export interface LandedBytes {
  /** Relative to the org's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly storedBytes: number;
}

/** A response page of records that lies on disk. */
export interface LandedPage extends LandedBytes {
  readonly source: string;
  /** Tells it from other pages of the source; default: its bytes do. */
  readonly identity?: string;
  readonly rows: number;
  readonly eventFrom: number;
  readonly eventTo: number;
}

export interface EventLogRawFile extends DiscoveredFile {
  readonly id: number;
  readonly state: RawState;
  readonly path: string | null;
  readonly bytes: number | null;
  /** When it is to be tried again, ms, where it has failed so far; else null. */
  readonly nextTry: number | null;
}

export interface PageRawFile {
  readonly id: number;
  readonly state: RawState;
  readonly path: string;
  readonly bytes: number;
  /** Entries in it. */
  readonly rows: number;
  readonly eventFrom: number;
  readonly eventTo: number;
}

export interface FileTotals {
  readonly files: number;
  readonly bytes: number;
  readonly storedBytes: number;
  /** Listed, not fetched yet, and not aside. */
  readonly toFetch: number;
  /** Listed, and put aside because they keep failing. */
  readonly aside: number;
  /** On disk, and not in the lake yet. */
  readonly unpublished: number;
}

const EVENT_LOG_COLUMNS = `id, state, source, identity, event_type AS eventType, event_date AS eventDate,
  salesforce_id AS salesforceId, interval, sequence, log_date AS logDate, created_date AS createdDate,
  field_names AS fieldNames, field_types AS fieldTypes, declared_bytes AS declaredBytes, path, bytes,
  (SELECT next_try FROM aside WHERE raw_id = raw_files.id) AS nextTry`;

/** Raw files, from the moment they are known of. */
export class LedgerFiles {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Notes a file of the org; false when it was known. */
  discover(file: DiscoveredFile, now: number): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO raw_files (source, identity, state, event_type, event_date, salesforce_id, interval, sequence,
           log_date, created_date, field_names, field_types, declared_bytes, discovered_at)
         VALUES (?, ?, 'discovered', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        file.source,
        file.identity,
        file.eventType,
        file.eventDate,
        file.salesforceId,
        file.interval,
        file.sequence,
        file.logDate,
        file.createdDate,
        file.fieldNames,
        file.fieldTypes,
        file.declaredBytes,
        now,
      );
    return Number(changes) > 0;
  }

  /** How old an event log file of a source has been that the org listed for the first time, in ms; 0: none was. */
  longestKept(source: string): number {
    const row = this.#database
      .prepare('SELECT max(discovered_at - created_date) AS age FROM raw_files WHERE source = ?')
      .get(source);
    return Number(row?.['age'] ?? 0);
  }

  /** A discovered file lies on disk. */
  land(id: number, landed: LandedBytes, now: number): void {
    this.#database
      .prepare(
        `UPDATE raw_files SET state = 'landed', path = ?, sha256 = ?, bytes = ?, stored_bytes = ?, landed_at = ? WHERE id = ?`,
      )
      .run(landed.path, landed.sha256, landed.bytes, landed.storedBytes, now, id);
  }

  /** A page of records lies on disk; false when the very same page was there before. */
  landPage(page: LandedPage, now: number): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO raw_files (source, identity, state, path, sha256, bytes, stored_bytes, rows, event_from, event_to,
           discovered_at, landed_at) VALUES (?1, ?10, 'landed', ?3, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?9) ON CONFLICT DO NOTHING`,
      )
      .run(
        page.source,
        page.sha256,
        page.path,
        page.bytes,
        page.storedBytes,
        page.rows,
        page.eventFrom,
        page.eventTo,
        now,
        page.identity ?? page.sha256,
      );
    return Number(changes) > 0;
  }

  mark(files: readonly { readonly id: number }[], state: RawState): void {
    const statement = this.#database.prepare('UPDATE raw_files SET state = ? WHERE id = ?');
    for (const { id } of files) statement.run(state, id);
  }

  /** Event log files in a state, oldest CreatedDate first. */
  eventLogFiles(source: string, state: 'discovered' | 'landed'): readonly EventLogRawFile[] {
    return this.#database
      .prepare(
        `SELECT ${EVENT_LOG_COLUMNS} FROM raw_files WHERE source = ? AND state = ? AND state IN ('discovered', 'landed')
         ORDER BY created_date, id`,
      )
      .all(source, state) as unknown as EventLogRawFile[];
  }

  /** Every file of one event type and date that the org ever listed, oldest CreatedDate first. */
  eventLogFilesOf(source: string, eventType: string, eventDate: string): readonly EventLogRawFile[] {
    return this.#database
      .prepare(
        `SELECT ${EVENT_LOG_COLUMNS} FROM raw_files WHERE source = ? AND event_type = ? AND event_date = ?
         ORDER BY created_date, salesforce_id`,
      )
      .all(source, eventType, eventDate) as unknown as EventLogRawFile[];
  }

  /** Pages that are not in the lake yet, as they landed. */
  landedPages(source: string): readonly PageRawFile[] {
    return this.#pages(`source = ? AND state = 'landed' AND state IN ('discovered', 'landed')`, source);
  }

  /** Pages with records between two times, as they landed. */
  pagesBetween(source: string, from: number, before: number): readonly PageRawFile[] {
    return this.#pages('source = ? AND event_to >= ? AND event_from < ?', source, from, before);
  }

  totals(source: string): FileTotals {
    return this.#database
      .prepare(
        `SELECT count(path) AS files, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(stored_bytes), 0) AS storedBytes,
           count(*) FILTER (WHERE state = 'discovered' AND id NOT IN (SELECT raw_id FROM aside WHERE raw_id IS NOT NULL)) AS toFetch,
           count(*) FILTER (WHERE state = 'discovered' AND id IN (SELECT raw_id FROM aside WHERE raw_id IS NOT NULL)) AS aside,
           count(*) FILTER (WHERE state = 'landed') AS unpublished
         FROM raw_files WHERE source = ?`,
      )
      .get(source) as unknown as FileTotals;
  }

  #pages(where: string, ...values: (string | number)[]): readonly PageRawFile[] {
    return this.#database
      .prepare(
        `SELECT id, state, path, bytes, rows, event_from AS eventFrom, event_to AS eventTo
         FROM raw_files WHERE ${where} ORDER BY id`,
      )
      .all(...values) as unknown as PageRawFile[];
  }
}
