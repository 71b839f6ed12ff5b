import { DAY } from '../shared/utc.ts';

/** However many records the org says that there are. */
const MOST_PARTS = 1000;
/** Of the calls that a pull needs anyway, the share that splitting it may add: each cut one, at worst. */
const EXTRA_CALLS = 0.03;

export interface Pull {
  /** Time of the last record of the first page, ms. */
  readonly reached: number;
  /** Where the pull ends, ms. */
  readonly end: number;
  /** Records in all, and on the first page. */
  readonly totalSize: number;
  readonly pageSize: number;
  /** True for what was cut off a longer pull: that cut counts. */
  readonly isPart: boolean;
}

/**
 * Where to cut a long pull so that its parts can be pulled at the same time: times between what is reached and the end,
 * ascending. Each part costs half a page more on average, so that short pulls are not cut at all.
 */
export function cuts({ reached, end, totalSize, pageSize, isPart }: Pull): readonly number[] {
  if (pageSize <= 0 || end <= reached) return [];
  const pages = Math.ceil(totalSize / pageSize);
  const most = Math.max(0, Math.floor(pages * EXTRA_CALLS) - (isPart ? 1 : 0));
  const parts = Math.min(1 + most, MOST_PARTS, Math.floor((end - reached) / 1000));
  const length = (end - reached) / parts;
  // A date in two parts is published twice. Salesforce's times are whole seconds in most objects.
  const grid = length > 2 * DAY ? DAY : 1000;
  const times = Array.from(
    { length: Math.max(0, parts - 1) },
    (_, index) => Math.floor((reached + length * (index + 1)) / grid) * grid,
  );
  return [...new Set(times)].filter((time) => time > reached && time < end);
}
