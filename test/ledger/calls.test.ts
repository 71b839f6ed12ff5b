import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openCalls, type CallOwner } from '../../extension/lake/calls.ts';
import type { CallStore } from '../../extension/shared/calls.ts';
import { DAY, HOUR, MINUTE } from '../../extension/shared/utc.ts';
import { withCode } from '../sync/org-and-lake.ts';

const NOW = Date.parse('2026-11-24T06:00:00Z');
const allow = () => ({ kind: 'allowed' }) as const;

describe('the count of own calls', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-calls-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const send = (store: CallStore, now: number, calls = 1, orgId = 'a'): number =>
    store.reserve({ orgId, calls, purpose: 'test', now }, allow).id;

  const call = (store: CallStore, now: number, calls = 1): void => store.settle('a', send(store, now, calls), { now });

  it('is kept for a day, per org, and shared by all who open it', () => {
    using one = openCalls(folder);
    using other = openCalls(folder);
    call(one, NOW, 5);
    call(other, NOW + 1000, 2);
    send(other, NOW, 7, 'b');
    assert.equal(one.snapshot('a', NOW + 1000).own, 7);
    assert.equal(other.snapshot('b', NOW + 1000).own, 7);
    assert.equal(one.snapshot('a', NOW + DAY).own, 2);
    assert.equal(one.snapshot('a', NOW + 1000 + DAY).own, 0);
  });

  it('keeps a call for a day after its answer, for Salesforce counts it at some time between', () => {
    using store = openCalls(folder);
    const id = send(store, NOW);
    assert.equal(store.snapshot('a', NOW + DAY).own, 1);
    store.settle('a', id, { now: NOW + HOUR });
    assert.equal(store.snapshot('a', NOW + DAY).own, 1);
    assert.equal(store.snapshot('a', NOW + DAY + HOUR).own, 0);
  });

  it('does not count what was not allowed', () => {
    using store = openCalls(folder);
    const { decision } = store.reserve({ orgId: 'a', calls: 1, purpose: 'test', now: NOW }, () => ({ kind: 'wait' }));
    assert.equal(decision.kind, 'wait');
    assert.equal(store.snapshot('a', NOW).own, 0);
  });

  it('knows when how many calls stop counting', () => {
    using store = openCalls(folder);
    for (const [index, calls] of [1, 25, 1].entries()) send(store, NOW + index, calls);
    const { freesAt } = store.snapshot('a', NOW + 10);
    assert.deepEqual(
      [1, 2, 26, 27, 28].map((n) => freesAt(n, DAY)),
      [NOW + DAY, NOW + 1 + DAY, NOW + 1 + DAY, NOW + 2 + DAY, undefined],
    );
    send(store, NOW + 2 * HOUR, 3);
    const later = store.snapshot('a', NOW + 2 * HOUR + 10);
    assert.deepEqual([later.own, later.ownLately], [30, 3]);
    assert.deepEqual([later.freesAt(3, HOUR), later.freesAt(4, HOUR)], [NOW + 3 * HOUR, undefined]);
  });

  it('reckons what the newest answer may not have counted', () => {
    using store = openCalls(folder);
    const first = send(store, NOW);
    const second = send(store, NOW + 1);
    const third = send(store, NOW + 2);
    store.settle('a', second, { now: NOW + 3, usage: { used: 50, max: 1000 } });
    let snapshot = store.snapshot('a', NOW + 3);
    assert.deepEqual([snapshot.seen?.used, snapshot.inFlight, snapshot.unseen], [50, 2, 2]);
    // The answer to the first call overtook nothing newer: of two figures from calls under way together, the higher.
    store.settle('a', first, { now: NOW + 4, usage: { used: 49, max: 1000 } });
    snapshot = store.snapshot('a', NOW + 4);
    assert.deepEqual([snapshot.seen?.used, snapshot.inFlight, snapshot.unseen], [50, 1, 1]);
    store.settle('a', third, { now: NOW + 5 });
    snapshot = store.snapshot('a', NOW + 5);
    assert.deepEqual([snapshot.inFlight, snapshot.unseen], [0, 1]);
    // Nothing was told of the third; only a call sent after its answer tells what the org counted for it.
    const later = send(store, NOW + 6);
    store.settle('a', later, { now: NOW + 7, usage: { used: 12, max: 1000 } });
    assert.deepEqual(store.snapshot('a', NOW + 7).seen, { used: 12, max: 1000, at: NOW + 7 });
    assert.equal(store.snapshot('a', NOW + 7).unseen, 0);
  });

  it('does not wait for the answers to a process that is gone', () => {
    const alive = new Set([1]);
    const owner = (pid: number, process: string): CallOwner => ({
      ...{ pid, process, boot: 'a boot' },
      isAlive: (id) => alive.has(id),
    });
    using living = openCalls(folder, owner(1, 'x'));
    using dead = openCalls(folder, owner(2, 'y'));
    using namesake = openCalls(folder, owner(1, 'z'));
    send(namesake, NOW);
    send(dead, NOW);
    send(living, NOW);
    let inFlight = 0;
    living.reserve({ orgId: 'a', calls: 1, purpose: 'test', now: NOW }, (snapshot) => {
      inFlight = snapshot.inFlight;
      return { kind: 'wait' };
    });
    assert.equal(inFlight, 1);
    assert.equal(living.snapshot('a', NOW).own, 3);
  });

  it('survives a clock that is set back', () => {
    using store = openCalls(folder);
    const id = send(store, NOW + 400 * DAY);
    store.settle('a', id, { now: NOW + 400 * DAY, usage: { used: 5, max: 10 }, refusedUntil: NOW + 401 * DAY });
    call(store, NOW);
    const { own, seen, refusedUntil } = store.snapshot('a', NOW);
    assert.equal(own, 2);
    // Nobody knows how old it is: it is old enough to be asked for again.
    assert.equal(seen?.at, NOW - HOUR);
    assert.equal(refusedUntil, NOW + HOUR);
    assert.equal(store.snapshot('a', NOW + DAY).own, 0);
  });

  it('counts the last 24 hours through a clock that is set 30 hours ahead and back', () => {
    using store = openCalls(folder);
    const AHEAD = 30 * HOUR;
    let passed = 0;
    let ahead = 0;
    const time = () => ({ now: NOW + passed + ahead, steady: 1_000 + passed });
    const count = (calls: number): void => {
      const { id } = store.reserve({ orgId: 'a', calls, purpose: 'test', ...time() }, allow);
      store.settle('a', id, time());
    };
    const own = (): number => store.snapshot('a', time().now).own;
    count(7);
    passed += 4 * HOUR;
    count(1);
    passed += 19 * HOUR;
    ahead = AHEAD;
    // Every thousandth call clears away what is too old to count.
    for (let calls = 0; calls < 1_000; calls++) count(1);
    assert.equal(own(), 1_008);
    passed += HOUR / 2;
    ahead = 0;
    count(1);
    assert.equal(own(), 1_009);
    passed += HOUR;
    count(1);
    assert.equal(own(), 1_003, 'the first seven are a day old');
    passed += 22 * HOUR;
    count(1);
    assert.equal(own(), 1_003, 'the calls of the wrong time are not a day old');
    passed += HOUR;
    count(1);
    assert.equal(own(), 3);
  });

  it('does not take a refusal of an hour for one of a day after the clock was ahead', () => {
    using store = openCalls(folder);
    const ahead = NOW + 30 * HOUR;
    const { id } = store.reserve({ orgId: 'a', calls: 1, purpose: 'test', now: ahead, steady: 5 }, allow);
    store.settle('a', id, { now: ahead, steady: 5, refusedUntil: ahead + HOUR });
    store.reserve({ orgId: 'a', calls: 1, purpose: 'test', now: NOW + MINUTE, steady: 5 + MINUTE }, allow);
    assert.equal(store.snapshot('a', NOW + MINUTE).refusedUntil, NOW + HOUR);
  });

  it('takes the time of another start of the machine for no jump of the clock', () => {
    const owner = (boot: string): CallOwner => ({ pid: 1, process: 'x', isAlive: () => true, boot });
    using one = openCalls(folder, owner('one'));
    using other = openCalls(folder, owner('other'));
    const reserve = (store: CallStore, now: number, steady: number): number =>
      store.reserve({ orgId: 'a', calls: 1, purpose: 'test', now, steady }, allow).id;
    reserve(one, NOW, 90 * DAY);
    for (let minute = 1; minute < 4; minute++) {
      reserve(other, NOW + minute * MINUTE, minute * MINUTE);
      reserve(one, NOW + minute * MINUTE, 90 * DAY + minute * MINUTE);
    }
    assert.equal(one.snapshot('a', NOW + HOUR).own, 7);
  });

  it('says so when its file is damaged', async () => {
    await writeFile(path.join(folder, 'calls.sqlite'), 'no database at all, '.repeat(300));
    assert.throws(() => openCalls(folder), withCode('LEDGER_CORRUPT'));
  });
});
