/** One request as the org saw it. */
export interface Served {
  readonly method: string;
  readonly path: string;
  /** The query, where the request is one. */
  readonly soql?: string;
  /** What was asked for: `query`, `log-file`, `metadata-soap`, `oauth-token` … */
  readonly kind: string;
  /** From `Sforce-Call-Options: client=…` or SOAP CallOptions, else the User-Agent. */
  readonly client: string;
  /** Calls that Salesforce counts for it. */
  readonly calls: number;
  readonly status: number;
}

export interface TrafficReport {
  /** Requests of every kind. */
  readonly total: number;
  /** Calls that count against the allocation. */
  readonly counted: number;
  /** Requests per kind. */
  readonly byKind: Readonly<Record<string, number>>;
  /** Counted calls per client. */
  readonly byClient: Readonly<Record<string, number>>;
  /** Most requests that were open at the same time. */
  readonly mostAtOnce: number;
  /** The latest requests, oldest first. */
  readonly latest: readonly Served[];
}

const KEPT = 1000;

/** Counts what the org served: the truth that a client's own count is checked against. */
export class Traffic {
  #total = 0;
  #counted = 0;
  #byKind = new Map<string, number>();
  #byClient = new Map<string, number>();
  #open = 0;
  #mostAtOnce = 0;
  #latest: Served[] = [];

  begin(): void {
    this.#open++;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#open);
  }

  end(): void {
    this.#open--;
  }

  record(served: Served): void {
    this.#total++;
    this.#counted += served.calls;
    this.#byKind.set(served.kind, (this.#byKind.get(served.kind) ?? 0) + 1);
    if (served.calls > 0) this.#byClient.set(served.client, (this.#byClient.get(served.client) ?? 0) + served.calls);
    this.#latest.push(served);
    if (this.#latest.length > 2 * KEPT) this.#latest = this.#latest.slice(-KEPT);
  }

  report(): TrafficReport {
    return {
      total: this.#total,
      counted: this.#counted,
      byKind: Object.fromEntries(this.#byKind),
      byClient: Object.fromEntries(this.#byClient),
      mostAtOnce: this.#mostAtOnce,
      latest: this.#latest.slice(-KEPT),
    };
  }

  reset(): void {
    this.#total = 0;
    this.#counted = 0;
    this.#byKind.clear();
    this.#byClient.clear();
    this.#mostAtOnce = this.#open;
    this.#latest = [];
  }
}
