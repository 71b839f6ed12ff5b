import { isBeyondOffset, isTooWide } from './query-faults.ts';

const faultKinds = [
  'latency',
  '500',
  '503',
  '429',
  'query-timeout',
  'other-length',
  'offset-limit',
  'reset',
  'truncated',
  'corrupt-gzip',
  'trickle',
  'expired-session',
  'expired-locator',
  'request-limit',
  'no-limit-info',
  'malformed-limit-info',
  'echo',
  'answer',
  'refuse',
  'edge',
  'maintenance',
  'moved',
  'missing-field',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault to switch on, as `POST /faults` takes it. */
export interface FaultInput {
  readonly kind: FaultKind;
  /** Regular expression over path and query; default: every request. */
  readonly path?: string;
  /** How many requests it strikes; default: until switched off, once for what expires. */
  readonly count?: number;
  /** Matching requests to let through first. */
  readonly after?: number;
  /** `latency`: delay before the answer. */
  readonly milliseconds?: number;
  /** `trickle`: speed of the body. */
  readonly bytesPerSecond?: number;
  /** `reset` and `truncated`: bytes of the body that still arrive; default: all but the last half chunk. */
  readonly afterBytes?: number;
  /** `503` and `429`: value of Retry-After, in seconds. */
  readonly retryAfter?: number;
  /** `query-timeout`: only queries whose condition spans more than so many milliseconds; what has no condition spans all. */
  readonly widerThan?: number;
  /** `query-timeout`: only queries whose condition includes this moment, in ISO 8601. */
  readonly reaching?: string;
  /** `other-length`: added to every LogFileLength that a query shows. */
  readonly bytes?: number;
  /** `malformed-limit-info`: value of Sforce-Limit-Info. */
  readonly value?: string;
  /** `echo`, `answer`, `query-timeout`, `refuse`, `edge` and `maintenance`: status; default 400, 200, 400, 403 (token endpoint: 400), 403 and 503. */
  readonly status?: number;
  /** `refuse`: Salesforce's error code, of the token endpoint OAuth's `error`, and what is said beside it. `query-timeout`: default `QUERY_TIMEOUT`. */
  readonly errorCode?: string;
  readonly message?: string;
  /** `edge`: an HTML page, unless this is false: then nothing. */
  readonly page?: boolean;
  /** `moved`: the org's address from now on; token answers tell it. */
  readonly to?: string;
  /** `moved`: what the old address answers; default: as before. */
  readonly old?: 'redirect' | 'URL_NOT_RESET';
  /** `missing-field`: what nobody sees any more, `LoginHistory.ForwardedForIp`. */
  readonly field?: string;
  /** `echo`: as what the caller's token comes back; default: Salesforce's JSON error. */
  readonly as?: 'json' | 'html' | 'soap';
  /** `answer`: what comes instead of the org's own answer. */
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `answer`: `body` so many times, after one another. */
  readonly times?: number;
}

export interface Fault extends FaultInput {
  readonly id: number;
  /** Requests it will still strike; null: no limit. */
  readonly left: number | null;
  readonly struck: number;
}

interface Armed {
  readonly id: number;
  readonly input: FaultInput;
  readonly pattern: RegExp | undefined;
  waiting: number;
  left: number;
  struck: number;
}

/** Faults that are switched on. Of each kind, one request is struck by the oldest that matches. */
export class Faults {
  #armed: Armed[] = [];
  #count = 0;

  /** @throws Error for a kind or an expression that is not understood. */
  arm(input: FaultInput): Fault {
    if (!faultKinds.includes(input.kind)) {
      throw new Error(`Unknown fault "${input.kind}"; there are: ${faultKinds.join(', ')}`);
    }
    const armed: Armed = {
      id: ++this.#count,
      input,
      pattern: input.path === undefined ? undefined : new RegExp(input.path),
      waiting: input.after ?? 0,
      left: input.count ?? (input.kind.startsWith('expired-') ? 1 : Infinity),
      struck: 0,
    };
    this.#armed.push(armed);
    return describe(armed);
  }

  list(): Fault[] {
    return this.#armed.map(describe);
  }

  clear(): void {
    this.#armed = [];
  }

  /** Whether a field is one that nobody sees. */
  hides(object: string, field: string): boolean {
    return this.#armed.some(({ input }) => input.kind === 'missing-field' && input.field === `${object}.${field}`);
  }

  /** The address that the org has moved to. */
  get movedTo(): string | undefined {
    return this.#armed.find(({ input }) => input.kind === 'moved')?.input.to;
  }

  /** The faults that strike this request; each is used up by one. */
  strike(path: string): ReadonlyMap<FaultKind, FaultInput> {
    const struck = new Map<FaultKind, FaultInput>();
    for (const fault of this.#armed) {
      if (fault.left <= 0 || struck.has(fault.input.kind) || fault.pattern?.test(path) === false) continue;
      if (fault.input.kind === 'offset-limit' && !isBeyondOffset(path)) continue;
      if (fault.input.kind === 'query-timeout' && !isTooWide(path, fault.input)) continue;
      if (fault.waiting > 0) {
        fault.waiting--;
        continue;
      }
      fault.left--;
      fault.struck++;
      struck.set(fault.input.kind, fault.input);
    }
    return struck;
  }
}

function describe({ id, input, left, struck }: Armed): Fault {
  return { id, ...input, left: left === Infinity ? null : left, struck };
}
