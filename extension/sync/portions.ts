import { SalesforceRefusal } from '../org/refusal.ts';
import { classOf } from '../org/refusal-codes.ts';
import { OrgwatchError } from '../shared/errors.ts';
import { DAY } from '../shared/utc.ts';
import type { SourceRun } from './source-run.ts';

/** An org may have fewer records or more time by then. */
const KEPT_MS = 7 * DAY;

/** Whether Salesforce refused a request as too much at once, with whatever status: a smaller one may be answered. */
export function isTooMuch(error: unknown): boolean {
  const cause = error instanceof OrgwatchError ? error.cause : undefined;
  return cause instanceof SalesforceRefusal && classOf(cause.errorCode) === 'too-heavy';
}

/** Whether a smaller request is worth a try: no answer came in time, or the server failed over it again and again. */
export function isPerhapsTooMuch(error: unknown): boolean {
  if (isTooMuch(error) || isNoAnswer(error)) return true;
  const cause = error instanceof OrgwatchError ? error.cause : undefined;
  return cause instanceof SalesforceRefusal && cause.status >= 500;
}

/** Nothing came before the client gave up waiting; that the org can be reached was seen meanwhile, or is not known. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof OrgwatchError) || error.code !== 'ORG_UNREACHABLE') return false;
  return error.cause instanceof Error && error.cause.name === 'TimeoutError';
}

/** More than 30 years, and more records than an org has of anything. */
const LARGEST = 1e12;

/** After so many answers in a row, twice as much is asked for: what was too much then may have been in one place. */
const ANSWERS = 4;

/**
 * How much of a source is asked for at a time, in ms of time or in records: half of what Salesforce gave up last, and more
 * again when it answers. Kept in the ledger, so that no run begins with what the one before was refused.
 */
export class Portions {
  readonly #run: SourceRun;
  readonly #of: string;
  #most: number;
  #answers = 0;

  /** @param of what is asked for; default: the source */
  constructor(run: SourceRun, of = run.source) {
    this.#run = run;
    this.#of = of;
    const { ledger, clock } = run.parts;
    this.#most = ledger.spans.portion(of, clock.now() - KEPT_MS) ?? Infinity;
  }

  /** Infinity where nothing was refused. */
  get most(): number {
    return this.#most;
  }

  refuse(amount: number): void {
    this.#answers = 0;
    this.#set(Math.min(this.#most, amount / 2));
  }

  /** What is much smaller than what is asked for says nothing. */
  answer(amount: number): void {
    if (this.#most === Infinity || amount < this.#most / 2 || ++this.#answers < ANSWERS) return;
    this.#answers = 0;
    this.#set(Math.min(this.#most * 2, LARGEST));
  }

  #set(most: number): void {
    if (most === this.#most) return;
    this.#most = most;
    const { ledger, clock } = this.#run.parts;
    ledger.transaction(() => ledger.spans.learnPortion(this.#of, Math.min(most, LARGEST), clock.now()));
  }
}
