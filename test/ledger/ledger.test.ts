import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openLedger, orgsIn } from '../../extension/lake/ledger.ts';
import { LEASE_STALE_MS } from '../../extension/lake/ledger-lease.ts';
import { LEDGER_MIGRATIONS } from '../../extension/lake/ledger-schema.ts';
import { processSpace } from '../../extension/lake/process-alive.ts';
import { OrgwatchError } from '../../extension/shared/errors.ts';
import { withCode } from '../sync/org-and-lake.ts';

const ORG = '00DHs0000004CA4MAM';
const NOW = Date.parse('2026-11-24T06:00:00Z');

describe('the ledger', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-ledger-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const unit = (part: string, rows = 1) => ({
    source: 'event_log',
    eventType: 'Login',
    eventDate: '2026-11-23',
    part,
    path: path.join(dataDir, ORG, 'lake', 'event_log', `${part}.parquet`),
    rows,
    bytes: 10,
    eventFrom: NOW,
    eventTo: NOW + 1,
    columns: { TIMESTAMP: 'VARCHAR' },
    misfits: 0,
    quarantined: 0,
  });

  it('is made when it is first opened, for its owner only, and found again', async () => {
    assert.deepEqual(orgsIn(dataDir), []);
    {
      using ledger = openLedger(dataDir, ORG);
      ledger.transaction(() => ledger.noteOrg({ orgId: ORG, username: 'a@b.c', instanceUrl: 'https://x' }, NOW));
    }
    assert.deepEqual(orgsIn(dataDir), [ORG]);
    using ledger = openLedger(dataDir, ORG);
    assert.deepEqual(ledger.org(), { orgId: ORG, username: 'a@b.c', instanceUrl: 'https://x' });
    assert.equal((await stat(ledger.paths.ledger)).mode & 0o777, 0o600);
    assert.equal((await stat(ledger.paths.folder)).mode & 0o777, 0o700);
  });

  it('does all of a transaction or nothing', () => {
    using ledger = openLedger(dataDir, ORG);
    assert.throws(() =>
      ledger.transaction(() => {
        ledger.units.put(unit('day'), NOW);
        throw new Error('no');
      }),
    );
    assert.deepEqual(ledger.units.all(), []);
  });

  it('shows a unit until it is superseded, and then wants its file deleted', () => {
    using ledger = openLedger(dataDir, ORG);
    ledger.units.put(unit('hour-01', 2), NOW);
    ledger.units.put(unit('hour-02', 3), NOW);
    assert.equal(ledger.units.totals('event_log').rows, 5);
    ledger.transaction(() => {
      for (const old of ledger.units.of('event_log', 'Login', '2026-11-23')) ledger.units.remove(old);
      ledger.units.put(unit('day', 6), NOW);
    });
    assert.deepEqual(ledger.units.all(), [{ ...unit('day', 6), bundle: null }]);
    assert.deepEqual(ledger.units.rowsByEventType('event_log'), { Login: 6 });
    assert.deepEqual(ledger.units.garbage(), [unit('hour-01').path, unit('hour-02').path]);
    ledger.units.forget(unit('hour-01').path);
    assert.deepEqual(ledger.units.garbage(), [unit('hour-02').path]);
    // What is published again is no garbage.
    ledger.units.put(unit('hour-02'), NOW);
    assert.deepEqual(ledger.units.garbage(), []);
  });

  it('knows a file by its identity, and one made anew as another', () => {
    using ledger = openLedger(dataDir, ORG);
    const file = {
      ...{ source: 'event_log', identity: '0AT1@1', eventType: 'Login', eventDate: '2026-11-23', salesforceId: '0AT1' },
      ...{ interval: 'Daily' as const, sequence: 0, logDate: NOW, createdDate: 1 },
      ...{ fieldNames: null, fieldTypes: null, declaredBytes: 7 },
    };
    assert.equal(ledger.files.discover(file, NOW), true);
    assert.equal(ledger.files.discover(file, NOW), false);
    assert.equal(ledger.files.discover({ ...file, identity: '0AT1@2', createdDate: 2 }, NOW), true);
    assert.deepEqual(
      ledger.files.eventLogFiles('event_log', 'discovered').map(({ identity, state }) => [identity, state]),
      [
        ['0AT1@1', 'discovered'],
        ['0AT1@2', 'discovered'],
      ],
    );
  });

  it('never moves a cursor back', () => {
    using ledger = openLedger(dataDir, ORG);
    ledger.windows.advance('s', { time: 10, id: 'b' });
    ledger.windows.advance('s', { time: 9, id: 'z' });
    ledger.windows.advance('s', { time: 10, id: 'a' });
    assert.deepEqual({ ...ledger.windows.cursor('s') }, { time: 10, id: 'b' });
    ledger.windows.advance('s', { time: 10, id: 'c' });
    assert.deepEqual({ ...ledger.windows.cursor('s') }, { time: 10, id: 'c' });
  });

  it('gives its lease to one at a time, and a dead holder holds nothing', () => {
    using ledger = openLedger(dataDir, ORG);
    using other = openLedger(dataDir, ORG);
    const first = ledger.lease.acquire(NOW);
    assert.ok('token' in first);
    const second = other.lease.acquire(NOW + 1);
    assert.ok('holder' in second && second.holder.pid === process.pid);
    assert.equal(ledger.lease.heartbeat(first.token, NOW + 2), true);
    const late = NOW + 3 + LEASE_STALE_MS;
    const taken = other.lease.acquire(late);
    assert.ok('token' in taken);
    assert.equal(ledger.lease.heartbeat(first.token, late), false);
    ledger.lease.release(first.token);
    assert.ok(other.lease.holder(late));
    other.lease.release(taken.token);
    assert.equal(other.lease.holder(late), undefined);

    // A process that is no more.
    const sql = new DatabaseSync(ledger.paths.ledger);
    sql
      .prepare(`INSERT INTO leases VALUES ('sync', 'x', 999999999, ?, ?, ?, ?)`)
      .run(os.hostname(), NOW, NOW, processSpace());
    sql.close();
    assert.equal(ledger.lease.holder(NOW), undefined);
  });

  it('refuses a file of a newer version, and one that is damaged, with what to do', async () => {
    {
      using ledger = openLedger(dataDir, ORG);
      assert.ok(ledger);
    }
    const file = path.join(dataDir, ORG, 'ledger.sqlite');
    const sql = new DatabaseSync(file);
    sql.exec(`PRAGMA user_version = ${String(LEDGER_MIGRATIONS.length + 1)}`);
    sql.close();
    assert.throws(() => openLedger(dataDir, ORG), withCode('LEDGER_NEWER'));
    await writeFile(file, 'this is no database, whatever its name says. '.repeat(100));
    assert.throws(
      () => openLedger(dataDir, ORG),
      (error) => error instanceof OrgwatchError && error.code === 'LEDGER_CORRUPT' && error.actions.length > 0,
    );
  });
});
