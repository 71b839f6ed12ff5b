/** What the lake worker finds out for the proof of a lake. */

/** A raw file to be read from end to end. */
export interface RawFile {
  /** Absolute. */
  readonly path: string;
  readonly format: 'event-log-csv' | 'records';
}

/** A file that cannot be read to its end, and why. */
export interface Unreadable {
  readonly path: string;
  readonly problem: string;
}

export interface RawMeasure {
  readonly path: string;
  /** Of the bytes as Salesforce sent them, and how many. */
  readonly sha256: string;
  readonly bytes: number;
  /** Records in a CSV file; null where they cannot be counted with certainty, as where a quote is out of place. */
  readonly records: number | null;
}

export interface ParquetFacts {
  readonly path: string;
  readonly rows: number;
  /** Distinct event keys. */
  readonly events: number;
  /** ISO 8601. */
  readonly from: string | null;
  readonly to: string | null;
  readonly misfits: number;
}

/** What a bundle holds of one unit. */
export interface BundledUnit extends Omit<ParquetFacts, 'path'> {
  readonly eventDate: string;
  readonly part: string;
}

export interface BundleFacts extends ParquetColumns {
  readonly path: string;
  readonly units: readonly BundledUnit[];
}

export interface ParquetColumns {
  /** Column name → DuckDB type. */
  readonly columns: Readonly<Record<string, string>>;
  /** Of event log files: the type that the rows carry. */
  readonly eventType: string | null;
}

/** What the raw files of a publish job hold, counted in another way than publishing does. */
export interface RowCount {
  /** Distinct events by UTC date. */
  readonly events: Readonly<Record<string, number>>;
  /** Of pages: entries that are no records, by the UTC date beside which they are kept in quarantine. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Of event log files: rows by id of their raw file; the rest of its records is in quarantine. */
  readonly records: Readonly<Record<string, number>>;
}

export function isUnreadable(found: object): found is Unreadable {
  return 'problem' in found;
}
