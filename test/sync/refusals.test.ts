import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { HOUR } from '../../extension/shared/utc.ts';
import type { SyncProgress } from '../../extension/sync/options.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import { status } from '../../extension/sync/status.ts';
import { SOURCES } from '../../extension/sources/registry.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

/** By name, snapshots are taken however often. */
const NAMED = { sources: SOURCES.map(({ name }) => name) };
const SOME = ['login_history', 'setup_audit_trail', 'user_snapshot'];

function stateOf({ sources }: SyncReport, name: string): string | undefined {
  return sources.find(({ source }) => source === name)?.state;
}

/** The last query of sign-ins that the org was asked. */
async function soql(both: OrgAndLake): Promise<string> {
  const { latest } = await both.control<{ latest: readonly { readonly soql?: string }[] }>('GET /requests');
  return latest.findLast((request) => request.soql?.includes('FROM LoginHistory') === true)?.soql ?? '';
}

describe('a sync that is not let in', () => {
  let both: OrgAndLake;
  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
  });
  afterEach(() => both[Symbol.asyncDispose]());

  /** Every answer of the REST API, whatever was asked. */
  const everywhere = (fault: FaultInput): Promise<unknown> => both.fault({ path: '^/services/data/', ...fault });

  const shutOut: readonly [status: number, errorCode: string][] = [
    [403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD'],
    [403, 'LOGIN_DURING_RESTRICTED_TIME'],
    [403, 'LOGIN_DURING_RESTRICTED_DOMAIN'],
    [403, 'TRIAL_EXPIRED'],
    [403, 'ORG_LOCKED'],
    [403, 'PASSWORD_LOCKOUT'],
    [403, 'CLIENT_NOT_ACCESSIBLE_FOR_USER'],
    [400, 'UNSUPPORTED_CLIENT'],
  ];
  for (const [status, errorCode] of shutOut) {
    it(`has failed, at the first request, with ${String(status)} ${errorCode}`, async () => {
      await everywhere({ kind: 'refuse', status, errorCode, message: 'their own words' });
      await assert.rejects(both.sync({ sources: ['login_history'] }), (error: unknown) => {
        assert.ok(withCode('ACCESS_REFUSED')(error));
        assert.ok(error.message.includes(errorCode) && error.message.includes('their own words'), error.message);
        assert.notEqual(error.actions.length, 0);
        return true;
      });
      assert.equal((await both.requests()).total, 1);
    });
  }

  for (const fault of [
    { kind: 'maintenance', status: 200 },
    { kind: 'maintenance', status: 503 },
    { kind: 'refuse', status: 400, errorCode: 'OPERATION_TOO_LARGE' },
  ] as const) {
    it(`has failed, or waits, on ${JSON.stringify(fault)}`, async () => {
      await everywhere(fault);
      const report = await both.sync({ sources: SOME });
      // Where no answer tells of the org's calls, some dozen are all that a day has.
      assert.ok(['failed', 'paused'].includes(report.outcome), report.outcome);
      assert.ok(report.sources.every(({ state, reason }) => ['failed', 'paused'].includes(state) && reason));
    });
  }

  it('says that the reserve cannot be watched where nothing tells of it', async () => {
    await both.fault({ kind: 'no-limit-info' });
    await both.fault({ kind: 'refuse', path: '/limits', errorCode: 'INSUFFICIENT_ACCESS' });
    const report = await both.sync({ sources: ['login_history'] });
    assert.equal(report.outcome, 'done');
    assert.match(report.notes?.join('\n') ?? '', /the reserve cannot be watched/);
  });

  it('brings the others where one source is refused, and has failed', async () => {
    for (const [status, errorCode] of [
      [403, 'INSUFFICIENT_ACCESS'],
      [403, 'SOMETHING_NEW'],
      [400, 'INVALID_TYPE'],
    ] as const) {
      await both.fault({ kind: 'refuse', path: 'LoginHistory', status, errorCode, message: 'no' });
      const report = await both.sync({ sources: SOME });
      assert.equal(report.outcome, 'failed');
      assert.equal(stateOf(report, 'login_history'), 'failed');
      assert.equal(stateOf(report, 'setup_audit_trail'), 'done');
      assert.match(report.sources[0]?.reason ?? '', new RegExp(errorCode));
      await both.noFaults();
    }
  });

  it('has failed where a source that was there is no longer shown', async () => {
    const sources = ['content_distribution', 'setup_audit_trail'];
    assert.equal((await both.sync({ sources })).outcome, 'done');
    const message = "\nSELECT Id FROM X\n^\nERROR at Row:1\nsObject type 'ContentDistribution' is not supported.";
    await both.fault({ kind: 'refuse', path: 'ContentDistribution', status: 400, errorCode: 'INVALID_TYPE', message });
    const report = await both.sync({ sources });
    assert.equal(report.outcome, 'failed');
    assert.equal(stateOf(report, 'content_distribution'), 'failed');
    const { reason = '' } = report.sources.find(({ source }) => source === 'content_distribution') ?? {};
    assert.match(reason, /rows? so far, and Salesforce no longer shows it.*INVALID_TYPE/);
  });

  const gone = [
    ['connected_app_snapshot', 'ConnectedApplication'],
    ['login_history', 'LoginHistory'],
    ['setup_audit_trail', 'SetupAuditTrail'],
    ['event_log', 'EventLogFile'],
  ] as const;
  for (const [source, object] of gone) {
    it(`is not complete where ${source} held something and now holds nothing`, async () => {
      const sources = [source];
      assert.equal((await both.sync({ sources })).outcome, 'done');
      const body = JSON.stringify({ totalSize: 0, done: true, records: [] });
      await both.fault({ kind: 'answer', path: object, body });
      const report = await both.sync({ sources });
      assert.equal(report.outcome, 'partial');
      assert.equal(report.sources[0]?.state, 'limited');
      assert.match(report.sources[0]?.reason ?? '', /shows none to this account now/);
    });
  }

  it('does not take for known what was never asked: shares of files whose links did not come', async () => {
    const sources = ['content_distribution', 'content_document_link'];
    await both.fault({ kind: 'edge', path: 'ContentDistribution' });
    const report = await both.sync({ sources });
    assert.deepEqual(
      report.sources.map(({ state }) => state),
      ['failed', 'failed'],
    );
    assert.match(report.sources[1]?.reason ?? '', /content_distribution/);
    await both.noFaults();
    const again = await both.sync({ sources });
    assert.ok(again.sources.every(({ state, rows }) => state === 'done' && rows > 0));
  });
});

