import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openLedger } from '../../extension/lake/ledger.ts';
import { Storage } from '../../extension/lake/storage.ts';
import { lakePaths } from '../../extension/lake/paths.ts';
import { systemClock } from '../../extension/shared/clock.ts';
import { silentLog } from '../../extension/shared/log.ts';
import { HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { holdLease } from '../../extension/sync/lease.ts';
import { watch, type WatchOptions } from '../../extension/sync/watch.ts';
import type { WatchEvent } from '../../extension/sync/watch-event.ts';
import { WatchedOrg } from '../../extension/sync/watched-org.ts';
import { orgAndLake, withCode, type OrgAndLake } from './org-and-lake.ts';

const SOURCES = ['login_history', 'setup_audit_trail'];

type EventOf<K extends WatchEvent['kind']> = Extract<WatchEvent, { kind: K }>;

function of<K extends WatchEvent['kind']>(kind: K, events: readonly WatchEvent[], org?: OrgAndLake): EventOf<K>[] {
  const name = org?.door.org.requestedAs;
  return events.filter(
    (event): event is EventOf<K> =>
      event.kind === kind && (name === undefined || ('org' in event && event.org === name)),
  );
}

describe('a watch', () => {
  let lab: OrgAndLake;
  let broken: OrgAndLake;

  /** Watches until what happened is enough. */
  const watched = async (
    options: Partial<WatchOptions>,
    isEnough: (events: readonly WatchEvent[]) => boolean,
  ): Promise<readonly WatchEvent[]> => {
    const stop = new AbortController();
    const events: WatchEvent[] = [];
    await watch({
      ...{ orgs: [lab.door], dataDir: lab.dataDir, since: lab.since, sources: SOURCES },
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        if (isEnough(events)) stop.abort();
      },
      ...options,
    });
    return events;
  };

  before(async () => {
    lab = await orgAndLake({ scenario: 'shield', scale: 0.02 });
    broken = await orgAndLake({ scenario: 'shield', scale: 0.02, seed: 2 });
    await broken.control('POST /expire-sessions', {});
  });

  after(async () => {
    await lab[Symbol.asyncDispose]();
    await broken[Symbol.asyncDispose]();
  });

  it('syncs each source at its cadence, whatever goes wrong in another org', async () => {
    const events = await watched(
      { orgs: [broken.door, lab.door], cadences: { login_history: 500, setup_audit_trail: HOUR } },
      (all) => of('sync-ended', all, lab).length === 3,
    );
    assert.deepEqual(
      of('sync-started', events, lab).map(({ sources }) => sources),
      [SOURCES, ['login_history'], ['login_history']],
    );
    assert.ok(of('sync-ended', events, lab).every(({ report }) => report.outcome === 'done'));
    const [failed, ...again] = of('sync-failed', events, broken);
    assert.equal(failed?.error.code, 'SESSION_EXPIRED');
    assert.deepEqual(again, []);
    assert.equal(of('waiting', events, broken)[0]?.why, 'failure');
    assert.equal(events.at(-1)?.kind, 'stopped');
  });

  it('does not ask again early when it is started again', async () => {
    const { counted } = await lab.requests();
    const events = await watched({}, (all) => of('waiting', all).length > 0);
    assert.deepEqual(of('sync-started', events), []);
    const [wait] = of('waiting', events);
    assert.equal(wait?.why, 'schedule');
    assert.ok(SOURCES.includes(wait.next));
    assert.ok(wait.until > Date.now());
    assert.equal((await lab.requests()).counted, counted);
  });

  it('syncs once what became due while the machine slept, as soon as it is awake, and then goes on at the cadence', async () => {
    let slept = 0;
    const clock = { now: () => Date.now() + slept };
    const cadences = { login_history: 15 * MINUTE, setup_audit_trail: HOUR };
    const fresh = { dataDir: `${lab.dataDir}-slept`, clock, cadences, lookEvery: 20 };
    const events = await watched(fresh, (all) => {
      if (of('waiting', all).length > 0) slept = 8 * HOUR;
      return of('waiting', all).length === 2;
    });
    assert.deepEqual(
      of('sync-started', events).map(({ sources }) => sources),
      [SOURCES, SOURCES],
    );
    const wait = of('waiting', events).at(-1);
    assert.equal(wait?.next, 'login_history');
    const ahead = wait.until - clock.now();
    assert.ok(ahead > 14 * MINUTE && ahead <= 17 * MINUTE, String(ahead / MINUTE));
  });

  it('waits for calls while the quota is closed, and says until when', async () => {
    await lab.control('POST /usage', { used: 112_500 });
    const isClosed = (all: readonly WatchEvent[]): boolean => of('waiting', all).some(({ why }) => why === 'quota');
    const events = await watched({ cadences: { login_history: 100, setup_audit_trail: 100 } }, isClosed);
    await lab.control('POST /usage', { used: 0 });
    const ended = of('sync-ended', events).at(-1);
    assert.equal(ended?.report.outcome, 'paused');
    const wait = of('waiting', events).at(-1);
    assert.equal(wait?.why, 'quota');
    assert.ok(wait.until >= Date.parse(ended.report.resumesAt ?? ''));
  });

  it('looks again later while another process syncs the org', async () => {
    const fresh = { dataDir: `${lab.dataDir}-busy` };
    await new Storage(lakePaths(fresh.dataDir, lab.org.orgId)).prepare();
    using ledger = openLedger(fresh.dataDir, lab.org.orgId);
    using held = holdLease(ledger, systemClock, silentLog);
    assert.equal(held.lost.aborted, false);
    const events = await watched(fresh, (all) => of('waiting', all).length > 0);
    assert.equal(of('sync-failed', events)[0]?.error.code, 'BUSY');
    assert.equal(of('waiting', events)[0]?.why, 'busy');
  });

  it('cancels the sync under way when it is stopped, and keeps what came', async () => {
    await lab.fault({ kind: 'latency', milliseconds: 30_000 });
    const fresh = { dataDir: `${lab.dataDir}-stopped` };
    const stop = new AbortController();
    const events = await watched(
      { ...fresh, signal: stop.signal, onEvent: (event) => void (event.kind === 'progress' && stop.abort()) },
      () => false,
    );
    await lab.noFaults();
    assert.deepEqual(events, []);
    using ledger = openLedger(fresh.dataDir, lab.org.orgId);
    assert.equal(ledger.runs.latest(1)[0]?.outcome, 'cancelled');
    assert.equal(ledger.lease.holder(Date.now()), undefined);
  });

  it('goes by the lake of the org that a name stands for by now', async () => {
    const org = new WatchedOrg(lab.dataDir, 'sandbox', { login_history: 15 * MINUTE });
    org.orgId = '00D000000000001EAA';
    assert.deepEqual(org.due(Date.now()), ['login_history']);
    org.end(await lab.sync({ sources: SOURCES }), Date.now());
    assert.deepEqual(org.due(Date.now()), []);
  });

  it('refuses sources that there are none of', async () => {
    await assert.rejects(
      watched({ cadences: { logins: 1 } }, () => false),
      withCode('USAGE'),
    );
  });
});
