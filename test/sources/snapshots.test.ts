import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { KNOWN_SOURCES } from '../../extension/lake/views-known.ts';
import { columnName } from '../../extension/lake/publish-records-sql.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import { presentFields } from '../../extension/sources/soql.ts';
import type { SourceReport, SyncReport } from '../../extension/sync/report.ts';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';

const snapshots = SOURCES.filter(({ kind }) => kind === 'snapshot').map(({ name }) => name);

function reportOf({ sources }: SyncReport, name: string): SourceReport {
  const report = sources.find(({ source }) => source === name);
  assert.ok(report, name);
  return report;
}

async function take(both: OrgAndLake, options: { readonly at?: number; readonly sources?: readonly string[] } = {}) {
  const { at, sources } = options;
  const names = sources ?? ['content_distribution', ...snapshots];
  return both.sync({ sources: names, ...(at === undefined ? {} : { clock: { now: () => at } }) });
}

describe('declarations of sources', () => {
  it('have the columns that views have before anything was published', () => {
    for (const source of SOURCES) {
      if (source.kind === 'event-log') continue;
      const declared = presentFields(source, new Set()).map(({ name }) => columnName(name));
      assert.deepEqual(Object.keys(KNOWN_SOURCES[source.name] ?? {}).sort(), [...declared].sort(), source.name);
    }
  });

  it('never ask for a secret', () => {
    for (const source of SOURCES) {
      if (source.kind === 'event-log') continue;
      for (const { name } of presentFields(source, new Set())) {
        assert.doesNotMatch(name, /^(?:Access|Request|Delete)Token$|^Password$/);
      }
    }
  });
});

describe('daily snapshots', () => {
  let both: OrgAndLake;
  before(async () => void (both = await orgAndLake({ scenario: 'shield' })));
  after(() => both[Symbol.asyncDispose]());

  it('hold everything that the org has, whoever may see it', async () => {
    const report = await take(both);
    assert.equal(report.outcome, 'done');
    const truth = await both.control<Readonly<Record<string, number>>>('GET /truth');
    // One each, and whoever comes first asks what the account may see.
    const requests = snapshots.map((name) => reportOf(report, name).requests);
    assert.ok(
      requests.every((count) => count === 1 || count === 2) && requests.filter((count) => count === 2).length <= 1,
    );
    for (const name of snapshots) {
      if (name === 'oauth_token_snapshot') continue;
      assert.equal(reportOf(report, name).rows, truth[name], name);
      const [[rows, dates] = []] = await both.query(`SELECT count(*), count(DISTINCT event_date) FROM ${name}`);
      assert.deepEqual([rows, dates], [truth[name], 1], name);
    }
    assert.ok((truth['content_document_link'] ?? 0) > 0);
    assert.ok((truth['permission_set_assignment_snapshot'] ?? 0) >= (truth['user_snapshot'] ?? 1));
  });

  it('make no call again that day, unless they are asked for by name', async () => {
    const before = (await both.requests()).counted;
    const report = await both.sync({ eventTypes: { include: ['Login'] } });
    for (const name of snapshots) {
      const { state, requests, rows, reason } = reportOf(report, name);
      assert.deepEqual({ state, requests, rows }, { state: 'done', requests: 0, rows: 0 }, name);
      assert.match(reason ?? '', /^Today's snapshot was taken at \d\d:\d\d UTC/);
    }
    assert.equal((await both.requests()).counted - before, report.quota.requests);
    const again = await take(both, { sources: ['user_snapshot'] });
    assert.equal(reportOf(again, 'user_snapshot').requests, 1);
  });

  it('take the place of an earlier one of the day, and stand beside those of other days', async () => {
    const users = (await both.query('SELECT count(*) FROM user_snapshot'))[0]?.[0];
    const tomorrow = Date.now() + DAY;
    await take(both, { sources: ['user_snapshot'] });
    assert.deepEqual(await both.query('SELECT count(*) FROM user_snapshot'), [[users]]);
    await take(both, { sources: ['user_snapshot'], at: tomorrow });
    const [[rows, dates, keys] = []] = await both.query(
      'SELECT count(*), count(DISTINCT event_date), count(DISTINCT event_key) FROM user_snapshot',
    );
    assert.deepEqual([rows, dates, keys], [2 * Number(users), 2, 2 * Number(users)]);
  });

  it('name user, profile and role', async () => {
    const [[named, profiles] = []] = await both.query(
      `SELECT bool_and(Username LIKE '%@%' AND Name IS NOT NULL), count(DISTINCT Profile_Name) FROM user_snapshot`,
    );
    assert.equal(named, true);
    assert.ok(Number(profiles) > 1);
    const [[admins] = []] = await both.query(
      `SELECT count(DISTINCT AssigneeId) FROM permission_set_assignment_snapshot WHERE PermissionSet_PermissionsModifyAllData`,
    );
    assert.ok(Number(admins) > 0);
    const [[unknown] = []] = await both.query(
      'SELECT count(*) FROM permission_set_assignment_snapshot WHERE IsRevoked IS NULL',
    );
    assert.equal(unknown, 0);
  });
});
