import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { historyText } from '../../extension/cli/verify-history-text.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import { historyOf, keepOutcomes } from '../../extension/lake/verify-history.ts';
import type { Answers } from '../../extension/prerequisites/answers.ts';
import { judge } from '../../extension/prerequisites/verify.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import { ALL_RIGHT, NOW, refused } from '../prerequisites/answers.ts';
import { recordingTerminal } from './terminal.ts';

const orgId = ALL_RIGHT.org.orgId;
const deliveriesOff: Partial<Answers> = {
  contentSettings: { value: { crmContent: true, deliveries: false } },
  contentDistributions: refused('NOT_SUPPORTED_BY_ORG', 'INVALID_TYPE'),
};
const at = (hours: number, answers: Partial<Answers> = {}) =>
  judge({ ...ALL_RIGHT, ...answers, askedAt: NOW + hours * HOUR });

describe('the history of Verify', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'orgwatch-history-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  const ledger = (): void => openLedger(dataDir, orgId)[Symbol.dispose]();

  it('shows that content deliveries were switched off, and when Verify saw it', () => {
    ledger();
    for (const report of [at(0), at(1), at(2, deliveriesOff), at(3, deliveriesOff), at(4)])
      assert.equal(keepOutcomes(dataDir, report), undefined);
    const history = historyOf(dataDir, orgId);
    assert.equal(history.runs, 5);
    assert.equal(history.since, '2026-11-24T05:30:00.000Z');
    assert.deepEqual(
      history.changes.map(({ at: when, prerequisite, before, outcome }) => [when, prerequisite, before, outcome]),
      [
        ['2026-11-24T09:30:00.000Z', 'content-deliveries', 'fail', 'pass'],
        ['2026-11-24T07:30:00.000Z', 'content-deliveries', 'pass', 'fail'],
      ],
    );
    const text = historyText(history, recordingTerminal());
    assert.match(text, /2026-11-24 07:30 +content-deliveries: pass → fail[^]*enableContentDistribution = false/);
  });

  it('keeps accounts apart: another account is no change', () => {
    ledger();
    const other = { account: { ...ALL_RIGHT.account, username: 'other@example.com' } };
    for (const report of [at(0), at(1, { ...other, ...deliveriesOff }), at(2)]) keepOutcomes(dataDir, report);
    assert.deepEqual(historyOf(dataDir, orgId).changes, []);
    assert.match(historyText(historyOf(dataDir, orgId), recordingTerminal()), /No outcome has changed/);
  });

  it('makes no folder: an org that was never synced has no history', () => {
    assert.equal(keepOutcomes(path.join(dataDir, 'none'), at(0)), undefined);
    assert.ok(!existsSync(path.join(dataDir, 'none')));
    ledger();
    assert.match(historyText(historyOf(dataDir, orgId), recordingTerminal()), /has not run yet/);
  });

  it('says why outcomes could not be kept, and Verify goes on', async () => {
    ledger();
    const file = path.join(dataDir, orgId, 'ledger.sqlite');
    await chmod(file, 0o600);
    await writeFile(file, 'this is no database, nor was it ever one; not even a short one');
    assert.match(keepOutcomes(dataDir, at(0)) ?? '', /ledger/i);
  });

  it('has what was out of sight asked for again once something passes that did not', () => {
    ledger();
    for (const [report, isStillNoted] of [
      [at(0, deliveriesOff), false],
      [at(1, deliveriesOff), true],
      [at(2), false],
      [at(3), true],
    ] as const) {
      using open = openLedger(dataDir, orgId);
      open.windows.noteAbsent('login_history', ['LoginGeo.City'], NOW);
      keepOutcomes(dataDir, report);
      assert.equal(open.windows.absentFields('login_history', NOW).size > 0, isStillNoted, report.at);
    }
  });

  it('remembers the last thousand runs', () => {
    using open = openLedger(dataDir, orgId);
    for (let run = 0; run < 1003; run++)
      open.verifications.record({ at: run, account: 'a', askedBy: 'a', outcome: 'pass', prerequisites: [] });
    assert.deepEqual(open.verifications.span(), { runs: 1000, first: 3, last: 1002 });
  });
});
