import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { doorFor } from '../../extension/org/open-door.ts';
import { SILENT_CALLS } from '../../extension/org/quota.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import type { QuotaPolicy } from '../../extension/shared/calls.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import { authorizationOf } from '../support/authorization.ts';
import { orgAndLake, withCode, type OrgAndLake } from '../sync/org-and-lake.ts';

const PROFILES = { path: '/services/data/v{v}/sobjects', purpose: 'look' };

describe('an org that does not tell its API usage', () => {
  let both: OrgAndLake;
  let now: number;
  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield' });
    now = Date.now();
  });
  afterEach(() => both[Symbol.asyncDispose]());

  const open = (quota: Partial<QuotaPolicy> = {}) =>
    doorFor(authorizationOf(both.org), { calls: both.calls, clock: { now: () => now }, quota });

  /** Calls until one is not let through; how many went out. */
  async function untilReserved(door: ReturnType<typeof open>): Promise<number> {
    const { total } = await both.requests();
    await assert.rejects(async () => {
      for (;;) await Promise.all(Array.from({ length: 5 }, () => door.json(PROFILES)));
    }, withCode('QUOTA_RESERVED'));
    return (await both.requests()).total - total;
  }

  for (const [name, fault] of [
    ['no header', { kind: 'no-limit-info' }],
    ...['abc/xyz', '-5/100', '5/-100', '1/0', '1/99999999999999', '1/100, api-usage=1/200', '1.5/1e9', ''].map(
      (value) => [`api-usage=${value}`, { kind: 'malformed-limit-info', value: `api-usage=${value}` }] as const,
    ),
  ] as const) {
    it(`is asked for its limits, and the reserve is kept: ${name}`, async () => {
      const { max } = await both.control<{ max: number }>('GET /usage');
      await both.control('POST /usage', { used: Math.floor(max * 0.9) - 60 });
      await both.fault(fault);
      const door = open();
      await untilReserved(door);
      const { remaining } = await both.control<{ remaining: number }>('GET /usage');
      assert.ok(remaining >= max * 0.1, `${String(remaining)} of ${String(max)} are left`);
      assert.ok(remaining < max * 0.1 + 30, 'what is above the reserve was used');
      assert.equal((await both.requests()).byKind['limits'], 1);
      door.close();
    });
  }

  it('is not asked for them while its answers tell', async () => {
    const door = open();
    for (let count = 0; count < 3; count++) await door.json(PROFILES);
    await door.metadata(
      'readMetadata',
      '<readMetadata><type>SecuritySettings</type><fullNames>Security</fullNames></readMetadata>',
    );
    await door.json(PROFILES);
    assert.equal((await both.requests()).byKind['limits'], undefined);
    door.close();
  });

  it('is left alone after a few calls where the limits tell nothing either, and tried once an hour', async () => {
    await both.fault({ kind: 'no-limit-info' });
    await both.fault({ kind: 'answer', path: '/limits', body: '{"DailyApiRequests":{"Max":5,"Remaining":9}}' });
    const door = open();
    assert.equal(await untilReserved(door), SILENT_CALLS);
    await assert.rejects(door.json(PROFILES), (error: unknown) => {
      assert.ok(error instanceof OrgwatchError);
      assert.match(error.message, /Sforce-Limit-Info/);
      return error.actions.length === 3;
    });
    door.close();
    const another = open();
    assert.equal(await untilReserved(another), 0, 'another process begins anew');
    now += HOUR;
    assert.equal(await untilReserved(another), 1);
    await both.noFaults();
    now += HOUR;
    await another.json(PROFILES);
    await another.json(PROFILES);
    another.close();
  });

  it('keeps the reserve of the allocation that was stated for it', async () => {
    await both.fault({ kind: 'no-limit-info' });
    await both.fault({ kind: 'answer', path: '/limits', status: 403, body: '[]' });
    const door = open({ allocation: 100 });
    assert.equal(await untilReserved(door), 90);
    door.close();
  });
});
