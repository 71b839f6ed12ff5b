/** A span of a source's time of which all records have landed, ms since 1970; null: from the beginning. */
export interface Covered {
  readonly from: number | null;
  readonly to: number;
}

export interface Gap {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** What lies between the spans: records that may be missing, and have to be asked for again. */
export function gapsBetween(spans: readonly Covered[]): readonly Gap[] {
  const ordered = [...spans].sort(
    (a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY),
  );
  const gaps: Gap[] = [];
  let reached: number | undefined;
  for (const { from, to } of ordered) {
    if (reached !== undefined && from !== null && from > reached) gaps.push({ from: reached, to: from });
    reached = Math.max(reached ?? to, to);
  }
  return gaps;
}
