import type { Offer } from './files/offer.ts';

/**
 * Distinct events per type in the offered files, as a perfect collector holds them: a day's daily file supersedes its
 * hourly ones; a row that is delivered again in a later file of the hour counts once; equal rows within one file each
 * count.
 */
export function distinctLogEvents(offers: readonly Offer[]): Record<string, number> {
  const days = new Map<string, Offer[]>();
  for (const offer of offers) {
    const key = `${offer.eventType}/${offer.day}`;
    const known = days.get(key);
    if (known === undefined) days.set(key, [offer]);
    else known.push(offer);
  }
  const totals: Record<string, number> = {};
  for (const files of days.values()) {
    const [{ eventType }] = files as [Offer, ...Offer[]];
    const daily = files.find(({ hour }) => hour === undefined);
    totals[eventType] = (totals[eventType] ?? 0) + (daily?.rows ?? distinctOfHours(files));
  }
  return totals;
}

function distinctOfHours(files: readonly Offer[]): number {
  const first = new Set(files.filter(({ sequence }) => sequence === 1).map(({ hour }) => hour));
  return files.reduce((sum, { hour, rows, redelivered }) => sum + rows - (first.has(hour) ? redelivered : 0), 0);
}
