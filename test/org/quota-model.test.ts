import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { openCalls, type CallOwner } from '../../extension/lake/calls.ts';
import { decide, FRESH_MS, PROBE_MS, probeAllowance, reserveOf } from '../../extension/org/quota.ts';
import type { CallSnapshot, CallStore, QuotaPolicy } from '../../extension/shared/calls.ts';
import { DAY } from '../../extension/shared/utc.ts';

const START = Date.parse('2026-11-24T00:00:00Z');

type Step =
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'clock'; readonly ms: number }
  | { readonly kind: 'others'; readonly share: number }
  | { readonly kind: 'allocation'; readonly factor: number }
  | { readonly kind: 'send'; readonly process: number; readonly calls: number }
  | { readonly kind: 'burst'; readonly process: number; readonly count: number }
  | { readonly kind: 'arrive'; readonly index: number }
  | { readonly kind: 'answer'; readonly index: number; readonly header: boolean }
  | { readonly kind: 'crash'; readonly process: number; readonly arrives: boolean };

interface InFlight {
  readonly id: number;
  readonly process: number;
  readonly calls: number;
  /** What its answer tells, once the org has taken it; answers overtake each other. */
  told?: { readonly used: number; readonly max: number; readonly others: number };
}

/** A process of ours; when it crashes another one takes its place. */
interface Worker {
  pid: number;
  store: CallStore;
}

/** An org with other applications, and two processes of ours that share the count. True time never goes back. */
class World {
  readonly #orgId: string;
  readonly #machine: Machine;
  readonly #policy: QuotaPolicy;
  #max: number;
  #now = START;
  #skew = 0;
  #jumps = 0;
  #used: { readonly at: number; readonly calls: number; readonly own: boolean }[] = [];
  #others = 0;
  /** As of the last response that told the usage: the allocation, and what others had used by then. */
  #heard: { readonly max: number; readonly others: number } | undefined;
  /** When the allocation last became smaller: what was used or let through before was right by the larger one. */
  #shrunkAt = -Infinity;
  /** What others had used when the org was last heard before the last call that was let through. */
  #othersAtDecision = 0;
  #inFlight: InFlight[] = [];
  /** Calls let through a closed guard since they last were a day old. */
  #probes: { readonly at: number; readonly calls: number }[] = [];

  constructor(orgId: string, machine: Machine, max: number, policy: QuotaPolicy) {
    this.#orgId = orgId;
    this.#machine = machine;
    this.#max = max;
    this.#policy = policy;
  }

