import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openCalls } from '../../extension/lake/calls.ts';
import { openLedger } from '../../extension/lake/ledger.ts';
import { openLakeWorker } from '../../extension/lake/worker-process.ts';
import type { QueryValue, ViewDefinition } from '../../extension/lake/worker.ts';
import type { Door } from '../../extension/org/door.ts';
import { doorFor } from '../../extension/org/open-door.ts';
import type { CallStore } from '../../extension/shared/calls.ts';
import { OrgwatchError, type ErrorCode } from '../../extension/shared/errors.ts';
import { DAY } from '../../extension/shared/utc.ts';
import type { SyncOptions } from '../../extension/sync/options.ts';
import type { SyncReport } from '../../extension/sync/report.ts';
import { sync } from '../../extension/sync/sync.ts';
import type { FaultInput } from '../simulated-org/http/faults.ts';
import type { DatasetChange } from '../simulated-org/model.ts';
import { startSimulatedOrg, type SimulatedOrg, type SimulatedOrgOptions } from '../simulated-org/server.ts';
import { authorizationOf } from '../support/authorization.ts';
import { control } from '../support/control.ts';

export interface Truth {
  readonly login_history: number;
  readonly setup_audit_trail: number;
  readonly content_distribution: number;
  readonly event_log: Readonly<Record<string, number>>;
}

export interface Requests {
  readonly total: number;
  readonly counted: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly byClient: Readonly<Record<string, number>>;
}

/** A simulated org, an empty data folder, and a door between them that is quick to try again. */
export class OrgAndLake implements AsyncDisposable {
  readonly org: SimulatedOrg;
  readonly folder: string;
  readonly dataDir: string;
  readonly stateDir: string;
  readonly calls: CallStore;
  readonly door: Door;
  /** Where pulls of records begin: a fixed time, so that what the org holds since then only grows. */
  readonly since = new Date(new Date().setUTCHours(0, 0, 0, 0) - 50 * DAY);
  /** The service account's access token. */
  token: string;

  constructor(org: SimulatedOrg, folder: string) {
    this.org = org;
    this.token = org.accessToken;
    this.folder = folder;
    this.dataDir = path.join(folder, 'data');
    this.stateDir = path.join(folder, 'state');
    this.calls = openCalls(this.stateDir);
    this.door = doorFor(
      { ...authorizationOf(org), token: () => this.token },
      {
        calls: this.calls,
        retry: { tries: 3, baseMs: 5, maxMs: 2_000 },
        timeouts: { headers: 10_000, stall: 1_000 },
      },
    );
  }

  sync(options: Partial<SyncOptions> = {}): Promise<SyncReport> {
    return sync({ door: this.door, dataDir: this.dataDir, since: this.since, ...options });
  }

  /** What the lake answers to a query. */
  async query(sql: string, views: readonly ViewDefinition[] = []): Promise<readonly (readonly QueryValue[])[]> {
    using ledger = openLedger(this.dataDir, this.org.orgId);
    await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
    return (await worker.query({ sql, units: ledger.units.published(), views })).rows;
  }

  /** Rows per source and event type, counted in the Parquet files. */
  async rows(): Promise<Truth> {
    using ledger = openLedger(this.dataDir, this.org.orgId);
    await using worker = openLakeWorker({ dataFolder: ledger.paths.folder });
    const units = ledger.units.published();
    const count = async (table: string): Promise<number> =>
      Number((await worker.query({ sql: `SELECT count(*) FROM ${table}`, units })).rows[0]?.[0]);
    const sql = 'SELECT event_type, count(*) FROM event_log GROUP BY event_type ORDER BY event_type';
    const { rows: types } = await worker.query({ sql, units });
    return {
      login_history: await count('login_history'),
      setup_audit_trail: await count('setup_audit_trail'),
      content_distribution: await count('content_distribution'),
      event_log: Object.fromEntries(types.map(([type, rows]) => [String(type), Number(rows)])),
    };
  }

  /**
   * Does something until the org stayed as it was meanwhile: it lives, and a new hour brings new event log files.
   * @returns what was done, and what the org held
   */
  async still<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly truth: Truth }> {
    for (;;) {
      const before = await this.truth();
      const result = await work();
      const truth = await this.truth();
      if (isDeepStrictEqual(before, truth)) return { result, truth };
    }
  }

  /** What the org holds for a collector that started at `since`. */
  async truth(): Promise<Truth> {
    const { event_log, content_distribution } = await this.control<Truth>('GET /truth');
    const types = Object.entries(event_log).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      login_history: await this.#count('LoginHistory', 'LoginTime'),
      setup_audit_trail: await this.#count('SetupAuditTrail', 'CreatedDate'),
      content_distribution,
      event_log: Object.fromEntries(types),
    };
  }

  /** What the org has served; `counted` is what it has counted for Orgwatch. */
  async requests(): Promise<Requests> {
    const requests = await this.control<Requests>('GET /requests');
    const ours = Object.entries(requests.byClient).filter(([client]) => client.startsWith('orgwatch/'));
    return { ...requests, counted: ours.reduce((sum, [, calls]) => sum + calls, 0) };
  }

  async #count(object: string, timeField: string): Promise<number> {
    const soql = `SELECT COUNT() FROM ${object} WHERE ${timeField} >= ${this.since.toISOString()}`;
    const response = await fetch(`${this.org.instanceUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { authorization: `Bearer ${this.org.admin.accessToken}`, 'user-agent': 'test' },
    });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as { totalSize: number }).totalSize;
  }

  /** Logs the service account in again. */
  async login(): Promise<void> {
    const { instanceUrl, service, jwt } = this.org;
    const response = await fetch(`${instanceUrl}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: jwt.clientId,
        refresh_token: service.refreshToken,
      }),
    });
    this.token = ((await response.json()) as { access_token: string }).access_token;
  }

  fault(input: FaultInput): Promise<unknown> {
    return this.control('POST /faults', input);
  }

  noFaults(): Promise<unknown> {
    return this.control('DELETE /faults');
  }

  change(change: DatasetChange): Promise<unknown> {
    return this.control('POST /dataset', change);
  }

  control<T = unknown>(request: string, body?: unknown): Promise<T> {
    return control<T>(this.org, request, body);
  }

  /** Whatever happened in a test, no secret is in a file afterwards. */
  async #findNoToken(): Promise<void> {
    const secrets = [this.token, this.org.accessToken, this.org.service.refreshToken];
    for (const entry of await readdir(this.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const bytes = await readFile(file);
      if (secrets.some((secret) => bytes.includes(secret))) throw new Error(`${file} holds a token.`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.door.close();
    this.calls[Symbol.dispose]();
    await this.org.close();
    await this.#findNoToken();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function orgAndLake(options: SimulatedOrgOptions): Promise<OrgAndLake> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'orgwatch-sync-'));
  return new OrgAndLake(await startSimulatedOrg({ scale: 0.1, ...options }), folder);
}

/** For assert.rejects. */
export function withCode(code: ErrorCode): (error: unknown) => error is OrgwatchError {
  return (error): error is OrgwatchError => error instanceof OrgwatchError && error.code === code;
}
