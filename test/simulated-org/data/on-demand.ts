import type { Row } from '../model.ts';
import type { Person } from './population/roster.ts';
import { randomFor } from './random.ts';
import { setupAuditTrailRow } from './setup/day.ts';
import type { SetupChange } from './setup/day.ts';
import { loginGeoRow, loginHistoryRow } from './sign-ins/rows.ts';
import { signInsOfPerson } from './sign-ins/staff.ts';
import type { SignIn } from './sign-ins/sign-in.ts';
import { SECOND, dayOf } from './time.ts';

/** Numbers from here on belong to rows made on demand, so that they meet no number of a day. */
const FIRST_NUMBER = 9_000_000_000_000;

export interface LoginRows {
  readonly history: Row[];
  readonly geo: Row[];
}

/** `count` more sign-ins at one instant; `serial` is the number of sign-ins made on demand before. */
export function extraSignIns(
  seed: number,
  roster: readonly Person[],
  at: number,
  count: number,
  serial: number,
  systemUserId: string,
): LoginRows {
  const models: SignIn[] = [];
  for (let back = 0; models.length === 0; back++) {
    for (const person of roster) signInsOfPerson(seed, person, dayOf(at) - back, 0, models);
  }
  const signIns = Array.from({ length: count }, (_, index) => ({
    ...(models[index % models.length] as SignIn),
    at: Math.floor(at / SECOND) * SECOND,
  }));
  return {
    history: signIns.map((signIn, index) => loginHistoryRow(signIn, FIRST_NUMBER + serial + index)),
    geo: signIns.map((signIn, index) => loginGeoRow(signIn, FIRST_NUMBER + serial + index, systemUserId)),
  };
}

/** `count` more changes in Setup at one instant. */
export function extraSetupChanges(
  seed: number,
  roster: readonly Person[],
  at: number,
  count: number,
  serial: number,
): Row[] {
  const random = randomFor(seed, 'setup on demand', serial);
  return Array.from({ length: count }, (_, index) => {
    const subject = random.pick(roster);
    const change: SetupChange = {
      at: Math.floor(at / SECOND) * SECOND,
      action: 'resetpassword',
      section: 'Manage Users',
      display: `Reset password for user ${subject.name}`,
      actor: roster[0],
      subject,
      delegate: null,
      namespace: null,
    };
    return setupAuditTrailRow(change, FIRST_NUMBER + serial + index);
  });
}
