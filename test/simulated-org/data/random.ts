const labels = new Map<string, number>();
const scratch = Buffer.alloc(64);

/** A small seeded generator (mulberry32): the same seed gives the same sequence on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number whose average is `mean`. */
  count(mean: number): number {
    return Math.floor(mean) + (this.chance(mean - Math.floor(mean)) ? 1 : 0);
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** Picks by weight: `[item, weight]` pairs. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let rest = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      rest -= weight;
      if (rest < 0) return item;
    }
    return this.pick(items)[0];
  }

  /** `length` characters (at most 64) of `alphabet`, by default letters and digits. */
  text(length: number, alphabet: string = BASE62): string {
    for (let index = 0; index < length; index++) {
      scratch[index] = alphabet.charCodeAt(Math.floor(this.next() * alphabet.length));
    }
    return scratch.toString('latin1', 0, length);
  }
}

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The generator for one purpose: it follows from `seed`, `label` and `numbers` alone, never from what was drawn before. */
export function randomFor(seed: number, label: string, ...numbers: readonly number[]): Random {
  let state = mix(labelHash(label), seed);
  for (const number of numbers) state = mix(state, number);
  return new Random(state);
}

function labelHash(label: string): number {
  let hash = labels.get(label);
  if (hash === undefined) {
    hash = 0x811c9dc5;
    for (let index = 0; index < label.length; index++) hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
    labels.set(label, hash);
  }
  return hash;
}

function mix(state: number, value: number): number {
  let mixed = Math.imul(state ^ (value + 0x9e3779b9 + (state << 6)), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
