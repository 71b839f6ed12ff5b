import { attackers } from '../population/offices.ts';
import type { Person } from '../population/roster.ts';
import { randomFor } from '../random.ts';
import { DAY, HOUR, MINUTE, SECOND, zoneOffset } from '../time.ts';
import { intruderClient } from './clients.ts';
import type { Client } from './clients.ts';
import { personSignIn } from './staff.ts';
import type { SignIn } from './sign-in.ts';

/** An account that an intruder uses: what happens in the session follows in the other sources. */
export interface Takeover {
  readonly victim: Person;
  /** The intruder's session. */
  readonly session: SignIn;
  /** The account holder's own session, minutes before, from their office. */
  readonly genuine: SignIn;
  readonly failures: readonly SignIn[];
  /** An administrator assigns a powerful permission set to the account. */
  readonly permissionsAt: number;
  /** The intruder shares a file with a public link. */
  readonly publicLinkAt: number;
}

/** Every tenth day an intruder signs in to a sales manager's account: impossible travel, then a mass export. */
export function takeoverOf(seed: number, roster: readonly Person[], day: number): Takeover | undefined {
  if (day % 10 !== 6) return undefined;
  const random = randomFor(seed, 'takeover', day);
  const victim = random.pick(
    roster.slice(0, 24).filter((person) => person.job === 'sales manager' && person.active && !person.frozen),
  );
  const spot = { ip: attackers.intruder.ip, location: attackers.intruder.location };
  const at =
    day * DAY + 10 * HOUR + 5 * MINUTE - zoneOffset(victim.office.timeZone, day) + random.between(0, 900) * SECOND;
  const intrusion = { person: { ...victim, singleSignOn: false }, client: intruderClient, spot };
  const failures = [95, 40].map((before) =>
    personSignIn(random, {
      ...intrusion,
      at: at - before * SECOND,
      until: at - before * SECOND,
      outcome: 'invalidPassword',
    }),
  );
  const office = { ip: `${victim.office.network}.${victim.office.firstHost}`, location: victim.office.location };
  const genuineAt = at - 52 * MINUTE;
  return {
    victim,
    session: personSignIn(random, { ...intrusion, at, until: at + 100 * MINUTE, outcome: 'success' }),
    genuine: personSignIn(random, {
      person: victim,
      client: victim.clients[0] as Client,
      spot: office,
      at: genuineAt,
      until: genuineAt + 40 * MINUTE,
      outcome: 'success',
    }),
    failures,
    permissionsAt: at + 25 * MINUTE,
    publicLinkAt: at + 33 * MINUTE,
  };
}

/** Once a week, in the small hours, somebody tries one password on many accounts: several attempts within one second. */
export function sprayOf(seed: number, roster: readonly Person[], day: number): SignIn[] {
  if (day % 7 !== 1) return [];
  const random = randomFor(seed, 'spray', day);
  const start = day * DAY + 2 * HOUR + random.between(0, 3_000) * SECOND;
  const spot = { ip: attackers.sprayer.ip, location: attackers.sprayer.location };
  return roster.slice(0, 48).map((person, index) => {
    const at = start + Math.floor(index / 4) * SECOND;
    return personSignIn(random, {
      person: { ...person, singleSignOn: false },
      client: intruderClient,
      spot,
      at,
      until: at,
      outcome: !person.active ? 'inactive' : index % 16 === 9 ? 'lockedOut' : 'invalidPassword',
    });
  });
}
