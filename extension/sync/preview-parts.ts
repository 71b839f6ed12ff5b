import type { Ledger } from '../lake/ledger.ts';
import type { Door } from '../org/door.ts';
import type { Beginning } from './backfill.ts';
import type { EventTypeChoice } from './event-types.ts';

/** What planning works with. */
export interface Preview {
  readonly door: Door;
  /** Undefined before the first sync. */
  readonly ledger: Ledger | undefined;
  readonly now: number;
  readonly beginning: Beginning;
  readonly eventTypes: EventTypeChoice | undefined;
  readonly signal: AbortSignal | undefined;
}
