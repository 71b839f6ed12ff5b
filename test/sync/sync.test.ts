import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { shippedQueries } from '../../extension/insights/queries.ts';
import { insightViews } from '../../extension/insights/views.ts';
import { DAY, HOUR, MINUTE, utcDate } from '../../extension/shared/utc.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import { status } from '../../extension/sync/status.ts';
import { orgAndLake, type OrgAndLake } from './org-and-lake.ts';

describe('sync of a whole org', () => {
  let both: OrgAndLake;
  before(async () => void (both = await orgAndLake({ scenario: 'shield' })));
  after(() => both[Symbol.asyncDispose]());

  it('brings every event of every source and event type, once', async () => {
    const report = await both.sync();
    assert.equal(report.outcome, 'done');
    assert.deepEqual(
      report.sources.map(({ source, state }) => [source, state]),
      SOURCES.map(({ name }) => [name, 'done']),
    );
    const rows = await both.rows();
    const inLake = Object.values(rows.event_log).reduce((sum, count) => sum + count, 0);
    assert.deepEqual(
      report.sources.filter(({ source }) => source in rows).map((source) => source.rows),
      [rows.login_history, rows.setup_audit_trail, rows.content_distribution, inLake],
    );
    const { truth } = await both.still(() => both.sync());
    assert.deepEqual(await both.rows(), truth);
  }).timeout(900_000);

  it('brings what every shipped query and the activities can be asked of, whatever the event types', async () => {
    for (const { id, sql } of shippedQueries) {
      await assert.doesNotReject(both.query(sql, insightViews), id);
    }
    const outcomes = await both.query(
      `SELECT DISTINCT outcome FROM activities WHERE action LIKE 'bulk-%' AND outcome IS NOT NULL ORDER BY ALL`,
      insightViews,
    );
    assert.deepEqual(outcomes, [['failure'], ['success']]);
  });

  it('counts its calls as the org does', async () => {
    const { counted } = await both.requests();
    assert.equal(both.door.usage().own, counted);
    assert.equal(both.door.usage().session, counted);
  });

  it('finds nothing new right after, at one call a source, and none for those that are asked once a day', async () => {
    await both.still(() => both.sync());
    const { result: report } = await both.still(() => both.sync());
    assert.deepEqual(
      report.sources.map(({ source, state, rows, files, requests }) => ({ source, state, rows, files, requests })),
      SOURCES.map(({ name, kind }) => ({
        ...{ source: name, state: 'done', rows: 0, files: 0 },
        requests: kind === 'snapshot' ? 0 : 1,
      })),
    );
    assert.equal(report.quota.requests, 4);
  });

  it('brings what came since, late and made anew included', async () => {
    const now = Date.now();
    const at = (minutesAgo: number): string => new Date(now - minutesAgo * MINUTE).toISOString();
    const day = (daysAgo: number): string => utcDate(now - daysAgo * DAY);
    const hour = `${new Date(now - 8 * HOUR).toISOString().slice(0, 13)}:00:00.000Z`;
    const before = await both.rows();
    await both.change({ kind: 'logins', count: 7 });
    await both.change({ kind: 'logins', count: 3, at: at(20) });
    await both.change({ kind: 'setup-changes', count: 2, at: at(5) });
    await both.change({ kind: 'regenerate-daily', eventType: 'Login', date: day(5), count: 11 });
    await both.change({ kind: 'late-hourly', eventType: 'Login', hour, count: 4 });
    const { truth } = await both.still(() => both.sync());
    assert.deepEqual(await both.rows(), truth);
    assert.equal(truth.login_history, before.login_history + 10);
    assert.equal(truth.setup_audit_trail, before.setup_audit_trail + 2);
    assert.ok((truth.event_log['Login'] ?? 0) >= (before.event_log['Login'] ?? 0) + 15);
    // What only an hour's file has is not lost where the day has its daily file already.
    const passed = `${day(3)}T06:00:00.000Z`;
    await both.change({ kind: 'late-hourly', eventType: 'Login', hour: passed, count: 6 });
    await both.still(() => both.sync());
    assert.equal((await both.rows()).event_log['Login'], (truth.event_log['Login'] ?? 0) + 6);
  });

  it('keeps files and folders to their owner, and out of version control', async () => {
    assert.equal(await readFile(path.join(both.dataDir, '.gitignore'), 'utf8'), '*\n');
    const entries = await readdir(both.dataDir, { recursive: true, withFileTypes: true });
    assert.ok(entries.length > 100);
    for (const entry of entries) {
      const { mode } = await stat(path.join(entry.parentPath, entry.name));
      assert.equal(mode & 0o777, entry.isDirectory() ? 0o700 : 0o600, path.join(entry.parentPath, entry.name));
      assert.doesNotMatch(entry.name, /\.(?:part|tmp)$/);
    }
  });

  it('writes no token anywhere', async () => {
    const token = both.org.accessToken;
    for (const folder of [both.dataDir, both.stateDir]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        assert.ok(!(await readFile(file)).includes(token), `${file} holds the access token`);
      }
    }
  });

  it('tells how the lake stands, without a call', async () => {
    const before = (await both.requests()).total;
    const [org] = await status(both.dataDir, both.org.orgId, { stateDir: both.stateDir });
    assert.ok(org);
    const rows = await both.rows();
    assert.equal(org.username, both.org.username);
    assert.deepEqual(
      org.sources.map(({ source, state, pending }) => [source, state, pending]),
      SOURCES.map(({ name }) => [name, 'done', 0]),
    );
    assert.equal(org.sources[0]?.rows, rows.login_history);
    assert.deepEqual(org.sources.find(({ source }) => source === 'event_log')?.eventTypes, rows.event_log);
    assert.ok(org.runs.length > 3 && org.runs.every(({ outcome }) => outcome === 'done'));
    assert.equal(org.holder, null);
    assert.equal(org.quota.own, both.door.usage().own);
    assert.equal((await both.requests()).total, before);
  });
});
