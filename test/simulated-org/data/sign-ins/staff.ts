import { vpnExit } from '../population/offices.ts';
import type { Location } from '../population/offices.ts';
import type { Person } from '../population/roster.ts';
import { DOMAIN } from '../population/company.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR, MINUTE, SECOND, isWorkday, zoneOffset } from '../time.ts';
import type { Client } from './clients.ts';
import type { Outcome, SignIn } from './sign-in.ts';

export const LOGIN_HOST = `${DOMAIN.split('.')[0] ?? ''}.my.salesforce.com`;

export interface Spot {
  readonly ip: string;
  readonly location: Location;
  readonly forwardedFor?: string;
}

/** What one person's sign-ins look like on one UTC day; `copy` tells apart the people a crowded account stands for. */
export function signInsOfPerson(seed: number, person: Person, day: number, copy: number, into: SignIn[]): void {
  const random = randomFor(seed, 'sign-ins', day, person.index, copy);
  const workday = isWorkday(day);
  if (!random.chance(workday ? 0.9 : 0.12)) return;
  if (!person.active || person.frozen) {
    if (random.chance(0.12)) into.push(attempt(random, person, day, person.frozen ? 'frozen' : 'inactive'));
    return;
  }
  const sessions = workday ? random.between(1, 3) : 1;
  for (let number = 0; number < sessions; number++) {
    const spot = spotOf(random, person);
    const client = number > 0 && random.chance(0.4) ? (person.clients.at(-1) as Client) : (person.clients[0] as Client);
    let at = workingTime(random, person, day);
    if (!person.singleSignOn && random.chance(0.1)) {
      into.push(personSignIn(random, { person, client, spot, at, until: at, outcome: 'invalidPassword' }));
      at = Math.min(at + random.between(9, 90) * SECOND, lastSecond(day));
    }
    const until = Math.min(at + random.between(12, 210) * MINUTE, lastSecond(day));
    into.push(personSignIn(random, { person, client, spot, at, until, outcome: 'success' }));
  }
}

function attempt(random: Random, person: Person, day: number, outcome: Outcome): SignIn {
  const at = workingTime(random, person, day);
  const client = person.clients[0] as Client;
  return personSignIn(random, { person, client, spot: spotOf(random, person), at, until: at, outcome });
}

function workingTime(random: Random, person: Person, day: number): number {
  const local = 8 * HOUR + Math.floor((random.next() + random.next()) * 4.6 * HOUR);
  const at = day * DAY + local - zoneOffset(person.office.timeZone, day);
  const within = (((at - day * DAY) % DAY) + DAY) % DAY;
  return day * DAY + Math.floor(within / SECOND) * SECOND;
}

function lastSecond(day: number): number {
  return (day + 1) * DAY - SECOND;
}

function spotOf(random: Random, person: Person): Spot {
  if (random.chance(person.remoteShare)) {
    if (random.chance(0.35))
      return { ip: host(vpnExit, random), location: vpnExit.location, forwardedFor: person.homeIp };
    return { ip: person.homeIp, location: person.office.location };
  }
  return { ip: host(person.office, random), location: person.office.location };
}

function host(range: { readonly network: string; readonly firstHost: number }, random: Random): string {
  return `${range.network}.${range.firstHost + random.between(0, 5)}`;
}

export interface PersonSignIn {
  readonly person: Person;
  readonly client: Client;
  readonly spot: Spot;
  readonly at: number;
  readonly until: number;
  readonly outcome: Outcome;
}

/** A person's sign-in with everything that follows from who, with what and from where. */
export function personSignIn(random: Random, input: PersonSignIn): SignIn {
  const { person, client, spot } = input;
  const mobile = client.kind === 'mobile';
  const sso = person.singleSignOn && !mobile;
  return {
    at: input.at,
    until: input.until,
    kind: client.kind,
    outcome: input.outcome,
    userId: person.id,
    username: person.username,
    person,
    integration: undefined,
    ip: spot.ip,
    location: spot.location,
    forwardedFor: sso || mobile ? null : (spot.forwardedFor ?? null),
    loginType: mobile ? 'Remote Access 2.0' : sso ? 'SAML Sfdc Initiated SSO' : 'Application',
    loginSubType: mobile ? 'OauthHybridUserAgent' : sso ? null : 'UiLogin',
    application: mobile ? 'Salesforce for iOS' : 'Browser',
    browser: client.browser,
    platform: client.platform,
    userAgent: client.userAgent,
    tls: client.tls,
    cipher: client.cipher,
    apiType: 'N/A',
    apiVersion: 'N/A',
    loginUrl: random.chance(0.12) ? 'login.salesforce.com' : LOGIN_HOST,
    loginKey: random.text(16),
    sessionKey: random.text(16),
  };
}
