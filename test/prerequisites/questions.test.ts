import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nameOf, questions } from '../../extension/prerequisites/questions.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import type { Outcome } from '../../extension/prerequisites/report.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import { withCode } from '../sync/org-and-lake.ts';
import { ALL_RIGHT } from './answers.ts';
import { orgAndDoors } from './org-and-doors.ts';

describe('what Verify asks', function () {
  this.timeout(60_000);

  it('leaves out no question, however many sources there are', () => {
    const { org, account } = ALL_RIGHT;
    const asked = questions({ org, account, sources: SOURCES, now: 0 }).map(({ name }) => name);
    for (const source of SOURCES) assert.ok(asked.includes(nameOf(source)), source.name);
    const [first] = SOURCES;
    assert.ok(first);
    const many = Array.from({ length: 40 }, (_, number) => ({ ...first, name: `source_${String(number)}` }));
    assert.equal(questions({ org, account, sources: many, now: 0 }).length, asked.length - 8 + 40);
  });

  it('takes at most eight calls where sf does not know the id of its user', async () => {
    await using org = await orgAndDoors('shield', { userId: undefined });
    await org.control('POST /requests/reset');
    const { report } = await org.verify();
    assert.equal(report.outcome, 'pass');
    const { counted } = await org.control<{ counted: number }>('GET /requests');
    assert.ok(counted <= 8, `${String(counted)} calls`);
  });

  for (const field of [
    'LoginHistory.ForwardedForIp',
    'SetupAuditTrail.DelegateUser',
    'User.Department',
    'Profile.Description',
    'ConnectedApplication.StartUrl',
    'ContentDistribution.ViewCount',
    'EventLogFile.LogFileFieldTypes',
  ]) {
    it(`finds that ${field} is not there`, async () => {
      await using org = await orgAndDoors('shield');
      await org.control('POST /faults', { kind: 'missing-field', field });
      const { report } = await org.verify();
      const found = report.prerequisites.find(({ id }) => id === 'sources');
      assert.equal(found?.outcome, 'warning');
      assert.ok(found.evidence.includes(String(field.split('.')[1])), found.evidence);
    });
  }

  const refusals: readonly FaultInput[] = [
    { kind: 'refuse', status: 403, errorCode: 'TRIAL_EXPIRED' },
    { kind: 'refuse', status: 403, errorCode: 'LOGIN_DURING_RESTRICTED_TIME' },
    { kind: 'edge', status: 403 },
    { kind: 'maintenance', status: 503 },
  ];
  for (const fault of refusals) {
    it(`could not run where every answer is ${fault.kind} ${String(fault.status)} ${fault.errorCode ?? ''}`, async () => {
      await using org = await orgAndDoors('shield');
      await org.control('POST /faults', fault);
      const codes = { refuse: 'ACCESS_REFUSED', edge: 'RESPONSE_INVALID', maintenance: 'SERVER_ERROR' } as const;
      await assert.rejects(org.verify(), withCode(codes[fault.kind as keyof typeof codes]));
    });
  }

  it('fails where the session holds and the REST API refuses everything', async () => {
    for (const fault of [
      { kind: 'refuse', status: 404, errorCode: 'NOT_FOUND' },
      { kind: 'refuse', status: 403, errorCode: 'SOMETHING_NEW' },
      { kind: 'edge', status: 403 },
    ]) {
      await using org = await orgAndDoors('shield');
      await org.control('POST /faults', { path: '^/services/data/', ...fault });
      const { report } = await org.verify();
      assert.equal(report.outcome, 'fail');
      assert.equal(report.prerequisites.find(({ id }) => id === 'rest-api')?.outcome, 'fail');
    }
  });

  it('holds the reserve that was set against the allocation', () => {
    const outcome = (reserve: number): Outcome | undefined =>
      judge({
        ...ALL_RIGHT,
        usage: { ...ALL_RIGHT.usage, max: 100_000, remaining: 40_000, reserve },
      }).prerequisites.find(({ id }) => id === 'api-allocation')?.outcome;
    assert.equal(outcome(10_000), 'pass');
    assert.equal(outcome(50_000), 'fail');
  });
});