  step(step: Step): void {
    switch (step.kind) {
      case 'time':
        // Requests time out within minutes.
        if (step.ms > 120_000) while (this.#inFlight.length > 0) this.#answer(0, false);
        this.#now += step.ms;
        break;
      case 'clock':
        this.#skew += step.ms;
        this.#jumps++;
        break;
      case 'others': {
        const calls = Math.floor(Math.max(0, this.#max - this.#usedNow()) * step.share);
        this.#used.push({ at: this.#now, calls, own: false });
        this.#others += calls;
        break;
      }
      case 'allocation':
        if (step.factor < 1) this.#shrunkAt = this.#now;
        this.#max = Math.max(100, Math.floor(this.#max * step.factor));
        break;
      case 'send':
        this.#send(step.process, step.calls);
        break;
      case 'burst':
        for (let count = step.count; count > 0; count--) this.#send(step.process, 1);
        break;
      case 'arrive': {
        const call = this.#inFlight[step.index % Math.max(1, this.#inFlight.length)];
        if (call) this.#arrive(call);
        break;
      }
      case 'answer':
        this.#answer(step.index, step.header);
        break;
      case 'crash':
        for (const call of this.#inFlight) if (call.process === step.process && step.arrives) this.#arrive(call);
        this.#inFlight = this.#inFlight.filter(({ process }) => process !== step.process);
        this.#machine.restart(step.process);
        break;
    }
  }

  get #clock(): number {
    return this.#now + this.#skew;
  }

  #usedNow(own?: boolean): number {
    return this.#used
      .filter((call) => call.at > this.#now - DAY && (own === undefined || call.own === own))
      .reduce((sum, call) => sum + call.calls, 0);
  }

  #send(process: number, calls: number): void {
    const { store } = this.#machine.worker(process);
    const orgId = this.#orgId;
    const now = this.#clock;
    const policy = this.#policy;
    let known: CallSnapshot | undefined;
    const { decision, id } = store.reserve({ orgId, calls, purpose: 'test', now }, (snapshot) => {
      known = snapshot;
      return decide(snapshot, calls, policy, now);
    });
    assert.ok(known);
    if (decision.kind === 'paused') this.#expectAnEnd(store, calls);
    if (decision.kind !== 'allowed') return;
    const { seen } = known;
    if (!seen || now - seen.at >= FRESH_MS) {
      assert.ok(policy.guard === 'own' && seen ? true : this.#inFlight.length === 0, 'several calls into the dark');
    }
    this.#inFlight.push({ id, process, calls });
    if (!seen) return void this.#probes.push({ at: this.#now, calls });
    assert.ok(known.own + calls <= seen.max - reserveOf(seen.max, policy), 'own calls passed their share');
    if (this.#jumps === 0) assert.ok(known.own >= this.#usedNow(true), 'an own call was forgotten');
    const left = seen.max - seen.used - known.unseen - calls;
    if (policy.guard === 'org' && left < reserveOf(seen.max, policy) + probeAllowance(seen.max)) {
      assert.ok(now - seen.at >= PROBE_MS && known.inFlight === 0, 'a probe came too early');
      this.#probes.push({ at: this.#now, calls });
    } else this.#othersAtDecision = this.#heard?.others ?? 0;
  }

  /** However the guards stand: if nothing happens from now on, the call is let through within a day and an hour. */
  #expectAnEnd(store: CallStore, calls: number): void {
    if (this.#heard && calls > this.#heard.max - reserveOf(this.#heard.max, this.#policy)) return;
    const latest = this.#clock + DAY + PROBE_MS;
    let at = this.#clock;
    for (;;) {
      const snapshot = { ...store.snapshot(this.#orgId, at), inFlight: 0 };
      const decision = decide(snapshot, calls, this.#policy, at);
      if (decision.kind === 'allowed') return;
      assert.ok(decision.kind === 'paused' && decision.until > at && decision.until <= latest, 'a pause without end');
      at = decision.until;
    }
  }

  #answer(index: number, header: boolean): void {
    const [call] = this.#inFlight.splice(index % Math.max(1, this.#inFlight.length), 1);
    if (!call) return;
    const { used, max, others } = this.#arrive(call);
    const answer = { now: this.#clock, ...(header ? { usage: { used, max } } : {}) };
    this.#machine.worker(call.process).store.settle(this.#orgId, call.id, answer);
    if (header) this.#heard = { max, others: Math.max(others, this.#heard?.others ?? 0) };
  }

  /** The org takes a call of ours: here the reserve would be broken. */
  #arrive(call: InFlight): NonNullable<InFlight['told']> {
    if (call.told) return call.told;
    this.#used.push({ at: this.#now, calls: call.calls, own: true });
    call.told = { used: this.#usedNow(), max: this.#max, others: this.#others };
    if (this.#policy.guard === 'own' || this.#heard?.max !== this.#max) return call.told;
    if (this.#now - this.#shrunkAt <= DAY) return call.told;
    const unheard = this.#others - this.#othersAtDecision;
    const probes = this.#probes.filter(({ at }) => at > this.#now - DAY).reduce((sum, { calls }) => sum + calls, 0);
    const aside = Math.min(probes, probeAllowance(this.#max));
    const left = this.#max - this.#usedNow();
    assert.ok(left + unheard + (probes - aside) >= reserveOf(this.#max, this.#policy), 'the reserve was broken by us');
    return call.told;
  }
}

/** The processes of one machine. */
class Machine implements Disposable {
  readonly #folder: string;
  readonly #alive = new Set<number>();
  readonly #workers: Worker[];
  #pids = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#workers = [this.#start(), this.#start()];
  }

  worker(process: number): Worker {
    const worker = this.#workers[process];
    assert.ok(worker);
    return worker;
  }

  restart(process: number): void {
    const { pid, store } = this.worker(process);
    store[Symbol.dispose]();
    this.#alive.delete(pid);
    this.#workers[process] = this.#start();
  }

  [Symbol.dispose](): void {
    for (const { store } of this.#workers) store[Symbol.dispose]();
  }

  #start(): Worker {
    const pid = ++this.#pids;
    this.#alive.add(pid);
    const isAlive = (other: number): boolean => this.#alive.has(other);
    const owner: CallOwner = { pid, process: String(pid), boot: 'a boot', isAlive };
    return { pid, store: openCalls(this.#folder, owner) };
  }
}

const kind = <K extends Step['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name);
const process = fc.nat({ max: 1 });
const steps: fc.Arbitrary<Step>[] = [
  fc.record({ kind: kind('time'), ms: fc.integer({ min: 1, max: 60_000 }) }),
  fc.record({ kind: kind('time'), ms: fc.integer({ min: 60_000, max: DAY / 2 }) }),
  fc.record({ kind: kind('clock'), ms: fc.integer({ min: -DAY, max: DAY }) }),
  fc.record({ kind: kind('others'), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: kind('allocation'), factor: fc.constantFrom(0.5, 0.9, 1.1, 2) }),
  fc.record({ kind: kind('send'), process, calls: fc.constantFrom(1, 1, 1, 5, 25) }),
  fc.record({ kind: kind('burst'), process, count: fc.nat({ max: 40 }) }),
  fc.record({ kind: kind('arrive'), index: fc.nat() }),
  fc.record({ kind: kind('answer'), index: fc.nat(), header: fc.boolean() }),
  fc.record({ kind: kind('crash'), process, arrives: fc.boolean() }),
];
const weights = [3, 2, 1, 3, 1, 6, 3, 4, 8, 1];
const schedule = fc.array(fc.oneof(...steps.map((arbitrary, index) => ({ arbitrary, weight: weights[index] ?? 1 }))), {
  maxLength: 60,
  size: 'max',
});
const policies = fc.record({
  guard: fc.constantFrom('org' as const, 'own' as const),
  reserve: fc.constantFrom(0.1, 0.25, 0),
});

/** Schedules to try; the full number takes minutes. */
const RUNS = Number(globalThis.process.env['ORGWATCH_SCHEDULES'] ?? 500);

describe('quota, as several processes live through it', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'orgwatch-quota-'))));
  after(() => rmSync(folder, { recursive: true }));

  it(`keeps the reserve and starves no work in ${String(RUNS)} random schedules`, () => {
    using machine = new Machine(folder);
    let orgs = 0;
    fc.assert(
      fc.property(schedule, fc.constantFrom(100, 1_000, 15_000), policies, (steps, max, policy) => {
        const world = new World(`org-${String(orgs++)}`, machine, max, policy);
        for (const step of steps) world.step(step);
      }),
      { numRuns: RUNS },
    );
  }).timeout(1_200_000);
});
