import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { prepare } from '../../extension/prerequisites/prepare.ts';
import { planOf, type Wishes } from '../../extension/prerequisites/prepare-plan.ts';
import { STEPS, type DoneStep, type StepId } from '../../extension/prerequisites/prepare-report.ts';
import { LEAST_PRIVILEGE } from '../../extension/prerequisites/least-privilege.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { orgAndDoors, type OrgAndDoors } from './org-and-doors.ts';

interface State {
  readonly servicePermissions: readonly string[];
  readonly serviceUser: Readonly<Record<string, unknown>>;
  readonly assignments: readonly unknown[];
}

const wishFor = (account: string, wishes: Partial<Wishes> = {}): Wishes => ({
  account,
  create: undefined,
  only: undefined,
  leastPrivilege: false,
  ...wishes,
});

/** Plans and prepares as the command does. */
async function prepared(
  at: OrgAndDoors,
  wishes: Partial<Wishes> = {},
  dryRun = false,
): Promise<{ plan: readonly StepId[]; steps: readonly DoneStep[] }> {
  const { service } = at.org;
  const wished = wishFor(service.username, wishes);
  const about = { username: wished.account ?? service.username, userId: undefined };
  const { answers } = await at.verify(about);
  const plan = planOf(answers, wished);
  const steps = await prepare({ door: at.admin, log: silentLog, answers, plan, wishes: wished, dryRun });
  return { plan: plan.map(({ id }) => id), steps };
}

const done = (steps: readonly DoneStep[]): void => {
  for (const { id, state, result } of steps) assert.equal(state, 'done', `${id}: ${result}`);
};

const EVERYTHING: readonly StepId[] = [
  'session-ip-lock',
  'content-deliveries',
  'connector-profile',
  'assign-profile',
  'crm-content-user',
];

/** What prepare does to a scenario by itself or by name, and what is no `pass` for the account afterwards. */
const REMEDIES: readonly [
  scenario: string,
  only: readonly StepId[] | undefined,
  plan: readonly StepId[],
  left: Readonly<Record<string, string>>,
][] = [
  ['fresh', undefined, EVERYTHING, {}],
  ['forecasting', undefined, EVERYTHING, {}],
  ['no-access', undefined, EVERYTHING, {}],
  ['unassigned', undefined, ['assign-profile'], {}],
  ['persons-account', undefined, ['assign-profile'], {}],
  ['missing-permissions', undefined, ['connector-profile'], {}],
  ['locked-sessions', undefined, ['session-ip-lock'], {}],
  ['no-deliveries', undefined, ['content-deliveries'], {}],
  ['japanese-user', undefined, ['language'], {}],
  ['no-content-user', undefined, ['crm-content-user'], {}],
  ['generation-off', undefined, ['event-monitoring'], {}],
  ['frozen-account', undefined, [], { 'service-account': 'fail' }],
  ['frozen-account', ['unfreeze'], ['unfreeze'], {}],
  ['login-hours', undefined, [], { 'service-account': 'warning' }],
  ['login-hours', ['login-hours'], ['login-hours'], {}],
  ['hidden-deliveries', ['create-content-deliveries'], ['create-content-deliveries'], {}],
  ['shield', undefined, [], {}],
  ['shield', STEPS, ['create-content-deliveries'], {}],
];

