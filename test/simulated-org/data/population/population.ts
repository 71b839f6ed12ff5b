import type { Row, Scenario } from '../../model.ts';
import { signInsOfDay } from '../sign-ins/day.ts';
import type { SignInWorld } from '../sign-ins/day.ts';
import { succeeded } from '../sign-ins/sign-in.ts';
import { dayOf } from '../time.ts';
import { organizationRow, permissionSetLicenseRows, userLicenseRows } from './organization.ts';
import { createRoster } from './roster.ts';
import type { Person } from './roster.ts';
import { SERVICE_USER_ID, staffUser, technicalUsers } from './users.ts';

export interface PopulationInput {
  readonly seed: number;
  /** 1 is a small, lively org: 72 members of staff, about 150 sign-ins a day. */
  readonly scale: number;
  readonly scenario: Scenario;
  /** 18 characters. */
  readonly orgId: string;
  readonly now: () => Date;
  /** Comes after every user name, so that orgs of different seeds and scenarios share none. */
  readonly usernameSuffix?: string;
}

export interface Population {
  readonly organization: Row;
  /** User rows with `ProfileName` in place of `ProfileId`. */
  readonly users: Row[];
  readonly adminUserId: string;
  readonly serviceUserId: string;
  readonly userLicenses: Row[];
  readonly permissionSetLicenses: Row[];
  /** The staff behind the User rows. */
  readonly roster: readonly Person[];
  readonly usernameSuffix: string;
}

/** The org's people and licences. Only LastLoginDate depends on the clock. */
export function createPopulation(input: PopulationInput): Population {
  const { seed, scale, scenario, orgId, usernameSuffix = '' } = input;
  const roster = createRoster(seed, scale, usernameSuffix);
  const lastLogins = lastLoginTimes({ seed, scale, roster, usernameSuffix }, input.now().getTime());
  const lastLoginOf = (userId: string): number | null => lastLogins.get(userId) ?? null;
  const staff = roster.map((person) => staffUser(person, lastLoginOf(person.id)));
  const adminUserId = roster[0]?.id ?? SERVICE_USER_ID;
  const users = [...staff, ...technicalUsers(scenario, usernameSuffix, lastLoginOf)];
  return {
    organization: organizationRow(orgId, scenario, adminUserId),
    users,
    adminUserId,
    serviceUserId: SERVICE_USER_ID,
    userLicenses: userLicenseRows(users.length - 1),
    permissionSetLicenses: permissionSetLicenseRows(),
    roster,
    usernameSuffix,
  };
}

const LOOK_BACK_DAYS = 3;

function lastLoginTimes(world: SignInWorld, now: number): Map<string, number> {
  const times = new Map<string, number>();
  for (let day = dayOf(now) - LOOK_BACK_DAYS; day <= dayOf(now); day++) {
    for (const signIn of signInsOfDay(world, day)) {
      if (signIn.at <= now && succeeded(signIn)) times.set(signIn.userId, signIn.at);
    }
  }
  return times;
}
