import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { prepare } from '../../extension/prerequisites/prepare.ts';
import { planOf } from '../../extension/prerequisites/prepare-plan.ts';
import { firstRecord, updateRecord } from '../../extension/prerequisites/prepare-account.ts';
import { removals, unprepare } from '../../extension/prerequisites/unprepare.ts';
import { silentLog } from '../../extension/shared/log.ts';
import type { TrafficReport } from '../simulated-org/accounting/traffic.ts';
import { control } from '../support/control.ts';
import { orgAndDoors, type OrgAndDoors } from './org-and-doors.ts';

async function prepared(at: OrgAndDoors, leastPrivilege: boolean): Promise<void> {
  const { username, userId } = at.org.service;
  const wishes = { account: username, create: undefined, only: undefined, leastPrivilege };
  const { answers } = await at.verify({ username, userId });
  const steps = await prepare({
    door: at.admin,
    log: silentLog,
    answers,
    plan: planOf(answers, wishes),
    wishes,
    dryRun: false,
  });
  for (const { state, result } of steps) assert.equal(state, 'done', result);
}

describe('unprepare', function () {
  this.timeout(60_000);

  it('finds nothing where nothing was prepared', async () => {
    await using at = await orgAndDoors('fresh');
    assert.deepEqual(await removals(at.admin), []);
  });

  it('asks for the users of an id, whatever the org answers as one', async () => {
    await using at = await orgAndDoors('fresh');
    const body = JSON.stringify({ totalSize: 1, done: true, records: [{ Id: `0' OR Username != '` }] });
    await control(at.org, 'POST /faults', { kind: 'answer', path: 'Profile', count: 1, body });
    await removals(at.admin).catch(() => undefined);
    const { latest } = await control<TrafficReport>(at.org, 'GET /requests');
    const asked = latest.map(({ soql }) => soql).filter((soql) => soql?.includes('ProfileId'));
    assert.deepEqual(asked, [String.raw`SELECT Username FROM User WHERE ProfileId = '0\' OR Username != \''`]);
  });

  it('shows what there is and who has it, and moves nobody off the profile', async () => {
    await using at = await orgAndDoors('fresh');
    await prepared(at, false);
    const found = await removals(at.admin);
    assert.deepEqual(
      found.map(({ type, heldBy }) => [type, heldBy]),
      [
        ['Profile', [at.org.service.username]],
        ['PermissionSet', []],
      ],
    );
    const options = { door: at.admin, log: silentLog };
    const checked = await unprepare(options, found, true);
    assert.deepEqual(
      checked.map(({ state }) => state),
      ['held', 'checked'],
    );
    assert.equal((await removals(at.admin)).length, 2);
    const done = await unprepare(options, found, false);
    assert.deepEqual(
      done.map(({ state }) => state),
      ['held', 'removed'],
    );
    assert.match(done[0]?.result ?? '', /put on another profile first/);

    const standard = await firstRecord(at.admin, "SELECT Id FROM Profile WHERE Name = 'Standard User'", 'find it');
    await updateRecord(at.admin, 'User', at.org.service.userId, { ProfileId: String(standard?.['Id']) });
    const rest = await unprepare(options, await removals(at.admin), false);
    assert.deepEqual(
      rest.map(({ state }) => state),
      ['removed'],
    );
    assert.deepEqual(await removals(at.admin), []);
  });

  it('takes the least-privilege permission set from its users, then removes it', async () => {
    await using at = await orgAndDoors('fresh');
    await prepared(at, true);
    const found = await removals(at.admin);
    assert.deepEqual(found[0]?.heldBy, [at.org.service.username]);
    assert.equal((await unprepare({ door: at.admin, log: silentLog }, found, true))[0]?.state, 'checked');
    const [done] = await unprepare({ door: at.admin, log: silentLog }, found, false);
    assert.equal(done?.state, 'removed', done?.result);
    const { assignments } = await at.control<{ assignments: unknown[] }>('GET /state');
    assert.deepEqual(assignments, []);
  });
});
