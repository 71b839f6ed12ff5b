import type { Dashboards } from './dashboard/dashboards.ts';
import type { HostBase } from './host-base.ts';
import type { Live } from './orgs/live.ts';
import type { Results } from './query/results.ts';

/** What commands share. */
export interface Host extends HostBase {
  /** Orgs, what goes on with them, and the schedule. */
  readonly live: Live;
  readonly results: Results;
  readonly dashboards: Dashboards;
}
