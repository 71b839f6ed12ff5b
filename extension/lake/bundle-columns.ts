/** What a bundle has besides the columns of its units: which unit a row is of. */
export const BUNDLE_COLUMNS = { event_date: 'DATE', _part: 'VARCHAR' } as const;

/** A unit among those of its event type: `2026-11-24/day`. */
export function unitName({ eventDate, part }: { readonly eventDate: string; readonly part: string }): string {
  return `${eventDate}/${part}`;
}

/** SQL of the same for a row of a bundle. */
export const UNIT_NAME = "event_date::VARCHAR || '/' || _part";
