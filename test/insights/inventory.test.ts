import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { shippedQuery } from '../../extension/insights/queries.ts';
import { SETUP_ACTIONS } from '../../extension/insights/setup-actions.ts';
import { insightViews } from '../../extension/insights/views.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import { DAY } from '../../extension/shared/utc.ts';
import { setupActions } from '../simulated-org/data/setup/actions.ts';
import { orgAndLake, type OrgAndLake } from '../sync/org-and-lake.ts';

type Row = Readonly<Record<string, unknown>>;

describe('insights with an inventory', () => {
  let both: OrgAndLake;

  before(async () => {
    both = await orgAndLake({ scenario: 'shield' });
    const report = await both.sync({
      eventTypes: { include: ['ContentDistribution', 'RestApi'] },
      since: new Date(Date.now() - 10 * DAY),
    });
    assert.equal(report.outcome, 'done');
  }).timeout(600_000);
  after(() => both[Symbol.asyncDispose]());

  async function ask(sql: string): Promise<readonly Row[]> {
    using ledger = openLedger(both.dataDir, both.org.orgId);
    await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
    const { columns, rows } = await worker.query({ sql, units: ledger.units.published(), views: insightViews });
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
  }

  it('say which files are public, since when, how protected, and who opened them', async () => {
    const query = shippedQuery('public-files');
    assert.ok(query);
    const files = await ask(query.sql);
    const { content_distribution } = await both.truth();
    assert.equal(files.length, content_distribution);
    for (const file of files) {
      for (const column of ['file', 'file_type', 'file_size', 'owner', 'made_public_by', 'public_since', 'profile']) {
        assert.ok(file[column] !== null && file[column] !== undefined, column);
      }
      assert.equal(typeof file['has_password'], 'boolean');
      assert.ok(Array.isArray(file['shared_with']));
      assert.match(String(file['owner']), /@/);
    }
    assert.ok(files.some((file) => Number(file['logged_openings']) > 0));
    assert.ok(files.some((file) => file['expires_at'] !== null) && files.some((file) => file['expires_at'] === null));
  });

  it('name user and profile beside every id of activities, each activity once', async () => {
    const [row] = await ask(
      `SELECT count(*) AS activities, count(user_name) AS named, count(profile) AS with_profile,
         (SELECT count(*) FROM login_history) + (SELECT count(*) FROM setup_audit_trail)
           + (SELECT count(*) FROM event_log) AS events
       FROM activities`,
    );
    assert.equal(row?.['activities'], row?.['events']);
    const [unnamed] = await ask(
      `SELECT count(*) AS sign_ins FROM activities WHERE source = 'login_history' AND (user_name IS NULL OR profile IS NULL)`,
    );
    assert.equal(unnamed?.['sign_ins'], 0);
  });

  it('understand Setup changes by their Action code, whatever the language of Display', async () => {
    const rows = await ask(`SELECT action, class, severity, what, count(*) AS changes FROM setup_changes GROUP BY ALL`);
    const granted = rows.find(({ action }) => action === 'PermSetAssign');
    assert.deepEqual([granted?.['class'], granted?.['severity']], ['permission change', 'high']);
    for (const { action, what } of rows.filter((row) => row['class'] === 'other')) assert.equal(action, what);
    const [count] = await ask(
      'SELECT (SELECT count(*) FROM setup_changes) AS changes, (SELECT count(*) FROM setup_audit_trail) AS entries',
    );
    assert.equal(count?.['changes'], count?.['entries']);
  });

  it('know each Action code once, and all that the simulated org writes about users and permissions', () => {
    const codes = SETUP_ACTIONS.map(({ action }) => action.toLowerCase());
    assert.equal(new Set(codes).size, codes.length);
    for (const { action, what } of SETUP_ACTIONS) {
      assert.match(action, /^\w+$/);
      assert.ok(what.length > 0, action);
    }
    for (const { action, section } of setupActions) {
      if (section !== 'Manage Users' || /PageLayout/.test(action)) continue;
      assert.ok(codes.includes(action.toLowerCase()), action);
    }
  });
});
