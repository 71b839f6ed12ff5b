import { crowding } from '../population/roster.ts';
import type { Person } from '../population/roster.ts';
import { randomFor } from '../random.ts';
import { DAY, HOUR, MINUTE, SECOND, isWorkday } from '../time.ts';
import { sprayOf, takeoverOf } from './incidents.ts';
import { integrations } from './integrations.ts';
import type { Integration } from './integrations.ts';
import { LOGIN_HOST, signInsOfPerson } from './staff.ts';
import type { SignIn } from './sign-in.ts';

export interface SignInWorld {
  readonly seed: number;
  readonly scale: number;
  readonly roster: readonly Person[];
  /** Comes after every user name: user names are unique across all orgs. */
  readonly usernameSuffix: string;
}

/** All sign-ins of one UTC day, ascending by time; a function of the world and the day alone. */
export function signInsOfDay(world: SignInWorld, day: number): SignIn[] {
  const { seed, scale, roster, usernameSuffix } = world;
  const signIns: SignIn[] = [...sprayOf(seed, roster, day)];
  const takeover = takeoverOf(seed, roster, day);
  if (takeover !== undefined) signIns.push(...takeover.failures, takeover.session, takeover.genuine);
  const crowd = crowding(scale);
  for (const person of roster) {
    const copies = Math.floor(crowd) + ((person.index % 100) / 100 < crowd % 1 ? 1 : 0);
    for (let copy = 0; copy < copies; copy++) signInsOfPerson(seed, person, day, copy, signIns);
  }
  const rounds = Math.max(1, Math.floor(scale));
  for (const each of integrations) {
    const integration = { ...each, username: each.username + usernameSuffix };
    signInsOfIntegration(seed, integration, day, rounds, signIns);
  }
  return signIns.sort((a, b) => a.at - b.at);
}

function signInsOfIntegration(
  seed: number,
  integration: Integration,
  day: number,
  rounds: number,
  into: SignIn[],
): void {
  if (integration.workdaysOnly && !isWorkday(day)) return;
  const random = randomFor(seed, integration.name, day);
  for (const hour of integration.hours) {
    for (let round = 0; round < rounds; round++) {
      const at = day * DAY + hour * HOUR + integration.minute * MINUTE + Math.floor((round * 1_700) / rounds) * SECOND;
      const failed = hour > 0 && random.chance(0.01);
      if (failed) into.push(integrationSignIn(integration, at, at, random.text(16), random.text(16)));
      const start = failed ? at + 5 * SECOND : at;
      const until = start + random.between(2, 24) * MINUTE;
      into.push(integrationSignIn(integration, start, until, random.text(16), random.text(16)));
    }
  }
}

function integrationSignIn(
  integration: Integration,
  at: number,
  until: number,
  loginKey: string,
  sessionKey: string,
): SignIn {
  return {
    at,
    until,
    kind: 'api',
    outcome: until > at ? 'success' : integration.loginSubType === null ? 'restrictedIp' : 'tokenExpired',
    userId: integration.userId,
    username: integration.username,
    person: undefined,
    integration,
    ip: integration.ip,
    location: integration.location,
    forwardedFor: null,
    loginType: integration.loginType,
    loginSubType: integration.loginSubType,
    application: integration.application,
    browser: integration.api === 'REST' ? 'Unknown' : 'Java (Salesforce.com)',
    platform: 'Unknown',
    userAgent: integration.userAgent,
    tls: 'TLS 1.2',
    cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    apiType: integration.apiType,
    apiVersion: integration.apiVersion,
    loginUrl: integration.loginSubType === null ? 'login.salesforce.com' : LOGIN_HOST,
    loginKey,
    sessionKey,
  };
}
