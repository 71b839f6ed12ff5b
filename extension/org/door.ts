import type { Readable } from 'node:stream';
import type { CallUsage } from './usage.ts';

/** Who we are talking to, as `sf` knows it. */
export interface OrgIdentity {
  /** 18 characters: the one thing that tells orgs apart. */
  readonly orgId: string;
  readonly username: string;
  readonly userId: string | undefined;
  readonly instanceUrl: string;
  /** What the caller typed: an alias or a username. */
  readonly requestedAs: string;
  /** How sf renews the session when it ends; `none`: it cannot. */
  readonly renewal?: 'refresh-token' | 'jwt' | 'none';
  /** Consumer key of the connected app that the login went through; `PlatformCLI` is sf's own, Salesforce CLI. */
  readonly clientId?: string | undefined;
}

export interface DoorRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path from the instance root, e.g. `/services/data/v66.0/limits`; `{v}` stands for the API version. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What for, as a verb and its object; shown in logs, errors and the call count: `query LoginHistory`. */
  readonly purpose: string;
  /** How many calls Salesforce counts for this request (composite/batch: one a subrequest). Default 1; 0 for version list. */
  readonly counts?: number;
  /** Told of each try, as it is counted. */
  readonly onCall?: (calls: number) => void;
  readonly signal?: AbortSignal;
}

export interface DoorStreamRequest extends DoorRequest {
  /** The body, decoded, may not be longer; where it is, it ends with RESPONSE_INVALID. Default: 8 GB. */
  readonly mostBytes?: number | undefined;
}

export interface QueryOptions {
  readonly tooling?: boolean;
  /** Deleted records too. */
  readonly all?: boolean;
  readonly purpose?: string;
  readonly onCall?: (calls: number) => void;
  readonly signal?: AbortSignal;
}

export interface DoorResponse<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface DoorStream {
  readonly status: number;
  readonly headers: Headers;
  /**
   * Decoded from its content encoding; fails with DOWNLOAD_INCOMPLETE when the transfer was cut or is corrupt, with
   * RESPONSE_INVALID when it is longer than it may be.
   */
  readonly body: Readable;
}

export interface QueryPage {
  /** The response body exactly as Salesforce sent it, decoded from its content encoding. */
  readonly bytes: Uint8Array;
  readonly records: readonly Record<string, unknown>[];
  readonly totalSize: number;
  readonly done: boolean;
}

/**
 * The one way to an org. Each call: asks the quota, counts itself durably before it is sent, sends,
 * reads `Sforce-Limit-Info`, renews an expired session once, retries what is worth retrying (each try counted).
 * Salesforce's error bodies become OrgwatchError; nothing else is thrown. No error, log line or purpose holds a token, nor
 * does what `json`, `text` and `metadata` answer; pages and streams are evidence and stay as they came.
 */
export interface Door {
  /** As sf knows it, and with the address that the org has by now. */
  readonly org: OrgIdentity;
  readonly apiVersion: string;
  json<T>(request: DoorRequest): Promise<DoorResponse<T>>;
  text(request: DoorRequest): Promise<DoorResponse<string>>;
  stream(request: DoorStreamRequest): Promise<DoorStream>;
  /** All pages of a SOQL query, 2,000 records a page where Salesforce lets us; RESPONSE_INVALID where they have no end. */
  query(soql: string, options?: QueryOptions): AsyncIterable<QueryPage>;
  /** Metadata API over SOAP: body is the XML inside <soapenv:Body>; answers the parsed `result`. */
  metadata<T>(operation: string, bodyXml: string, options?: { signal?: AbortSignal }): Promise<T>;
  /** What has been found out of the org besides, a sentence each: that it has another address. */
  notes?(): readonly string[];
  /** Calls made by this door and what is known of the org's allocation. */
  usage(): CallUsage;
  /** Ends idle connections. */
  close(): void;
}