describe('prepare', function () {
  this.timeout(120_000);

  for (const [scenario, only, expected, left] of REMEDIES)
    it(`${scenario}${only === undefined ? '' : ` --only ${only.join(' ')}`}: ${expected.join(', ') || 'nothing'}`, async () => {
      await using at = await orgAndDoors(scenario);
      const { plan, steps } = await prepared(at, { only });
      assert.deepEqual(plan, expected);
      done(steps);
      assert.deepEqual(await at.outcomes(), left);
      const again = await prepared(at, { only });
      if (only === undefined) assert.deepEqual(again.plan, [], 'nothing is left to be done');
    });

  it('is put right by hand where only a hand can: an app is installed', async () => {
    for (const scenario of ['uninstalled-apps', 'api-access-control']) {
      await using at = await orgAndDoors(scenario);
      assert.deepEqual(await at.outcomes(), { 'app-access': 'warning' });
      await at.control('POST /install-app', { name: 'Salesforce CLI' });
      assert.deepEqual(await at.outcomes(), {});
    }
  });

  it('is put right by time where calls are short', async () => {
    await using at = await orgAndDoors('nearly-exhausted');
    assert.deepEqual(await at.outcomes(), { 'api-allocation': 'warning' });
    await at.control('POST /usage', { used: 10_000 });
    assert.deepEqual(await at.outcomes(), {});
  });

  it('leaves the org as it was with dryRun, and says that it would succeed', async () => {
    await using at = await orgAndDoors('fresh');
    const before = await at.control<object>('GET /state');
    const { steps } = await prepared(at, {}, true);
    assert.deepEqual(new Set(steps.map(({ state }) => state)), new Set(['checked']));
    assert.deepEqual({ ...(await at.control<object>('GET /state')), usage: 0 }, { ...before, usage: 0 });
  });

  it('adds what the org demands besides, and says so', async () => {
    await using at = await orgAndDoors('forecasting');
    const { steps } = await prepared(at);
    const { result = '' } = steps.find(({ id }) => id === 'connector-profile') ?? {};
    for (const name of ['CreateWorkspaces', 'ViewAllForecasts', 'ViewDataLeakageEvents', 'ViewPlatformEvents'])
      assert.ok(result.includes(name), result);
    const { servicePermissions } = await at.control<State>('GET /state');
    assert.equal(servicePermissions.length, 29);
  });

  it('learns it from the refusals, in two rounds, where the org cannot be asked', async () => {
    await using at = await orgAndDoors('forecasting');
    await at.control('POST /faults', { kind: '503', path: 'tooling/query' });
    const { steps } = await prepared(at);
    done(steps);
    const { result = '' } = steps.find(({ id }) => id === 'connector-profile') ?? {};
    assert.match(
      result,
      /demands besides: CreateWorkspaces, ViewAllForecasts, ViewDataLeakageEvents, ViewPlatformEvents/,
    );
    assert.deepEqual(await at.outcomes(), {});
  });

  it('makes the account, with no password, in the language of the org', async () => {
    await using at = await orgAndDoors('fresh');
    const create = {
      username: 'new.connector@alpenglow.example',
      email: 'sec@alpenglow.example',
      lastName: 'Connector',
    };
    const { plan, steps } = await prepared(at, { account: create.username, create });
    assert.deepEqual(plan, ['session-ip-lock', 'content-deliveries', 'connector-profile', 'create-account']);
    done(steps);
    const { report } = await at.verify({ username: create.username, userId: undefined });
    const outcome = (id: string): string | undefined => report.prerequisites.find((each) => each.id === id)?.outcome;
    for (const id of [
      'connector-profile',
      'permission-query-all-files',
      'service-account',
      'crm-content-user',
      'language',
    ])
      assert.equal(outcome(id), 'pass', id);
    assert.equal(outcome('sources'), 'unknown');
    const { steps: again } = await prepared(at, { account: create.username, create, only: ['create-account'] });
    assert.equal(again[0]?.state, 'failed');
    assert.match(again[0]?.result ?? '', /DUPLICATE_USERNAME/);
  });

  it('gives little where little is wanted, and Verify says what that costs', async () => {
    await using at = await orgAndDoors('fresh');
    const { plan, steps } = await prepared(at, { leastPrivilege: true });
    assert.deepEqual(plan, ['session-ip-lock', 'least-privilege']);
    done(steps);
    const { report } = await at.verify();
    const found = Object.fromEntries(report.prerequisites.map((each) => [each.id, each]));
    assert.equal(found['connector-profile']?.outcome, 'pass');
    assert.equal(found['event-monitoring']?.outcome, 'pass');
    assert.equal(found['permission-manage-users']?.outcome, 'warning');
    assert.match(found['permission-manage-users']?.evidence ?? '', /login_history \(the places of sign-ins\)/);
    assert.match(found['sources']?.evidence ?? '', /content_distribution: [^]*without Query All Files it lacks/);
    const { servicePermissions } = await at.control<State>('GET /state');
    for (const name of LEAST_PRIVILEGE.permissions) assert.ok(servicePermissions.includes(name), name);
    assert.ok(!servicePermissions.includes('ViewAllData'));
  });

  it('asks whose account is meant where a step is about one', async () => {
    await using at = await orgAndDoors('fresh');
    const { answers } = await at.verify();
    const wishes = wishFor('', { account: undefined });
    const plan = planOf(answers, wishes).map(({ id }) => id);
    assert.deepEqual(plan, ['session-ip-lock', 'content-deliveries', 'connector-profile']);
    assert.throws(() => planOf(answers, { ...wishes, only: ['unfreeze'] }), /needs to know whose account/);
  });

  it('stops at what fails and says what was not reached', async () => {
    await using at = await orgAndDoors('fresh');
    const { steps } = await prepared(at, { account: 'nobody@example.com' });
    assert.deepEqual(
      steps.map(({ id, state }) => `${id} ${state}`),
      ['session-ip-lock done', 'content-deliveries done', 'connector-profile done', 'assign-profile failed'],
    );
    assert.match(steps.at(-1)?.result ?? '', /no user nobody@example\.com/);
  });

  it('counts every request that it makes', async () => {
    await using at = await orgAndDoors('fresh');
    await at.control('POST /requests/reset');
    const before = at.admin.usage().session;
    await prepared(at);
    const { counted } = await at.control<{ counted: number }>('GET /requests');
    assert.equal(at.admin.usage().session - before, counted);
  });
});
