import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CallSnapshot, CallStore, QuotaDecision, QuotaPolicy } from '../../extension/shared/calls.ts';

const START = Date.parse('2026-11-24T00:00:00Z');

/** How other processes' calls are looked at by the meter. */
const POLL_MS = 100;

/** The parts of Orgwatch that are under test. */
export interface Quota {
  readonly openCalls: (folder: string) => CallStore;
  readonly decide: (snapshot: CallSnapshot, calls: number, policy: QuotaPolicy, now: number) => QuotaDecision;
}

export interface Fleet {
  readonly machines: number;
  /** Calls that each has under way at a time, at most. */
  readonly atOnce: number;
  readonly max: number;
  /** Calls above the reserve when they begin. */
  readonly left: number;
  /** Calls of other applications, each so many ms. */
  readonly othersEveryMs: number | undefined;
  /** Milliseconds to the org and back, one after the other, for each call. */
  readonly latencies: readonly number[];
  /** When each machine begins, ms. */
  readonly starts: readonly number[];
}

export interface Outcome {
  /** Calls that Orgwatch's machines made. */
  readonly own: number;
  /** Calls by which the reserve was used by them. */
  readonly over: number;
}

interface Machine {
  readonly store: CallStore;
  inFlight: number;
  ended: boolean;
  polling: boolean;
}

/** Machines that use one org until each has seen the reserve, each with its own count: what they know of another is the org's figure. */
export function runFleet(fleet: Fleet, { openCalls, decide }: Quota): Outcome {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'orgwatch-fleet-'));
  const policy: QuotaPolicy = { guard: 'org', reserve: 0.1 };
  const reserve = Math.ceil(fleet.max * policy.reserve);
  const events: { readonly at: number; readonly run: () => void }[] = [];
  const later = (at: number, run: () => void): void => void events.push({ at, run });
  let now = START;
  let used = fleet.max - reserve - fleet.left;
  let own = 0;
  let over = 0;
  let drawn = 0;
  const latency = (): number => fleet.latencies[drawn++ % fleet.latencies.length] ?? 1;
  const machines = Array.from({ length: fleet.machines }, (_, index): Machine => ({
    store: openCalls(path.join(folder, String(index))),
    inFlight: 0,
    ended: false,
    polling: false,
  }));

  const work = (machine: Machine): void => {
    while (!machine.ended && machine.inFlight < fleet.atOnce) {
      const { decision, id } = machine.store.reserve({ orgId: 'o', calls: 1, purpose: 'test', now }, (snapshot) =>
        decide(snapshot, 1, policy, now),
      );
      if (decision.kind === 'paused') machine.ended = true;
      if (decision.kind === 'wait' && !machine.polling) {
        machine.polling = true;
        later(now + POLL_MS, () => {
          machine.polling = false;
          work(machine);
        });
      }
      if (decision.kind !== 'allowed') return;
      machine.inFlight++;
      later(now + latency(), () => {
        used++;
        own++;
        if (fleet.max - used < reserve) over++;
        const usage = { used, max: fleet.max };
        later(now + latency(), () => {
          machine.store.settle('o', id, { now, usage });
          machine.inFlight--;
          work(machine);
        });
      });
    }
  };

  machines.forEach((machine, index) =>
    later(START + (fleet.starts[index % fleet.starts.length] ?? 0), () => work(machine)),
  );
  const others = (): void => {
    used++;
    if (machines.some(({ ended }) => !ended)) later(now + (fleet.othersEveryMs ?? 0), others);
  };
  if (fleet.othersEveryMs !== undefined) later(START, others);
  while (events.length > 0) {
    const next = events.reduce(
      (first, event, index) => (event.at < (events[first]?.at ?? Infinity) ? index : first),
      0,
    );
    const [event] = events.splice(next, 1);
    now = event?.at ?? now;
    event?.run();
  }
  for (const { store } of machines) store[Symbol.dispose]();
  rmSync(folder, { recursive: true });
  return { own, over };
}
