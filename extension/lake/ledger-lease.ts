import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { isProcessAlive, processSpace } from './process-alive.ts';

/** A holder that was not heard of for this long is taken for dead. */
export const LEASE_STALE_MS = 60_000;

export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
  readonly acquiredAt: number;
}

interface LeaseRow {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly process_space: string;
  readonly acquired_at: number;
  readonly heartbeat_at: number;
}

const SPACE = processSpace();

/** Leases that this process holds. One that bears its pid and is not here was left by a process of the same number. */
const held = new Set<string>();

/** Who is syncing this org: one process at a time. */
export class LedgerLease {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes the lease inside of a transaction: the token that holds it, or who holds it already. */
  acquire(now: number): { readonly token: string } | { readonly holder: LeaseHolder } {
    const holder = this.holder(now);
    if (holder) return { holder };
    const token = randomUUID();
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO leases (name, token, pid, host, process_space, acquired_at, heartbeat_at)
         VALUES ('sync', ?, ?, ?, ?, ?, ?)`,
      )
      .run(token, process.pid, os.hostname(), SPACE, now, now);
    held.add(token);
    return { token };
  }

  /** Says that the holder lives; false when the lease is no longer its own. */
  heartbeat(token: string, now: number): boolean {
    const { changes } = this.#database
      .prepare(`UPDATE leases SET heartbeat_at = ? WHERE name = 'sync' AND token = ?`)
      .run(now, token);
    return Number(changes) > 0;
  }

  release(token: string): void {
    held.delete(token);
    this.#database.prepare(`DELETE FROM leases WHERE name = 'sync' AND token = ?`).run(token);
  }

  /** The living holder, if there is one. */
  holder(now: number): LeaseHolder | undefined {
    const row = this.#database.prepare(`SELECT * FROM leases WHERE name = 'sync'`).get() as LeaseRow | undefined;
    if (!row || !isAlive(row, now)) return undefined;
    return { pid: row.pid, host: row.host, acquiredAt: row.acquired_at };
  }
}

function isAlive(row: LeaseRow, now: number): boolean {
  // A heartbeat from the future is as good as none: the clock was set back since.
  if (Math.abs(now - row.heartbeat_at) > LEASE_STALE_MS) return false;
  // Only where its process id means what it means here can a holder be found dead before its heartbeat stops.
  if (SPACE === '' || row.process_space !== SPACE) return true;
  return row.pid === process.pid ? held.has(row.token) : isProcessAlive(row.pid);
}
