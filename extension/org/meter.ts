import { t } from '@vscode/l10n';
import { sleep, throwIfCancelled } from '../shared/abort.ts';
import type { CallAnswer, CallSnapshot, CallStore, QuotaDecision, QuotaPolicy, SeenUsage } from '../shared/calls.ts';
import type { Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { CallUsage } from './usage.ts';
import { decide, FRESH_MS, isUsageUnknown, PROBE_MS, QuotaPause, reserveOf, SILENT_CALLS } from './quota.ts';

export interface MeterOptions {
  readonly orgId: string;
  readonly calls: CallStore;
  readonly policy: QuotaPolicy;
  readonly clock: Clock;
  /** One request that asks the org for its usage; undefined when it does not tell. It is counted here. */
  readonly askUsage?: (signal: AbortSignal | undefined) => Promise<SeenUsage | undefined>;
}

/** What a response's headers told: the usage, or that they tell none; undefined when no response will come. */
export type Told = SeenUsage | 'silent' | undefined;

/** A call that was counted and may be sent. */
export interface MeteredCall {
  /** The response's headers came, or no response will. The first time counts. */
  settle(told?: Told): void;
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
  #asking: Promise<void> | undefined;
  #askedAt: number | undefined;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /**
   * Waits while calls in flight must be heard first. Where the org's answers do not tell its usage, asks for it.
   * @param mayAsk false for what comes before anything can be asked: a session
   * @throws OrgwatchError QUOTA_RESERVED with a QuotaPause as its cause; CANCELLED
   */
  async acquire(purpose: string, calls: number, signal?: AbortSignal, mayAsk = true): Promise<MeteredCall> {
    if (calls === 0) return { settle() {}, refuse: (forMs) => this.#pause(forMs) };
    const { policy } = this.#options;
    for (;;) {
      let mustAsk = false;
      const { decision, call } = this.#reserve(purpose, calls, (snapshot, now) => {
        mustAsk = mayAsk && this.#mustAsk(snapshot, now);
        return mustAsk ? { kind: 'wait' } : decide(snapshot, calls, policy, now);
      });
      if (decision.kind === 'allowed') return call;
      if (decision.kind === 'paused') throw reserved(new QuotaPause(decision.until, decision.guard), policy);
      if (mustAsk) await this.#askOnce(signal);
      else await this.#anySettled(signal);
      throwIfCancelled(signal);
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

  #reserve(
    purpose: string,
    calls: number,
    decision: (snapshot: CallSnapshot, now: number) => QuotaDecision,
  ): { readonly decision: QuotaDecision; readonly call: MeteredCall } {
    const { orgId, calls: store } = this.#options;
    const request = { orgId, calls, purpose, ...this.#time() };
    const reserved = store.reserve(request, (snapshot) => decision(snapshot, request.now));
    if (reserved.decision.kind === 'allowed') this.#session += calls;
    return { decision: reserved.decision, call: this.#call(reserved.id) };
  }

  /** Once an answer told nothing, and nothing that was told lately says what the org has used. */
  #mustAsk(snapshot: CallSnapshot, now: number): boolean {
    const { policy, askUsage } = this.#options;
    if (!askUsage || snapshot.silent === 0 || !isUsageUnknown(snapshot, policy, now)) return false;
    return this.#askedAt === undefined || Math.abs(now - this.#askedAt) >= FRESH_MS;
  }

  /** One asks for all; when it does not succeed, each finds out by itself what that means. */
  async #askOnce(signal: AbortSignal | undefined): Promise<void> {
    this.#asking ??= this.#ask(signal).finally(() => (this.#asking = undefined));
    await this.#asking.catch(() => undefined);
  }

  async #ask(signal: AbortSignal | undefined): Promise<void> {
    const { policy, clock, askUsage } = this.#options;
    const { decision, call } = this.#reserve('ask for the API limits', 1, (snapshot, now) =>
      decide(snapshot, 1, policy, now),
    );
    if (decision.kind === 'wait') return this.#anySettled(signal);
    try {
      if (decision.kind === 'allowed') call.settle((await askUsage?.(signal)) ?? 'silent');
    } finally {
      if (decision.kind === 'allowed') call.settle();
      // Others may still want to know.
      if (!signal?.aborted) this.#askedAt = clock.now();
    }
  }

  #call(id: number): MeteredCall {
    let settled = false;
    const settle = (answer: Omit<CallAnswer, 'now'>): void => {
      if (settled && answer.refusedUntil === undefined) return;
      settled = true;
      this.#options.calls.settle(this.#options.orgId, id, { ...this.#time(), ...answer });
      for (const wake of this.#waiting.splice(0)) wake();
    };
    return {
      settle: (told) => settle(told === 'silent' ? { silent: true } : told ? { usage: told } : {}),
      refuse: (forMs) => {
        const pause = this.#pause(forMs);
        settle({ refusedUntil: pause.until });
        return pause;
      },
    };
  }

  #time(): { readonly now: number; readonly steady: number | undefined } {
    const { clock } = this.#options;
    return { now: clock.now(), steady: clock.steady?.() };
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
    unknown: () =>
      t(
        'The org does not tell how many API calls it has left, neither with its answers (Sforce-Limit-Info) nor when its limits are asked for. Without that, Orgwatch makes {0} calls a day and one an hour; the next at {1}.',
        SILENT_CALLS,
        until,
      ),
  };
  const unknown = [
    t('Check that no proxy between here and Salesforce removes the header Sforce-Limit-Info.'),
    t('Give the user the permission View Setup and Configuration, so that the limits can be asked for.'),
  ];
  return new OrgwatchError('QUOTA_RESERVED', why[pause.guard](), {
    actions: [
      ...(pause.guard === 'unknown' ? unknown : []),
      t('Run the same command again then: it goes on where it stopped.'),
    ],
    retryable: true,
    cause: pause,
  });
}
