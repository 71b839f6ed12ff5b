import { t } from '@vscode/l10n';
import { sleep } from '../shared/abort.ts';
import type { CallStore, QuotaPolicy, SeenUsage } from '../shared/calls.ts';
import type { Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { CallUsage } from './usage.ts';
import { decide, PROBE_MS, QuotaPause, reserveOf } from './quota.ts';

export interface MeterOptions {
  readonly orgId: string;
  readonly calls: CallStore;
  readonly policy: QuotaPolicy;
  readonly clock: Clock;
}

/** A call that was counted and may be sent. */
export interface MeteredCall {
  /** The response's headers came, with or without usage, or no response will. */
  settle(usage?: SeenUsage): void;
  /** The org refused the call for its limit; the pause that follows. */
  refuse(forMs: number): QuotaPause;
}

/** Other processes' calls in flight are looked at this often. */
const POLL_MS = 100;

/** Lets a request go out when the quota allows, counting it before it is sent. */
export class Meter {
  readonly #options: MeterOptions;
  #session = 0;
  #waiting: (() => void)[] = [];

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /**
   * Waits while calls in flight must be heard first.
   * @throws OrgwatchError QUOTA_RESERVED with a QuotaPause as its cause; CANCELLED
   */
  async acquire(purpose: string, calls: number, signal?: AbortSignal): Promise<MeteredCall> {
    if (calls === 0) return { settle() {}, refuse: (forMs) => this.#pause(forMs) };
    const { orgId, calls: store, policy, clock } = this.#options;
    for (;;) {
      const now = clock.now();
      const { decision, id } = store.reserve({ orgId, calls, purpose, now }, (snapshot) =>
        decide(snapshot, calls, policy, now),
      );
      if (decision.kind === 'allowed') {
        this.#session += calls;
        return this.#call(id);
      }
      if (decision.kind === 'paused') throw reserved(new QuotaPause(decision.until, decision.guard), policy);
      await this.#anySettled(signal);
    }
  }

  usage(): CallUsage {
    const { orgId, calls, policy, clock } = this.#options;
    const { own, seen, unseen } = calls.snapshot(orgId, clock.now());
    return {
      max: seen?.max,
      remaining: seen && seen.max - seen.used - unseen,
      own,
      reserve: seen && reserveOf(seen.max, policy),
      session: this.#session,
    };
  }

  #call(id: number): MeteredCall {
    let settled = false;
    const settle = (answer: { usage?: SeenUsage; refusedUntil?: number }): void => {
      if (settled && answer.refusedUntil === undefined) return;
      settled = true;
      this.#options.calls.settle(this.#options.orgId, id, { now: this.#options.clock.now(), ...answer });
      for (const wake of this.#waiting.splice(0)) wake();
    };
    return {
      settle: (usage) => settle(usage ? { usage } : {}),
      refuse: (forMs) => {
        const pause = this.#pause(forMs);
        settle({ refusedUntil: pause.until });
        return pause;
      },
    };
  }

  #pause(forMs: number): QuotaPause {
    return new QuotaPause(this.#options.clock.now() + forMs, 'refused');
  }

  async #anySettled(signal: AbortSignal | undefined): Promise<void> {
    const stop = new AbortController();
    const settled = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const ends = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    try {
      await Promise.race([settled, sleep(POLL_MS, ends)]);
    } finally {
      stop.abort();
    }
  }
}

/** How long nothing is sent after the org said that its daily limit is gone. */
export const REFUSED_MS = PROBE_MS;

function reserved(pause: QuotaPause, policy: QuotaPolicy): OrgwatchError {
  const until = new Date(pause.until).toISOString();
  const share = `${String(Math.round(policy.reserve * 100))} %`;
  const why = {
    refused: () => t('The org refused calls for its limit; none is sent before {0}.', until),
    own: () =>
      t(
        "Orgwatch has used its share of the org's API calls; the last {0} stay untouched. Goes on at {1}.",
        share,
        until,
      ),
    org: () => t('The org has little more than the reserved {0} of its API calls left. Goes on at {1}.', share, until),
    pace: () =>
      t(
        "Orgwatch has taken its share of this hour's API calls; the others are for the org's other applications. Goes on at {0}.",
        until,
      ),
  };
  return new OrgwatchError('QUOTA_RESERVED', why[pause.guard](), {
    actions: [t('Run the same command again then: it goes on where it stopped.')],
    retryable: true,
    cause: pause,
  });
}
