import assert from 'node:assert/strict';
import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { LEDGER_MIGRATIONS } from '../../extension/lake/ledger-schema.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { trust } from '../../extension/lake/trust.ts';
import { overview } from '../../extension/sync/overview.ts';
import { orgAndLake } from './org-and-lake.ts';

describe('the overview of a data folder', function () {
  this.timeout(60_000);

  it('tells what each source of a run brought, and what Verify found last', async () => {
    await using at = await orgAndLake({ scenario: 'shield' });
    await at.sync({ sources: ['login_history', 'setup_audit_trail'] });
    {
      using ledger = openLedger(at.dataDir, at.org.orgId);
      const found = { account: 'a@b.c', askedBy: 'a@b.c', outcome: 'pass' };
      const prerequisites = [{ id: 'session', outcome: 'pass', evidence: 'It answers.' }];
      ledger.transaction(() => {
        ledger.verifications.record({ at: 1, ...found, prerequisites: [] });
        ledger.verifications.record({ at: 2, ...found, prerequisites });
      });
    }
    const [found] = overview(at.dataDir, { stateDir: at.stateDir });
    assert.ok(found && 'lake' in found);
    const { runs, verification, pausedUntil } = found.lake;
    const rows = Object.fromEntries((runs[0]?.sources ?? []).map(({ source, rows }) => [source, rows]));
    assert.ok((rows['login_history'] ?? 0) > 0 && (rows['setup_audit_trail'] ?? 0) > 0, JSON.stringify(rows));
    assert.ok(
      runs[0]?.sources.every(({ state, files, bytes, requests }) => state === 'done' && files * bytes * requests),
    );
    assert.deepEqual([verification?.at, verification?.prerequisites[0]?.evidence], [2, 'It answers.']);
    assert.equal(pausedUntil, null);
  });

  it('keeps why a source brought nothing, with what to do, and shows other lakes beside one that is damaged', async () => {
    await using at = await orgAndLake({ scenario: 'fresh' });
    const report = await at.sync({ sources: ['login_history', 'event_log'] });
    const damaged = path.join(at.dataDir, '00D000000000000AAA');
    await mkdir(damaged);
    await writeFile(path.join(damaged, 'ledger.sqlite'), 'no database, but long enough to be read as the head of one');
    const found = overview(at.dataDir, { stateDir: at.stateDir });
    assert.equal(found.length, 2);
    const broken = found.find(({ orgId }) => orgId === '00D000000000000AAA');
    assert.ok(broken && 'error' in broken);
    assert.equal(broken.error.code, 'LEDGER_CORRUPT');
    const sound = found.find(({ orgId }) => orgId === at.org.orgId);
    assert.ok(sound && 'lake' in sound);
    const kept = sound.lake.runs[0]?.sources.map(({ source, state, reason, actions }) => ({
      source,
      state,
      reason,
      actions,
    }));
    const told = report.sources.map(({ source, state, reason, actions }) => ({
      ...{ source, state },
      ...{ reason: reason ?? null, actions: actions ?? [] },
    }));
    const byName = (a: { source: string }, b: { source: string }): number => a.source.localeCompare(b.source);
    assert.deepEqual(kept?.toSorted(byName), told.toSorted(byName));
  });

  it('shows why a source brought nothing in the words of the version that synced it, where the ledger has no more', async () => {
    await using at = await orgAndLake({ scenario: 'fresh' });
    const { folder, ledger: file } = lakePaths(at.dataDir, at.org.orgId);
    await mkdir(folder, { recursive: true });
    {
      using older = new DatabaseSync(file);
      older.exec(LEDGER_MIGRATIONS.slice(0, 6).join(''));
      older.exec(`PRAGMA user_version = 6;
        INSERT INTO runs (id, started_at, ended_at, outcome) VALUES (1, 1, 2, 'done');
        INSERT INTO source_runs (run_id, source, state, reason, ended_at, actions)
          VALUES (1, 'event_log', 'done', 'Nichts da.', 2, '["Weitersuchen."]')`);
    }
    {
      using ledger = openLedger(at.dataDir, at.org.orgId);
      trust(ledger.paths, ledger.identity.id());
    }
    const [found] = overview(at.dataDir, { stateDir: at.stateDir });
    assert.ok(found && 'lake' in found);
    const [kept] = found.lake.runs[0]?.sources ?? [];
    assert.deepEqual([kept?.reason, kept?.actions], ['Nichts da.', ['Weitersuchen.']]);
    const eventLog = found.lake.status.sources.find(({ source }) => source === 'event_log');
    assert.equal(eventLog?.reason, 'Nichts da.');
  });

  it('tells until when the quota lets no call through', async () => {
    await using at = await orgAndLake({ scenario: 'shield' });
    await at.sync({ sources: ['login_history'] });
    const [found] = overview(at.dataDir, { stateDir: at.stateDir, quota: { reserve: 0.9999, guard: 'org' } });
    assert.ok(found && 'lake' in found);
    assert.ok(Date.parse(found.lake.pausedUntil ?? '') > Date.now());
  });
});
