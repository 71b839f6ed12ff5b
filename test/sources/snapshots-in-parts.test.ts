import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';

describe('a snapshot of many pages', () => {
  let both: OrgAndLake;
  before(async () => {
    both = await orgAndLake({ scenario: 'shield', scale: 60 });
    both.token = both.org.admin.accessToken;
  });
  after(() => both[Symbol.asyncDispose]());

  async function counts(table: string): Promise<readonly unknown[]> {
    return (await both.query(`SELECT count(*), count(DISTINCT event_key) FROM ${table}`))[0] ?? [];
  }

  it('reads tokens beyond the 2,500 of one query, equal ones included', async () => {
    const { oauth_token_snapshot: tokens } = await both.control<{ oauth_token_snapshot: number }>('GET /truth');
    assert.ok(tokens > 2_500, String(tokens));
    const report = await both.sync({ sources: ['oauth_token_snapshot'] });
    assert.equal(report.outcome, 'done');
    // One more: what the account may see.
    assert.equal(report.quota.requests, Math.ceil(tokens / 500) + 1);
    assert.deepEqual(await counts('oauth_token_snapshot'), [tokens, tokens]);
  });

  it('goes on where it was interrupted, with the same snapshot', async () => {
    const { user_snapshot: users } = await both.control<{ user_snapshot: number }>('GET /truth');
    assert.ok(users > 2_000, String(users));
    await both.fault({ kind: '503', path: 'query', after: 1 });
    const first = await both.sync({ sources: ['user_snapshot'] });
    assert.equal(first.outcome, 'failed');
    assert.equal(first.sources[0]?.files, 1);
    assert.deepEqual(await counts('user_snapshot'), [0, 0]);
    await both.noFaults();
    const second = await both.sync({ sources: ['user_snapshot'] });
    assert.equal(second.outcome, 'done');
    // What the account may see was asked in the other test, within the hour.
    assert.equal(second.quota.requests, Math.ceil(users / 2_000) - 1);
    assert.deepEqual(await counts('user_snapshot'), [users, users]);
    assert.deepEqual(await both.query('SELECT count(DISTINCT event_time) FROM user_snapshot'), [[1]]);
  });
});
