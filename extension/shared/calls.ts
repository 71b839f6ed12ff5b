/** An org's daily API allocation, as `Sforce-Limit-Info` tells it: calls of all applications in the last 24 h. */
export interface SeenUsage {
  readonly used: number;
  readonly max: number;
}

/** What is known of an org's API calls at one moment; the quota decides on it. Counts are in calls, times in ms since 1970. */
export interface CallSnapshot {
  /** Own calls of the last 24 h on this machine, those in flight included. */
  readonly own: number;
  /** Own calls of the last hour, those in flight included. */
  readonly ownLately: number;
  /** Own calls whose response has not come yet. */
  readonly inFlight: number;
  /** The newest usage that a response told, and when it came. */
  readonly seen: (SeenUsage & { readonly at: number }) | undefined;
  /** Own calls that `seen` may not include: sent later, or still in flight. */
  readonly unseen: number;
  /** Own calls since `seen`, or of the last 24 h, that the org answered without telling its usage. */
  readonly silent: number;
  /** Calls of others per ms, as the latest answers told; fades while nothing is told. */
  readonly othersRate: number;
  /** From sending to answer, ms, of the call that told `seen`. */
  readonly took: number;
  /** The org refused a call for its limit; none is sent before this time. */
  readonly refusedUntil: number | undefined;
  /** When the nth oldest own call of the last `span` ms becomes older than that; undefined when there are fewer. */
  readonly freesAt: (n: number, span: number) => number | undefined;
}

export type QuotaGuard = 'org' | 'own';

export interface QuotaPolicy {
  /** `org`: both guards. `own`: only that own calls stay below the allocation less the reserve. */
  readonly guard: QuotaGuard;
  /** Share of the allocation that is always left, 0 to 1. */
  readonly reserve: number;
  /** Daily allocation that the user has stated, for an org that tells none; own calls leave the reserve of it. */
  readonly allocation?: number | undefined;
}

/** What closed: a guard, the pace of a catch-up, the org itself, or that it does not tell its usage. */
export type PauseGuard = QuotaGuard | 'pace' | 'refused' | 'unknown';

export type QuotaDecision =
  | { readonly kind: 'allowed' }
  /** Ask again when a call in flight has been answered. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'paused'; readonly until: number; readonly guard: PauseGuard };

export interface CallRequest {
  readonly orgId: string;
  /** How many calls Salesforce counts for the request. */
  readonly calls: number;
  readonly purpose: string;
  readonly now: number;
  /** See Clock.steady. */
  readonly steady?: number | undefined;
}

/** What became of a call. */
export interface CallAnswer {
  readonly now: number;
  /** See Clock.steady. */
  readonly steady?: number | undefined;
  readonly usage?: SeenUsage | undefined;
  /** The org answered, and told no usage. */
  readonly silent?: boolean | undefined;
  readonly refusedUntil?: number | undefined;
}

/** Own calls per org, durable and shared by every process on this machine. */
export interface CallStore extends Disposable {
  /** Decides and, when allowed, records the calls, all in one transaction; the id is for `settle`. */
  reserve(
    request: CallRequest,
    decide: (snapshot: CallSnapshot) => QuotaDecision,
  ): { readonly decision: QuotaDecision; readonly id: number };
  /** The response came, or never will: the calls stay counted but are no longer in flight. */
  settle(orgId: string, id: number, answer: CallAnswer): void;
  snapshot(orgId: string, now: number): CallSnapshot;
}
