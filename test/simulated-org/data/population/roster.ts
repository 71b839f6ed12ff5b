import { makeId } from '../../ids.ts';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import { clientsOf } from '../sign-ins/clients.ts';
import type { Client } from '../sign-ins/clients.ts';
import { DAY } from '../time.ts';
import { DOMAIN } from './company.ts';
import { asciiName, names } from './names.ts';
import { offices } from './offices.ts';
import type { Office } from './offices.ts';

export type Job = 'administrator' | 'developer' | 'sales' | 'sales manager' | 'support' | 'marketing';

/** A member of staff, with the habits that the events follow from. */
export interface Person {
  readonly index: number;
  readonly id: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
  readonly email: string;
  readonly job: Job;
  readonly office: Office;
  readonly active: boolean;
  readonly frozen: boolean;
  /** Signs in through the company's identity provider. */
  readonly singleSignOn: boolean;
  /** Days at home: 0 = never … 1 = always. */
  readonly remoteShare: number;
  readonly homeIp: string;
  readonly clients: readonly Client[];
  readonly createdAt: number;
}

const STAFF_AT_SCALE_1 = 72;
const SMALLEST_STAFF = 24;
const LARGEST_STAFF = 6_000;
/** A fixed day, so that the population does not depend on the clock. */
const FOUNDED = 18_628;

/** Members of staff that an org of this scale has. */
export function staffSize(scale: number): number {
  return Math.min(LARGEST_STAFF, Math.max(SMALLEST_STAFF, Math.round(STAFF_AT_SCALE_1 * scale)));
}

/** Sign-ins that a person stands for, beyond their own: above 1 once the staff no longer grows with the scale. */
export function crowding(scale: number): number {
  return Math.max(1, (STAFF_AT_SCALE_1 * scale) / LARGEST_STAFF);
}

/** The staff; person `n` is the same at every scale. The first two are administrators. */
export function createRoster(seed: number, scale: number, usernameSuffix = ''): Person[] {
  return Array.from({ length: staffSize(scale) }, (_, index) => createPerson(seed, index, usernameSuffix));
}

function createPerson(seed: number, index: number, usernameSuffix: string): Person {
  const random = randomFor(seed, 'person', index);
  const office = index === 0 ? (offices[0] as Office) : random.weighted(offices.map((each) => [each, each.weight]));
  const pool = names[office.language] ?? names['en_US'];
  const firstName = random.pick(pool?.first ?? []);
  const lastName = random.pick(pool?.last ?? []);
  const mailbox = `${asciiName(firstName)}.${asciiName(lastName)}${index + 1}`;
  const special = index >= 6;
  const active = !(special && index % 19 === 7);
  return {
    index,
    id: makeId('005', 5_000_000 + index * 37),
    username: `${mailbox}@${DOMAIN}${usernameSuffix}`,
    firstName,
    lastName,
    name: office.language === 'ja' ? `${lastName} ${firstName}` : `${firstName} ${lastName}`,
    email: `${mailbox}@${DOMAIN}`,
    job: jobOf(index, random),
    office,
    active,
    frozen: active && special && index % 31 === 11,
    singleSignOn: index > 1 && random.chance(0.7),
    remoteShare: random.weighted([
      [0.05, 4],
      [0.4, 4],
      [1, 2],
    ]),
    homeIp: homeIp(random),
    clients: clientsOf(random),
    createdAt: (FOUNDED + random.between(0, 1_500)) * DAY + random.between(8, 17) * 3_600_000,
  };
}

function jobOf(index: number, random: Random): Job {
  if (index < 2) return 'administrator';
  if (index < 4) return 'developer';
  if (index < 6) return 'sales manager';
  return random.weighted<Job>([
    ['sales', 50],
    ['sales manager', 6],
    ['support', 28],
    ['marketing', 14],
    ['developer', 2],
  ]);
}

function homeIp(random: Random): string {
  if (random.chance(0.15)) {
    const group = (): string => random.between(1, 0xfffe).toString(16);
    return `2001:db8:${group()}:${group()}::${group()}`;
  }
  return `198.18.${random.between(0, 255)}.${random.between(1, 254)}`;
}
