import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

describe('records that come late, at once, or under a wrong clock', () => {
  const sources = ['login_history', 'setup_audit_trail'];
  let both: OrgAndLake;
  beforeEach(async () => void (both = await orgAndLake({ scenario: 'no-shield' })));
  afterEach(() => both[Symbol.asyncDispose]());

  async function expectAllRecords(): Promise<void> {
    const { truth } = await both.still(() => both.sync({ sources }));
    const count = async (table: string): Promise<number> =>
      Number((await both.query(`SELECT count(*) FROM ${table}`))[0]?.[0]);
    const distinct = async (table: string): Promise<number> =>
      Number((await both.query(`SELECT count(DISTINCT "Id") FROM ${table}`))[0]?.[0]);
    assert.equal(await count('login_history'), truth.login_history);
    assert.equal(await distinct('login_history'), truth.login_history);
    assert.equal(await count('setup_audit_trail'), truth.setup_audit_trail);
  }

  it('are neither skipped nor doubled when thousands share one time and the pull breaks off among them', async () => {
    const at = new Date(Date.now() - 30 * HOUR).toISOString();
    await both.change({ kind: 'logins', count: 4_500, at });
    // The third page of sign-ins never arrives: the position is then among those that share their time or before.
    for (let after = 1; after <= 3; after++) {
      await both.fault({ kind: 'truncated', path: '/query/', afterBytes: 2_000, after });
      await both.sync({ sources });
      await both.noFaults();
    }
    await expectAllRecords();
  });

  it('are found within the overlap, and cost nothing when there are none', async () => {
    await both.still(() => both.sync({ sources }));
    for (const minutes of [50, 20, 1]) {
      await both.change({ kind: 'logins', count: 3, at: new Date(Date.now() - minutes * MINUTE).toISOString() });
      await expectAllRecords();
    }
    const { result } = await both.still(() => both.sync({ sources }));
    assert.deepEqual(
      result.sources.map(({ rows, files, requests }) => [rows, files, requests]),
      sources.map(() => [0, 0, 1]),
    );
  });

  it('do not depend on the clock of this machine', async () => {
    for (const days of [-3, 400, 0, -400, 2]) {
      await both.change({ kind: 'logins', count: 5 });
      const report = await both.sync({ sources, clock: { now: () => Date.now() + days * 24 * HOUR } });
      assert.equal(report.outcome, 'done');
    }
    await expectAllRecords();
  });
});
