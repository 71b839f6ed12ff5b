import type { Series } from './series.ts';
import { eventVolume } from './series/event-volume.ts';
import { publicLinksByProtection } from './series/public-links-by-protection.ts';
import { setupChangesBySection } from './series/setup-changes-by-section.ts';
import { signInsByApplication, signInsByCountry } from './series/sign-ins-by.ts';
import { signInsOverTime } from './series/sign-ins-over-time.ts';
import { topUsers } from './series/top-users.ts';

/** What the dashboard shows of the events, in its order. */
export const dashboardSeries: readonly Series[] = [
  signInsOverTime,
  signInsByCountry,
  signInsByApplication,
  topUsers,
  setupChangesBySection,
  eventVolume,
  publicLinksByProtection,
];

/** The series of that id; undefined when there is none. */
export function dashboardSeriesOf(id: string): Series | undefined {
  return dashboardSeries.find((series) => series.id === id);
}