describe('a sync of a lake that had all before', () => {
  let both: OrgAndLake;
  before(async () => {
    both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
    assert.equal((await both.sync()).outcome, 'done');
  });
  after(() => both[Symbol.asyncDispose]());
  afterEach(() => both.noFaults());

  const unknown: readonly FaultInput[] = [
    { kind: 'refuse', status: 403, errorCode: 'OPERATION_NOT_ALLOWED' },
    { kind: 'refuse', status: 403, errorCode: 'SOMETHING_NEW' },
    { kind: 'refuse', status: 403, errorCode: 'INSUFFICIENT_ACCESS' },
    { kind: 'refuse', status: 400, errorCode: 'SOMETHING_NEW' },
    { kind: 'refuse', status: 400, errorCode: 'INVALID_TYPE', message: 'no' },
    { kind: 'refuse', status: 400, errorCode: 'INVALID_FIELD', message: "No such column 'X' on entity 'Y'" },
    { kind: 'refuse', status: 404, errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    ...[400, 403, 404, 405, 410, 451].map((status): FaultInput => ({ kind: 'edge', status })),
    { kind: 'edge', status: 403, page: false },
  ];
  for (const fault of unknown) {
    const { kind, status, errorCode } = fault;
    it(`is never done when every answer is ${kind} ${String(status)} ${errorCode ?? ''}`, async () => {
      const known = await both.rows();
      await both.fault({ path: '^/services/data/', ...fault });
      await assert.rejects(both.sync(NAMED), (error: unknown) => {
        assert.ok(withCode('ACCESS_REFUSED')(error), String(error));
        assert.notEqual(error.actions.length, 0);
        return true;
      });
      assert.deepEqual(await both.rows(), known);
    });
  }

  it('is done again when it is let in again, and was failed till then', async () => {
    const [org] = await status(both.dataDir, both.org.orgId, { stateDir: both.stateDir });
    assert.ok(org?.sources.some(({ state }) => state === 'failed'));
    const report = await both.sync(NAMED);
    assert.equal(report.outcome, 'done', JSON.stringify(report.sources));
    const [after] = await status(both.dataDir, both.org.orgId, { stateDir: both.stateDir });
    assert.ok(after?.sources.every(({ state }) => state === 'done'));
  });
});

describe('a field that the org does not have', () => {
  let both: OrgAndLake;
  beforeEach(async () => {
    both = await orgAndLake({ scenario: 'no-shield', scale: 0.02 });
  });
  afterEach(() => both[Symbol.asyncDispose]());

  it('is left out alone, told, and asked for again after a day', async () => {
    const sources = ['login_history'];
    await both.fault({ kind: 'missing-field', field: 'LoginHistory.ForwardedForIp' });
    const now = Date.now();
    let passed = 0;
    const clock = { now: () => Math.max(now, Date.now()) + passed };
    const report = await both.sync({ sources, clock });
    assert.equal(report.outcome, 'done');
    assert.match(report.sources[0]?.reason ?? '', /has no ForwardedForIp for this user/);
    assert.deepEqual(report.sources[0]?.leftOut, ['ForwardedForIp']);
    const [counts] = await both.query(
      'SELECT count(*), count(LoginGeo_City), count(ForwardedForIp) FROM login_history',
    );
    assert.ok(Number(counts?.[0]) > 0 && Number(counts?.[1]) > 0, String(counts));
    assert.equal(Number(counts?.[2]), 0);
    await both.noFaults();
    await both.control('POST /requests/reset');
    await both.sync({ sources, clock });
    assert.doesNotMatch(await soql(both), /ForwardedForIp/);
    passed = 25 * 3_600_000;
    const later = await both.sync({ sources, clock });
    assert.match(await soql(both), /ForwardedForIp/);
    assert.equal(later.sources[0]?.reason, undefined);
  });

  it('is left out alone where it is one of several that go together', async () => {
    await both.fault({ kind: 'missing-field', field: 'LoginHistory.NetworkId' });
    await both.fault({ kind: 'missing-field', field: 'EventLogFile.LogFileFieldTypes' });
    await both.fault({ kind: 'missing-field', field: 'User.Department' });
    const report = await both.sync({ sources: ['login_history', 'user_snapshot', 'event_log'] });
    assert.equal(report.outcome, 'done');
    const leftOut = Object.fromEntries(report.sources.map((each) => [each.source, each.leftOut]));
    assert.deepEqual(leftOut, {
      login_history: ['NetworkId'],
      user_snapshot: ['Department'],
      event_log: ['Interval', 'LogFileFieldTypes'],
    });
    const truth = await both.control<{ event_log: Record<string, number> }>('GET /truth');
    assert.deepEqual((await both.rows()).event_log, truth.event_log);
  });

  it('is left out though the last Verify ran while the clock was ahead', async () => {
    const sources = ['login_history', 'user_snapshot', 'event_log'];
    {
      using ledger = openLedger(both.dataDir, both.org.orgId);
      const at = Date.now() + HOUR;
      const run = { at, account: 'a', askedBy: 'a', outcome: 'pass', prerequisites: [] };
      ledger.transaction(() => ledger.verifications.record(run));
    }
    for (const field of ['LoginHistory.NetworkId', 'EventLogFile.LogFileFieldTypes', 'User.Department'])
      await both.fault({ kind: 'missing-field', field });
    const refused = async (): Promise<number> => {
      const { latest } = await both.control<{ latest: readonly { readonly status: number }[] }>('GET /requests');
      return latest.filter(({ status }) => status === 400).length;
    };
    // It would ask on without end.
    const abort = new AbortController();
    const onProgress = ({ requests }: SyncProgress): void => void (requests > 300 && abort.abort());
    assert.equal((await both.sync({ sources, onProgress, signal: abort.signal })).outcome, 'done');
    assert.ok((await refused()) < 10, `${String(await refused())} queries were refused`);
  });

  it('has the snapshot of today taken again, and no other, once more can be seen', async () => {
    await both.fault({ kind: 'missing-field', field: 'User.Department' });
    await both.sync();
    await both.noFaults();
    {
      using ledger = openLedger(both.dataDir, both.org.orgId);
      ledger.transaction(() => ledger.absences.askAgain());
    }
    const { sources: reports } = await both.sync();
    const taken = reports.filter(({ source, files }) => source.endsWith('_snapshot') && files > 0);
    assert.deepEqual(
      taken.map(({ source, leftOut }) => [source, leftOut]),
      [['user_snapshot', undefined]],
    );
  });

  it('makes the source fail where no record can be without it', async () => {
    for (const field of ['LoginHistory.LoginTime', 'EventLogFile.CreatedDate']) {
      await both.fault({ kind: 'missing-field', field });
    }
    const report = await both.sync({ sources: ['login_history', 'event_log', 'setup_audit_trail'] });
    assert.deepEqual(
      report.sources.map(({ state }) => state),
      ['failed', 'done', 'failed'],
    );
    assert.match(report.sources[0]?.reason ?? '', /LoginTime/);
  });

  it('is not what an answer says that names none that was asked for', async () => {
    const message = "No such column 'Whatever' on entity 'LoginHistory'";
    await both.fault({ kind: 'refuse', path: 'LoginHistory', status: 400, errorCode: 'INVALID_FIELD', message });
    const report = await both.sync({ sources: ['login_history', 'setup_audit_trail'] });
    assert.equal(stateOf(report, 'login_history'), 'failed');
    await both.noFaults();
    await both.sync({ sources: ['login_history'] });
    const [row] = await both.query('SELECT count(LoginGeo_City), count(ForwardedForIp) FROM login_history');
    assert.ok(
      row?.every((count) => Number(count) > 0),
      String(row),
    );
  });
});
