import { DAY, MINUTE } from '../data/time.ts';

const SLOT = MINUTE;

/**
 * The org's daily API allocation: calls of the last 24 hours (to the minute) against a maximum.
 * Calls of other applications are a constant that scenario and control URL set.
 */
export class Allocation {
  readonly max: number;
  #others: number;
  readonly #now: () => Date;
  readonly #slots = new Map<number, number>();

  constructor(max: number, others: number, now: () => Date) {
    this.max = max;
    this.#others = others;
    this.#now = now;
  }

  /** Calls counted in the last 24 hours, by everybody. */
  get used(): number {
    const oldest = Math.floor((this.#now().getTime() - DAY) / SLOT);
    let used = this.#others;
    for (const [slot, calls] of this.#slots) {
      if (slot <= oldest) this.#slots.delete(slot);
      else used += calls;
    }
    return used;
  }

  get remaining(): number {
    return Math.max(0, this.max - this.used);
  }

  get exhausted(): boolean {
    return this.used >= this.max;
  }

  charge(calls: number): void {
    const slot = Math.floor(this.#now().getTime() / SLOT);
    this.#slots.set(slot, (this.#slots.get(slot) ?? 0) + calls);
  }

  /** Makes `used` read so from now on: as if other applications had made the difference. */
  setUsed(used: number): void {
    this.#others += used - this.used;
  }

  /** The value of `Sforce-Limit-Info`. */
  header(): string {
    return `api-usage=${this.used}/${this.max}`;
  }
}
