import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCalls } from '../../extension/lake/calls.ts';
import type { Door, OrgIdentity } from '../../extension/org/door.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import { verifyWithAnswers } from '../../extension/prerequisites/verify.ts';
import type { Outcome, VerifyReport } from '../../extension/prerequisites/report.ts';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { startSimulatedOrg, type Account, type SimulatedOrg } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';

/** A simulated org with a door for its service account and one for its administrator. */
export interface OrgAndDoors extends AsyncDisposable {
  readonly org: SimulatedOrg;
  readonly service: Door;
  readonly admin: Door;
  verify(account?: {
    username: string;
    userId: string | undefined;
  }): Promise<{ report: VerifyReport; answers: Answers }>;
  /** Outcomes that are no `pass`, by id. */
  outcomes(): Promise<Readonly<Record<string, Outcome>>>;
  control<T>(request: string, body?: unknown): Promise<T>;
}

export async function orgAndDoors(scenario: string, login: Partial<OrgIdentity> = {}): Promise<OrgAndDoors> {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'orgwatch-prepare-'));
  cleanup.defer(async () => await rm(folder, { recursive: true, force: true }));
  const org = await startSimulatedOrg({ scenario, scale: 0.02 });
  cleanup.defer(async () => await org.close());
  const calls = cleanup.use(openCalls(folder));
  const doorOf = (account: Account): Door => {
    const identity: OrgIdentity = {
      orgId: org.orgId,
      username: account.username,
      userId: account.userId,
      instanceUrl: org.instanceUrl,
      requestedAs: 'it',
      renewal: 'jwt',
      clientId: 'PlatformCLI',
      ...login,
    };
    const authorization = {
      identity,
      token: () => account.accessToken,
      renew: async () => account.accessToken,
    };
    const door = doorFor(authorization, { calls });
    cleanup.defer(() => door.close());
    return door;
  };
  const service = doorOf(org.service);
  const admin = doorOf(org.admin);
  const verify: OrgAndDoors['verify'] = (account) =>
    verifyWithAnswers({ door: account ? admin : service, account, clock: systemClock, log: silentLog });
  const kept = cleanup.move();
  return {
    org,
    service,
    admin,
    verify,
    async outcomes() {
      const { report } = await verify();
      return nonPasses(report);
    },
    control: (request, body) => control(org, request, body),
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

export function nonPasses({ prerequisites }: VerifyReport): Readonly<Record<string, Outcome>> {
  const found = prerequisites.filter(({ outcome }) => outcome !== 'pass');
  return Object.fromEntries(found.map(({ id, outcome }) => [id, outcome]));
}
