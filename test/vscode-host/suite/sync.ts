import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { COMMANDS, SETTINGS } from '../../../extension/ui/ids.ts';
import { suiteScene } from './env.ts';
import { reportOf, setting } from './report.ts';

describe('Orgwatch: Sync Now', () => {
  const { ready, workspace } = suiteScene();
  const dataDir = path.join(workspace, '.orgwatch');
  const lake = path.join(dataDir, ready.orgId);

  before(async () => await setting(SETTINGS.backfillDays, 2));

  it('brings the events into the open folder and says what came', async () => {
    const text = await reportOf(COMMANDS.syncEvents, 'ready');
    for (const source of ['login_history', 'setup_audit_trail', 'event_log']) assert.ok(text.includes(source), source);
    assert.ok(existsSync(path.join(lake, 'ledger.sqlite')));
    for (const source of ['login_history', 'setup_audit_trail', 'event_log'])
      assert.notEqual(globSync(`lake/${source}/**/*.parquet`, { cwd: lake }).length, 0, `Parquet files of ${source}`);
    assert.notEqual(globSync('raw/**/*.zst', { cwd: lake }).length, 0, 'raw files');
  });

  it('keeps the data folder to its owner and out of version control', () => {
    assert.equal(readFileSync(path.join(dataDir, '.gitignore'), 'utf8').trim(), '*');
    if (process.platform === 'win32') return;
    assert.equal(statSync(lake).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(lake, 'ledger.sqlite')).mode & 0o777, 0o600);
  });

  it('runs again, and a day of an event type keeps either its hours or the whole day', async () => {
    await reportOf(COMMANDS.syncEvents, 'ready');
    const days = globSync('lake/event_log/*/*/day.parquet', { cwd: lake }).map((file) => path.dirname(file));
    assert.notEqual(days.length, 0);
    for (const day of days) assert.deepEqual(readdirSync(path.join(lake, day)), ['day.parquet'], day);
  });
});
