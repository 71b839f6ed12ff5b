import { t } from '@vscode/l10n';
import type { Readable } from 'node:stream';
import { sleep } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { OrgwatchError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { version } from '../shared/version.ts';
import { API_VERSION } from './api-version.ts';
import type { Authorization } from './authorization.ts';
import type { Door, DoorRequest, DoorResponse, DoorStream, OrgIdentity, QueryOptions, QueryPage } from './door.ts';
import { parseLimitInfo } from './limit-info.ts';
import { REFUSED_MS, type Meter } from './meter.ts';
import { parseJson, readPage } from './query.ts';
import { isPassing, refusalOf, refusalOfFault, SalesforceRefusal } from './refusal.ts';
import { retryDelay, type RetryPolicy } from './retry.ts';
import { envelope, faultOf, resultOf } from './soap.ts';
import type { Incoming, Outgoing, Transport } from './transport.ts';
import type { CallUsage } from './usage.ts';

const CLIENT = `orgwatch/${version}`;

/** Calls refused because too many run at once come free again soon; the daily limit does not. */
const CONCURRENT_REFUSED_MS = 60_000;

export interface MeteredDoorParts {
  readonly authorization: Authorization;
  readonly meter: Meter;
  readonly transport: Transport;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a request is to the meter and to the retry policy. */
interface Call {
  readonly purpose: string;
  readonly calls: number;
  readonly repeatable: boolean;
  readonly onCall?: ((calls: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How a request is made with the token of the moment. */
type Compose = (token: string) => Outgoing;

export class MeteredDoor implements Door {
  readonly apiVersion = API_VERSION;
  readonly #parts: MeteredDoorParts;

  constructor(parts: MeteredDoorParts) {
    this.#parts = parts;
  }

  get org(): OrgIdentity {
    return this.#parts.authorization.identity;
  }

  async json<T>(request: DoorRequest): Promise<DoorResponse<T>> {
    return this.#rest(request, async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: parseJson<T>(await buffer(answer.body), request.purpose),
    }));
  }

  async text(request: DoorRequest): Promise<DoorResponse<string>> {
    return this.#rest(request, async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: (await buffer(answer.body)).toString('utf8'),
    }));
  }

  async stream(request: DoorRequest): Promise<DoorStream> {
    return this.#rest(request, async (answer) => answer);
  }

  async *query(soql: string, options: QueryOptions = {}): AsyncIterable<QueryPage> {
    const { purpose = t('query'), tooling, all, ...rest } = options;
    const resource = tooling ? 'tooling/query' : all ? 'queryAll' : 'query';
    let request: DoorRequest = { path: `/services/data/v{v}/${resource}`, query: { q: soql }, purpose };
    for (;;) {
      const page = await this.#rest(
        { ...request, ...rest, headers: { 'sforce-query-options': 'batchSize=2000' } },
        async (answer) => readPage(await buffer(answer.body), purpose),
      );
      yield page;
      if (page.next === undefined) return;
      request = { path: page.next, purpose };
    }
  }

  async metadata<T>(operation: string, bodyXml: string, options: { signal?: AbortSignal } = {}): Promise<T> {
    const compose: Compose = (token) => ({
      url: this.#url(`/services/Soap/m/${API_VERSION}`),
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""', 'user-agent': CLIENT },
      body: envelope(token, CLIENT, bodyXml),
      signal: options.signal,
    });
    // Reading is safe to repeat; what changes the org is not.
    const repeatable = /^(?:read|list|describe|check)/.test(operation);
    return this.#send(compose, { purpose: operation, calls: 1, repeatable, signal: options.signal }, async (answer) => {
      return resultOf(operation, (await buffer(answer.body)).toString('utf8')) as T;
    });
  }

  usage(): CallUsage {
    return this.#parts.meter.usage();
  }

  close(): void {
    this.#parts.transport.close();
  }

  #rest<T>(request: DoorRequest, read: (answer: Incoming) => Promise<T>): Promise<T> {
    const { method = 'GET', signal } = request;
    const url = this.#url(request.path.replace('{v}', API_VERSION));
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const compose: Compose = (token) => ({
      url,
      method,
      headers: {
        accept: 'application/json, */*',
        'user-agent': CLIENT,
        'sforce-call-options': `client=${CLIENT}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        authorization: `Bearer ${token}`,
      },
      body: request.body,
      signal,
    });
    const { purpose, onCall, counts = 1 } = request;
    const call: Call = { purpose, calls: counts, repeatable: method === 'GET', onCall, signal };
    return this.#send(compose, call, read);
  }

  /** The path is the org's or ours; it never leads to another host. */
  #url(path: string): URL {
    const base = new URL(this.org.instanceUrl);
    const url = new URL(`/${path.replace(/^\/+/, '')}`, base);
    if (url.origin !== base.origin)
      throw new OrgwatchError('RESPONSE_INVALID', t('{0} leads away from the org.', path));
    return url;
  }

  async #send<T>(compose: Compose, call: Call, read: (answer: Incoming) => Promise<T>): Promise<T> {
    const { authorization, retry, clock, log } = this.#parts;
    let renewed = false;
    for (let tried = 1; ;) {
      const token = authorization.token();
      const attempt = await this.#attempt(compose(token), call, read);
      if ('value' in attempt) return attempt.value;
      const { error, retryAfter } = attempt;
      if (error.code === 'SESSION_EXPIRED' && !renewed && isRenewable(error)) {
        renewed = true;
        log.info(`The session has expired; renewing it to ${call.purpose}.`);
        await authorization.renew(token, () => this.#countRenewal(call));
        continue;
      }
      if (!call.repeatable || !isWorthRetrying(error)) throw error;
      const wait = retryDelay(retry, tried++, retryAfter, clock.now(), Math.random());
      if (wait === undefined) throw error;
      log.warn(`${error.message} Trying again in ${String(Math.round(wait / 100) / 10)} s.`);
      await sleep(wait, call.signal);
    }
  }

  async #attempt<T>(
    outgoing: Outgoing,
    call: Call,
    read: (answer: Incoming) => Promise<T>,
  ): Promise<{ value: T } | { error: OrgwatchError; retryAfter: string | null }> {
    const metered = await this.#parts.meter.acquire(call.purpose, call.calls, call.signal);
    call.onCall?.(call.calls);
    let retryAfter: string | null = null;
    try {
      const answer = await this.#parts.transport.send(outgoing);
      metered.settle(parseLimitInfo(answer.headers.get('sforce-limit-info')));
      this.#parts.log.debug(`${String(answer.status)} ${call.purpose}`);
      if (answer.status >= 200 && answer.status < 300) return { value: await read(answer) };
      retryAfter = answer.headers.get('retry-after');
      const error = refused(answer.status, (await buffer(answer.body)).toString('utf8'), call.purpose);
      if (error.code !== 'REQUEST_LIMIT_EXCEEDED') return { error, retryAfter };
      const concurrent = error.cause instanceof SalesforceRefusal && /concurrent/i.test(error.cause.message);
      const pause = metered.refuse(concurrent ? CONCURRENT_REFUSED_MS : REFUSED_MS);
      const { code, message, actions } = error;
      return { error: new OrgwatchError(code, message, { actions, retryable: true, cause: pause }), retryAfter };
    } catch (error) {
      if (error instanceof OrgwatchError) return { error, retryAfter };
      throw error;
    } finally {
      metered.settle();
    }
  }

  async #countRenewal({ onCall, signal }: Call): Promise<void> {
    const metered = await this.#parts.meter.acquire('renew the session', 1, signal);
    onCall?.(1);
    metered.settle();
  }
}

function refused(status: number, body: string, purpose: string): OrgwatchError {
  const fault = body.trimStart().startsWith('<') ? faultOf(body) : undefined;
  return fault ? refusalOfFault(status, fault.code, fault.text, purpose) : refusalOf(status, body, purpose);
}

/** A session that lacks a right is refused with the same status, but a new one would lack it too. */
function isRenewable(error: OrgwatchError): boolean {
  const { cause } = error;
  return !(cause instanceof SalesforceRefusal && /not valid for use with the (?:REST )?API/i.test(cause.message));
}

/** What passes by itself: the edge's and the network's moods. An error of Salesforce's own, status 500, does not. */
function isWorthRetrying(error: OrgwatchError): boolean {
  if (error.cause instanceof SalesforceRefusal) return isPassing(error.cause.status);
  return error.retryable && error.code !== 'QUOTA_RESERVED' && error.code !== 'REQUEST_LIMIT_EXCEEDED';
}

/** The whole body. stream/consumers goes through a Blob, which takes a second copy and many turns. */
async function buffer(body: Readable): Promise<Buffer> {
  return Buffer.concat((await body.toArray()) as Buffer[]);
}
