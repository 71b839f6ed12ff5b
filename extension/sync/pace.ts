import type { SyncProgress } from './options.ts';

/** How fast a sync is going, by what is at work now. */
export interface Pace {
  /** Bytes a second, over the sources at work; undefined as long as there is too little to tell it from. */
  readonly bytesPerSecond: number | undefined;
  /** Until the bytes that Salesforce announced are here; undefined where that is not known. */
  readonly leftMs: number | undefined;
}

/** How far back the rate looks: long enough for uneven chunks, short enough to follow a change. */
const RECENT_MS = 10_000;
/** Too short a time to tell a rate from. */
const LEAST_MS = 2_000;
/** Closer samples than this say no more. */
const SAMPLE_MS = 250;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

interface Work {
  readonly since: number;
  /** Oldest first; the first is the last one from before the time that is looked back to. */
  readonly samples: Sample[];
  bytesTotal?: number | undefined;
}

/**
 * Follows the progress of one sync. Each source has its own rate, over the last seconds: an average over all sources
 * since the start says nothing of the one that still has work to do. Times are in ms, of any clock that never goes back.
 */
export class RecentPace {
  readonly #working = new Map<string, Work>();

  take({ source, phase, bytes, bytesTotal }: SyncProgress, now: number): void {
    if (phase === 'discover' || phase === 'end') {
      this.#working.delete(source);
      return;
    }
    const work = this.#working.get(source) ?? { since: now, samples: [], bytesTotal };
    this.#working.set(source, work);
    work.bytesTotal = bytesTotal;
    const { samples } = work;
    const before = samples.at(-2);
    if (before && now - before.at < SAMPLE_MS) samples.pop();
    samples.push({ at: now, bytes });
    const edge = now - RECENT_MS;
    while (samples[1] !== undefined && samples[1].at <= edge) samples.shift();
  }

  at(now: number): Pace {
    const all = [...this.#working.values()];
    const rates = all.map((work) => rateOf(work, now)).filter((rate) => rate !== undefined);
    const lefts = all.filter((work) => toCome(work) > 0).map((work) => toCome(work) / (rateOf(work, now) ?? 0));
    const left = Math.max(...lefts) * 1000;
    return {
      bytesPerSecond: rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0),
      leftMs: Number.isFinite(left) ? left : undefined,
    };
  }
}

function rateOf({ since, samples }: Work, now: number): number | undefined {
  const edge = now - RECENT_MS;
  const first = samples.findLast(({ at }) => at <= edge) ?? samples[0];
  const last = samples.at(-1);
  if (!first || !last || now - since < LEAST_MS) return undefined;
  // Nothing came between the first sample and the next one.
  const from = Math.max(first.at, edge);
  return (Math.max(0, last.bytes - first.bytes) / (now - from)) * 1000;
}

function toCome({ bytesTotal = 0, samples }: Work): number {
  return bytesTotal - (samples.at(-1)?.bytes ?? 0);
}
