import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { DatasetChange } from '../simulated-org/model.ts';
import type { SimulatedOrgAddress } from '../simulated-org/server.ts';
import { control } from '../support/control.ts';

/** One line of the table. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** What it is to be; empty: it is only told. */
  readonly target: string;
  readonly met: boolean | null;
}

export interface BenchContext {
  /** Of the full size; 1 is what the targets speak of. */
  readonly scale: number;
  /** A folder of this bench's own. */
  readonly folder: string;
}

export interface Bench {
  readonly name: string;
  readonly run: (context: BenchContext) => Promise<readonly BenchRow[]>;
}

export async function seconds(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1_000;
}

/** The middle one; of an even number the upper of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function row(what: string, measured: string, target = '', met: boolean | null = null): BenchRow {
  return { what, measured, target, met };
}

/** A line with a number that is to be at most, or at least, so much. */
export function bounded(what: string, value: number, unit: string, bound: '≤' | '≥', limit: number): BenchRow {
  const met = bound === '≤' ? value <= limit : value >= limit;
  return row(what, `${value.toFixed(value < 10 ? 2 : 0)}${unit}`, `${bound} ${String(limit)}${unit}`, met);
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A simulated org in a process of its own, so that its memory and its event loop are not ours. */
export class OrgProcess implements AsyncDisposable {
  readonly address: SimulatedOrgAddress;
  readonly #child: ChildProcess;

  constructor(address: SimulatedOrgAddress, child: ChildProcess) {
    this.address = address;
    this.#child = child;
  }

  /**
   * The same org, which sends event log files and pages of records a second time as it sent them the first time, from
   * `folder`, each after `latency` ms; see recorded-org.ts.
   */
  async recorded(folder: string, latency = 0): Promise<OrgProcess> {
    const { child, line } = await start('recorded-org.ts', [this.address.instanceUrl, folder, String(latency)]);
    return new OrgProcess({ ...this.address, instanceUrl: line, controlUrl: line }, child);
  }

  async change(change: DatasetChange): Promise<void> {
    await control(this.address, 'POST /dataset', change);
  }

  async counted(): Promise<number> {
    return (await control<{ counted: number }>(this.address, 'GET /requests')).counted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

export async function startOrg(options: Readonly<Record<string, string | number>>): Promise<OrgProcess> {
  const args = Object.entries({ port: 0, ...options }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { child, line } = await start('../simulated-org/main.ts', args);
  return new OrgProcess(JSON.parse(line) as SimulatedOrgAddress, child);
}

/** A process that prints one line when it is ready. */
async function start(script: string, args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const file = path.join(import.meta.dirname, script);
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) return { child, line };
  throw new Error(`${script} did not start.`);
}
