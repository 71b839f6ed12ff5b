import type { ShippedQuery } from './query.ts';
import { dormantAccounts } from './queries/dormant-accounts.ts';
import { eventsByDay } from './queries/events-by-day.ts';
import { failedSignInsBySource } from './queries/failed-sign-ins-by-source.ts';
import { guessedPasswords } from './queries/guessed-passwords.ts';
import { impossibleTravel } from './queries/impossible-travel.ts';
import { massExport } from './queries/mass-export.ts';
import { newCountry } from './queries/new-country.ts';
import { openPublicLinks } from './queries/open-public-links.ts';
import { passwordSpray } from './queries/password-spray.ts';
import { permissionThenLink } from './queries/permission-then-link.ts';
import { publicFiles } from './queries/public-files.ts';
import { riskySetupChanges } from './queries/risky-setup-changes.ts';
import { signedInAs } from './queries/signed-in-as.ts';

/** The queries that come with Orgwatch, the most pressing first. */
export const shippedQueries: readonly ShippedQuery[] = [
  failedSignInsBySource,
  passwordSpray,
  guessedPasswords,
  impossibleTravel,
  newCountry,
  dormantAccounts,
  massExport,
  permissionThenLink,
  openPublicLinks,
  publicFiles,
  riskySetupChanges,
  signedInAs,
  eventsByDay,
];

/** The shipped query of that id; undefined when there is none. */
export function shippedQuery(id: string): ShippedQuery | undefined {
  return shippedQueries.find((query) => query.id === id);
}
