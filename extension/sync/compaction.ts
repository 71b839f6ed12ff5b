import { BUNDLE_COLUMNS } from '../lake/bundle-columns.ts';
import type { Bundle } from '../lake/ledger-bundles.ts';
import type { ListedUnit } from '../lake/ledger-units.ts';

/** Larger Parquet files stay as they are. */
const SMALL = 2 << 20;
/** A bundle is made of so many bytes at most, and from half of that is not made again for more. */
const LARGE = 32 << 20;
/** Names of a bundle's own columns, and of what DuckDB reads besides. */
const RESERVED = new Set([...Object.keys(BUNDLE_COLUMNS), 'filename']);
/** So many small files of a month are too many. */
const MANY = 8;

/**
 * Which units of one event type are to be put together in one bundle each: those of one month with the same columns, of
 * days before `closed` (UTC date), when there are many, when the month is over, or when a bundle has rows that no unit
 * reads any more.
 * @param units of the event type, by date
 */
export function bundlesToMake(
  units: readonly ListedUnit[],
  bundles: readonly Bundle[],
  closed: string,
): readonly (readonly ListedUnit[])[] {
  const madeWith = new Map(bundles.map((bundle) => [bundle.path, bundle.units]));
  const groups = Map.groupBy(
    units.filter((unit) => unit.eventDate < closed && isSmall(unit)),
    ({ eventDate, columns }) => `${eventDate.slice(0, 7)} ${JSON.stringify(columns)}`,
  );
  return [...groups.values()].flatMap((group) => ofMonth(group, madeWith, closed.slice(0, 7)));
}

function ofMonth(
  units: readonly ListedUnit[],
  madeWith: ReadonlyMap<string, number>,
  thisMonth: string,
): readonly (readonly ListedUnit[])[] {
  const loose = units.filter(({ bundle }) => bundle === null);
  const bundled = units.filter(({ bundle }) => bundle !== null);
  const isOver = units.every(({ eventDate }) => eventDate.slice(0, 7) < thisMonth);
  const isPartial = ([path, some]: [string, readonly ListedUnit[]]): boolean => some.length < (madeWith.get(path) ?? 0);
  const open = [...Map.groupBy(bundled, ({ bundle }) => bundle ?? '')].filter(
    (entry) => isPartial(entry) || sizeOf(entry[1]) < LARGE / 2,
  );
  const isDue = loose.length >= MANY || (isOver && loose.length + open.length > 1) || open.some(isPartial);
  if (!isDue) return [];
  const made: ListedUnit[][] = [];
  for (const unit of [...open.flatMap(([, some]) => some), ...loose]) {
    const last = made.at(-1);
    if (last && sizeOf(last) + unit.bytes <= LARGE) last.push(unit);
    else made.push([unit]);
  }
  // A file by itself is no better for being a bundle.
  return made.filter((some) => some.length > 1 || some.some(({ bundle }) => bundle !== null));
}

/** What is in quarantine lies beside the unit's own file. */
function isSmall({ bytes, quarantined, columns }: ListedUnit): boolean {
  return bytes <= SMALL && quarantined === 0 && !Object.keys(columns).some((name) => RESERVED.has(name.toLowerCase()));
}

function sizeOf(units: readonly ListedUnit[]): number {
  return units.reduce((sum, { bytes }) => sum + bytes, 0);
}
