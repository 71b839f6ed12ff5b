import type { CallStore, QuotaPolicy } from '../shared/calls.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { silentLog, type Log } from '../shared/log.ts';
import { openAuthorization, type Authorization } from './authorization.ts';
import type { Door } from './door.ts';
import { MeteredDoor } from './metered-door.ts';
import { DEFAULT_POLICY } from './quota.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';
import { DEFAULT_TIMEOUTS, Transport, type Timeouts } from './transport.ts';

export interface DoorOptions {
  /** Where own calls are counted: `openCalls()` of the lake. The caller disposes of it. */
  readonly calls: CallStore;
  readonly quota?: Partial<QuotaPolicy> | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly timeouts?: Timeouts | undefined;
}

/**
 * The door to the org that `sf` knows as `target` (an alias or username; sf's target-org when undefined). Makes no request.
 * @throws OrgwatchError ORG_UNKNOWN
 */
export async function openDoor(target: string | undefined, options: DoorOptions): Promise<Door> {
  return doorFor(await openAuthorization(target), options);
}

/** The door for a login at hand. */
export function doorFor(authorization: Authorization, options: DoorOptions): Door {
  const { calls, quota, clock = systemClock, log = silentLog } = options;
  return new MeteredDoor({
    authorization,
    quota: { orgId: authorization.identity.orgId, calls, policy: { ...DEFAULT_POLICY, ...quota }, clock },
    transport: new Transport(options.timeouts ?? DEFAULT_TIMEOUTS),
    retry: options.retry ?? DEFAULT_RETRY,
    clock,
    log,
  });
}
