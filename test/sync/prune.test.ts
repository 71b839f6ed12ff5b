import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { DAY, utcDate } from '../../extension/shared/utc.ts';
import type { Clock } from '../../extension/shared/clock.ts';
import { checkLake } from '../../extension/sync/check.ts';
import { pruneLake } from '../../extension/sync/prune.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

const PRESENT = `SELECT Id, max(SystemModstamp) FROM content_distribution
  GROUP BY Id HAVING NOT arg_max(IsDeleted, SystemModstamp) ORDER BY Id`;
const USERS = 'SELECT count(*), count(DISTINCT event_date), max(event_date)::VARCHAR FROM user_snapshot';

describe('pruning things as they are', function () {
  this.timeout(120_000);
  let lab: OrgAndLake;
  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.1 });
    const sources = ['content_distribution', 'user_snapshot', 'setup_audit_trail'];
    await lab.sync({ sources });
    // A day later there is another snapshot.
    const tomorrow: Clock = { now: () => Date.now() + DAY };
    await lab.sync({ sources: ['user_snapshot'], clock: tomorrow });
  });
  after(() => lab[Symbol.asyncDispose]());

  it('keeps every public link that exists and the newest snapshot, whatever their age; events go', async () => {
    const [links, users] = [await lab.query(PRESENT), await lab.query(USERS)];
    assert.ok(links.length > 1);
    assert.equal(users[0]?.[1], 2);
    const inTenYears: Clock = { now: () => Date.now() + 3650 * DAY };
    const work = { dataDir: lab.dataDir, orgId: lab.org.orgId, olderThan: 30 * DAY, clock: inTenYears };
    const would = await pruneLake({ ...work, dryRun: true });
    const did = await pruneLake({ ...work, dryRun: false });
    assert.deepEqual({ ...would, dryRun: false }, did);
    assert.deepEqual(
      did.kept.map(({ source }) => source),
      ['content_distribution', 'user_snapshot'],
    );
    assert.deepEqual(await lab.query(PRESENT), links);
    const [left] = await lab.query(USERS);
    assert.equal(left?.[1], 1);
    assert.equal(left?.[2], utcDate(Date.now() + DAY));
    assert.deepEqual(await lab.query('SELECT count(*) FROM setup_audit_trail'), [[0]]);
    // What is kept can still be proven, and made again, from its raw files.
    const { findings } = await checkLake({ dataDir: lab.dataDir, orgId: lab.org.orgId });
    assert.deepEqual(findings, []);
    assert.equal((await pruneLake({ ...work, dryRun: false })).files, 0);
  });
});
