import type { DatabaseSync } from 'node:sqlite';
import { HOUR, MINUTE } from '../shared/utc.ts';

/** What keeps failing: an event log file, or a window of records. */
export type AsideId = { readonly rawId: number } | { readonly windowId: number };

/** One such item, and how it has fared; times in ms since 1970. */
export interface AsideItem {
  readonly source: string;
  /** Of an event log file: its type, interval, date and Id; null for a window. */
  readonly file: {
    readonly id: number;
    readonly eventType: string;
    readonly interval: string;
    readonly eventDate: string;
    readonly salesforceId: string;
    readonly identity: string;
  } | null;
  /** Of a window: what of it is still to come; null: open. Null for a file. */
  readonly span: { readonly id: number; readonly from: number | null; readonly to: number | null } | null;
  readonly since: number;
  /** Syncs in which it failed. */
  readonly tries: number;
  readonly nextTry: number;
  readonly reason: string;
}

/** Salesforce keeps some event log files for a day only, so that even what fails for long is tried every few hours. */
const LONGEST_MS = 6 * HOUR;

/** How long after the last of so many tries there is another one, ms. */
export function delayAfter(tries: number): number {
  return Math.min(LONGEST_MS, 15 * MINUTE * 2 ** Math.min(tries - 1, 20));
}

/** What was put aside so that it keeps nothing else from coming. A file that comes, or is gone, is no longer here. */
export class LedgerAside {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Notes that an item has failed once more. */
  put(source: string, item: AsideId, reason: string, now: number): void {
    const [raw, window] = 'rawId' in item ? [item.rawId, null] : [null, item.windowId];
    const before = this.#database
      .prepare('SELECT since, tries FROM aside WHERE raw_id IS ? AND window_id IS ?')
      .get(raw, window);
    const tries = Number(before?.['tries'] ?? 0) + 1;
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO aside (source, raw_id, window_id, since, tries, next_try, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(source, raw, window, Number(before?.['since'] ?? now), tries, now + delayAfter(tries), reason);
  }

  /** Takes the delay off: what kept these from coming was not in them. */
  tryAgain(items: readonly AsideId[], now: number): void {
    const file = this.#database.prepare('UPDATE aside SET next_try = min(next_try, ?) WHERE raw_id = ?');
    const window = this.#database.prepare('UPDATE aside SET next_try = min(next_try, ?) WHERE window_id = ?');
    for (const item of items) {
      if ('rawId' in item) file.run(now, item.rawId);
      else window.run(now, item.windowId);
    }
  }

  /** When a window is to be tried again, ms; undefined where it has not failed. */
  nextTryOf(windowId: number): number | undefined {
    const row = this.#database.prepare('SELECT next_try FROM aside WHERE window_id = ?').get(windowId);
    return row && Number(row['next_try']);
  }

  /** What is aside of a source, the longest first. */
  of(source: string): readonly AsideItem[] {
    return this.#database
      .prepare(
        `SELECT aside.source, since, tries, next_try, reason, raw_id, event_type, interval, event_date, salesforce_id,
           identity, window_id, coalesce(position_time, from_time) AS from_time, to_time
         FROM aside LEFT JOIN raw_files ON raw_files.id = raw_id LEFT JOIN windows ON windows.id = window_id
         WHERE aside.source = ? ORDER BY since, raw_id, window_id`,
      )
      .all(source)
      .map((row) => ({
        source: String(row['source']),
        file:
          row['raw_id'] === null
            ? null
            : {
                id: Number(row['raw_id']),
                eventType: String(row['event_type']),
                interval: String(row['interval']),
                eventDate: String(row['event_date']),
                salesforceId: String(row['salesforce_id']),
                identity: String(row['identity']),
              },
        span:
          row['window_id'] === null
            ? null
            : {
                id: Number(row['window_id']),
                from: numberOrNull(row['from_time']),
                to: numberOrNull(row['to_time']),
              },
        since: Number(row['since']),
        tries: Number(row['tries']),
        nextTry: Number(row['next_try']),
        reason: String(row['reason']),
      }));
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
